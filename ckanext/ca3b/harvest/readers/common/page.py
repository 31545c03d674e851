"""A web page as it was written: its tree, its links with the heading above each, and what it embeds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import lxml.html
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from .xml import inner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.harvest.sources import Answer

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "caption", "summary", "dt", "legend"})


def tree(answer: Answer) -> lxml.html.HtmlElement | None:
    """Return the tree of a page, None when the content is none."""
    text = answer.text
    start = text[:2000].lower()
    if not any(mark in start for mark in ("<!doctype html", "<html", "<head", "<body", "<title")):
        return None
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    try:
        return lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def links(page: lxml.html.HtmlElement, answer: Answer) -> Iterator[tuple[lxml.html.HtmlElement, str, str]]:
    """Yield each link, its absolute address and the heading above it."""
    heading = ""
    base = next((str(one) for one in page.xpath("//base/@href")), "")
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in _HEADINGS:
            heading = inner(element) or heading
        if element.tag != "a" or not element.get("href"):
            continue
        href = (element.get("href") or "").strip()
        address = answer.absolute(_joined(base, href))
        if address.startswith(("http://", "https://")):
            yield element, address, heading


def embedded(page: lxml.html.HtmlElement) -> Iterator[Any]:
    """Yield the JSON-LD documents of a page; None for one that is not correct."""
    for script in page.xpath("//script[translate(@type, 'LDJSON', 'ldjson')='application/ld+json']"):
        text = "".join(script.itertext()).strip()
        if not text:
            continue
        try:
            yield json.loads(text.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            yield None


def _joined(base: str, href: str) -> str:
    return urljoin(base, href) if base.startswith(("http://", "https://")) else href
