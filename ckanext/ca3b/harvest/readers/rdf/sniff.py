"""Which syntax of RDF a content is written in, whatever it is said to be."""

from __future__ import annotations

import re

_XML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*|<\?[^>]*\?>\s*|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>\s*)*<",
    re.DOTALL,
)
#: The first element: rdf:RDF, or a catalogue, a record or a dataset that stands alone.
_RDF_ROOT = re.compile(r"(?:[\w.-]+:)?(?:RDF|Catalog(?:ue|Record)?|Dataset(?:Series)?|Description)[\s>]")
#: RDF inside the answer of a catalogue service (CSW), as GeoNetwork gives it when it is asked for DCAT.
_WRAPPED = re.compile(
    r"<(?:\w+:)?GetRecords?(?:ById)?Response\b.*<(?:rdf:RDF|dcat:(?:Dataset|Catalog|CatalogRecord))[\s>]", re.DOTALL
)
_LINE = re.compile(
    r"\s*(?:<[^>\n]*>|_:\S+)\s+<[^>\n]*>\s+(?:<[^>\n]*>|_:\S+|\"(?:[^\"\\\n]|\\.)*\"(?:@[\w-]+|\^\^<[^>\n]*>)?)\s*"
    r"(?:<[^>\n]*>\s*|_:\S+\s*)?\."
)
_TURTLE = re.compile(r"^\s*(?:@?prefix\s+[\w.-]*:\s*<|@?base\s+<)", re.IGNORECASE | re.MULTILINE)
_TURTLE_START = re.compile(
    r"\s*(?:#[^\n]*\n\s*)*(?:<[^<>\s\"{}]*>|_:\w[\w.-]*|[A-Za-z][\w.-]*:[\w/-]+[^\s<>]*|\[)\s+(?:a|<[^<>\s]+>|[\w-]+:[\w-]+)\s"
)
_JSONLD_KEY = re.compile(r"\"@(?:context|graph|id|type)\"\s*:")
_HEAD = 20_000


def syntax_of(text: str) -> str:
    """Return ``xml``, ``jsonld``, ``nquads`` (N-Triples among them) or ``turtle`` (TriG among them); else ``""``."""
    head = text.lstrip("\ufeff \t\r\n")[:_HEAD]
    xml = _XML.match(head) if head.startswith("<") else None
    if xml and not re.match(r"<[a-z]+://|<urn:|<[^<>\s]*>\s+[<a]", head):
        return "xml" if _RDF_ROOT.match(head, xml.end()) or _WRAPPED.search(head) else ""
    if head.startswith("{") or re.match(r"\[\s*[{\]]", head):
        return "jsonld" if _JSONLD_KEY.search(text[: 50 * _HEAD]) else ""
    lines = [line for line in head.split("\n")[:40] if line.strip() and not line.lstrip().startswith("#")]
    complete = lines[:-1] if len(head) == _HEAD and len(lines) > 1 else lines
    if complete and sum(bool(_LINE.match(line)) for line in complete) > len(complete) * 0.6:
        return "nquads"
    if _TURTLE.search(head) or _TURTLE_START.match(head):
        return "turtle"
    return ""
