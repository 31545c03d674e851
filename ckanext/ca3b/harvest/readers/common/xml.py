"""XML of other people: nothing outside is fetched, no entity is read, and what is broken is read as far as it goes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from ckanext.ca3b.harvest.sources import SourceError

if TYPE_CHECKING:
    from ckanext.ca3b.harvest.sources import Answer

#: What XML 1.0 allows nowhere, and people paste into descriptions.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]|&#(?:x0*[0-8bBcCeEfF]|0*[0-8]);")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def document(answer: Answer) -> tuple[etree._Element, str]:
    """Return the root of an answer, and what had to be mended to read it (``""``, ``characters`` or ``cut``).

    :raises SourceError: it is no XML (``syntax``), or declares entities (``entities``).
    """
    try:
        return _root(answer.content, answer, recover=False), ""
    except etree.XMLSyntaxError:
        pass
    text = _DECLARATION.sub("", _FORBIDDEN.sub("", answer.text)).encode("utf-8")
    try:
        return _root(text, answer, recover=False), "characters"
    except etree.XMLSyntaxError:
        pass
    try:
        return _root(text, answer, recover=True), "cut"
    except etree.XMLSyntaxError as error:
        message = f"La réponse n’est pas du XML correct (ligne {error.lineno or 1}). ({answer.url})"
        raise SourceError("syntax", message, where=answer.url) from error


def name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; ``""`` for a comment.

    Not by ``QName``: a document that was mended has names that it refuses, a prefix without a namespace before them.
    """
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def namespace(element: etree._Element) -> str:
    """Return the namespace of an element."""
    return element.tag.rpartition("}")[0].lstrip("{") if isinstance(element.tag, str) else ""


def inner(element: etree._Element | None) -> str:
    """Return the text in an element."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _root(content: bytes, answer: Answer, *, recover: bool) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True, recover=recover,
    )  # fmt: skip
    root = etree.fromstring(content, parser)
    if root is None:
        raise etree.XMLSyntaxError("nothing in it", 0, 1, 1)
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and next(iter(declared.iterentities()), None) is not None:
        message = f"Ce document XML déclare des entités : il n’est pas lu. ({answer.url})"
        raise SourceError("entities", message, where=answer.url)
    return root
