"""Titles and descriptions as plain text or Markdown, whatever tags, entities or invisible characters they came with."""

from __future__ import annotations

import html
import re

import lxml.html
from lxml.etree import ParserError, _Comment

_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ufffe\uffff]|[\ud800-\udfff]")
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|strong|em|ul|ol|li|h[1-6]|table|tr|td|th|tbody|thead|img|hr|font|section|article|"
    r"blockquote|pre|code|sup|sub|script|style)(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
_BLOCKS = ("p", "div", "section", "article", "ul", "ol", "table", "tr", "blockquote", "pre")
_WRITTEN = {
    "br": "\n",
    "li": "\n- {}",
    "td": "{} ",
    "th": "{} ",
    **dict.fromkeys(_BLOCKS, "\n\n{}\n\n"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "\n\n### {}\n\n"),
}
_DROPPED = frozenset({"script", "style", "head", "template", "noscript", "iframe"})
_DEPTH = 200


def visible(value: object) -> str:
    """Return a value as text without the characters that no document may hold."""
    return _INVISIBLE.sub("", str(value)) if value is not None else ""


def one_line(value: object) -> str:
    """Return a title: entities read, tags gone, spaces single."""
    text = visible(value)
    if _TAG.search(text):
        text = markdown(text, marks=False)
    for _ in range(2):  # « &amp;eacute; » is met
        if _ENTITY.search(text):
            text = html.unescape(text)
    return " ".join(visible(text).split())


def markdown(value: object, *, marks: bool = True) -> str:
    """Return a description: HTML becomes Markdown, other text stays as it was, lines included.

    ``marks``: with the marks of links and of what is strong.
    """
    text = visible(value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not _TAG.search(text) and re.search(r"&lt;/?(?:p|br|div|a|strong|ul|li)\b", text, re.IGNORECASE):
        text = html.unescape(text)
    if _TAG.search(text):
        text = _converted(text, marks=marks)
    elif _ENTITY.search(text):
        text = html.unescape(text)
    lines = [" ".join(line.split(" ")).rstrip() for line in visible(text).replace("\xa0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _converted(text: str, *, marks: bool) -> str:
    try:
        root = lxml.html.fragment_fromstring(text, create_parent="div")  # pyright: ignore[reportArgumentType]
    except (ParserError, ValueError, AssertionError):
        return html.unescape(re.sub(r"<[^<>]*>", " ", text))
    return re.sub(r"[ \t]*\n[ \t]*", "\n", _children(root, marks=marks, depth=0))


def _children(node: lxml.html.HtmlElement, *, marks: bool, depth: int) -> str:
    if depth > _DEPTH:
        return " ".join(node.itertext())
    said = [_squeezed(node.text)]
    for child in node:
        said.append(_element(child, marks=marks, depth=depth + 1))
        said.append(_squeezed(child.tail))
    return "".join(said)


def _element(node: lxml.html.HtmlElement, *, marks: bool, depth: int) -> str:
    if isinstance(node, _Comment) or not isinstance(node.tag, str) or node.tag in _DROPPED:
        return ""
    inner = _children(node, marks=marks, depth=depth)
    bare = inner.strip()
    if node.tag == "a":
        address = (node.get("href") or "").strip()
        linked = marks and address.startswith(("http://", "https://", "mailto:")) and bare and address != bare
        return f"[{bare}]({address})" if linked else inner or (address if marks else "")
    if node.tag in {"strong", "b"} and marks and bare and "\n" not in bare:
        return inner.replace(bare, f"**{bare}**")
    written = _WRITTEN.get(node.tag)
    return written.format(bare) if written is not None and (bare or node.tag == "br") else inner


def _squeezed(text: str | None) -> str:
    return re.sub(r"[ \t\n]+", " ", text or "")
