"""RDF/XML: entities that multiply or that lead elsewhere are refused, broken documents are read in pieces."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
from attrs import field, frozen
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]

from ckanext.ca3b.harvest.sources import SourceError

from .names import PREFIXES, RDF

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[>]*(\[(?P<inside>.*?)\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(
    r"<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[\w.-]+)\s+(?P<value>\"[^\"]*\"|'[^']*'|[^>]*)>", re.DOTALL
)
_REFERENCE = re.compile(r"&([A-Za-z][\w.-]*);")
_LONE_AMPERSAND = re.compile(r"&(?!(?:#\d+|#x[0-9A-Fa-f]+|\w[\w.-]*);)")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2\d|3[01]));"
)
_WRAPPER = re.compile(r"<(?:\w+:)?GetRecords?(?:ById)?Response\b")
_COMMENT = re.compile(r"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_LONGEST_ENTITY = 1_000
_LARGEST_GROWTH = 20_000_000


@frozen
class XmlReading:
    """The triples of a document, and what of it could not be read: (line, beginning, reason)."""

    triples: list[Any] = field(factory=list)
    bad: list[tuple[int, str, str]] = field(factory=list)


def read_xml(text: str, base: str | None) -> XmlReading:
    """Return what an RDF/XML document says.

    :raises SourceError: its entities are dangerous (``entities``), or nothing of it is XML (``syntax``).
    """
    clean = without_entities(_DECLARATION.sub("", text, count=1))
    if _WRAPPER.search(clean[:5_000]):
        return _in_pieces(clean, base)
    try:
        triples = _parsed(clean.encode("utf-8", "replace"), base)
        if _ended(clean):
            return XmlReading(triples)
    except (SyntaxError, ValueError):
        pass
    return _in_pieces(_CONTROL.sub("", _LONE_AMPERSAND.sub("&amp;", clean)), base)


def _ended(text: str) -> bool:
    """Tell whether a document has its end: the parser takes one that is cut between two elements for a whole one."""
    root = re.search(r"<([\w:.-]+)[^>]*>", _COMMENT.sub("", text[:50_000]))
    tail = _COMMENT.sub("", text[-50_000:]).rstrip()
    return root is None or tail.endswith("/>") or re.search(rf"</{re.escape(root[1])}\s*>$", tail) is not None


def without_entities(text: str) -> str:
    """Return an XML text with its own short entities in their place and no document type any more.

    :raises SourceError: entities that lead to other files, that hold other entities, or that make the text grow.
    """
    found = _DOCTYPE.search(text[:100_000])
    said: dict[str, str] = {}
    if found:
        for entity in _ENTITY.finditer(found["inside"] or ""):
            value = entity["value"]
            if entity["parameter"] or value[:1] not in "\"'" or len(value) > _LONGEST_ENTITY:
                raise _dangerous()
            said[entity["name"]] = value[1:-1]
        if any(_REFERENCE.search(value) for value in said.values()) or "SYSTEM" in (found["inside"] or ""):
            raise _dangerous()
        text = text[: found.start()] + text[found.end() :]
    names = [name for name in _REFERENCE.findall(text) if name not in _XML_NAMES] if "&" in text else []
    if not names:
        return text
    if sum(len(said.get(name, "")) for name in names) > _LARGEST_GROWTH:
        raise _dangerous()
    return _REFERENCE.sub(lambda match: _replaced(match, said), text)


def _replaced(match: re.Match[str], said: dict[str, str]) -> str:
    name = match[1]
    if name in _XML_NAMES:
        return match[0]
    if name in said:
        return said[name]
    # « &eacute; » is of HTML, and « &page=2; » of an address that was not escaped.
    char = html.unescape(match[0])
    return char if char != match[0] else f"&amp;{name};"


def _dangerous() -> SourceError:
    return SourceError(
        "entities",
        "Ce document XML déclare des entités qui mènent à d’autres fichiers ou qui se multiplient : il n’est pas lu."
        " Publiez-le sans DOCTYPE.",
    )


def _parsed(content: bytes, base: str | None) -> list[Any]:
    return list(ox.parse(content, format=ox.RdfFormat.RDF_XML, base_iri=base, lenient=True))


def _in_pieces(text: str, base: str | None) -> XmlReading:
    """Read a document element by element; what is cut or badly nested is closed as it can be."""
    text = _with_prefixes(text)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise SourceError("syntax", "Ce document n’est pas du XML : rien ne peut en être lu.")
    bad = [(error.line, "", error.message) for error in list(parser.error_log)[:1]]
    found = XmlReading(bad=bad)
    _mend(root)
    if bad and _local(root) == "RDF":
        _unwrap(root)
    for part in list(_wrapped_in(root)) if _WRAPPER.search(text[:5_000]) else [root]:
        try:
            found.triples.extend(_parsed(etree.tostring(part, with_tail=False), base))
        except (SyntaxError, ValueError):
            for child in list(part) if _local(part) == "RDF" else [part]:
                if isinstance(child.tag, str):
                    _element(child, part, base, found)
    return found


def _unwrap(root: Any) -> None:
    """Put the descriptions that properties left without their subject hold where descriptions stand.

    A tag that is wrong ends what is around it too early: the properties that follow are those of nobody.
    """
    waiting = list(root)
    while waiting:
        child = waiting.pop()
        if _local(child)[:1].islower() and child.getparent() is root:
            inside = [each for each in child if isinstance(each.tag, str)]
            for each in reversed(inside):
                child.addnext(each)
            root.remove(child)
            waiting += inside


def _wrapped_in(element: Any) -> Iterator[Any]:
    """Yield the documents of RDF in the answer of a service; GeoNetwork leaves ``rdf:RDF`` out around a record."""
    for child in element:
        if isinstance(child.tag, str) and child.tag.startswith((f"{{{RDF}}}", f"{{{PREFIXES['dcat']}}}")):
            yield child
        else:
            yield from _wrapped_in(child)


def _mend(root: Any) -> None:
    """Make a label of the text that a property has besides its address, as GeoNetwork writes themes and licences."""
    for element in list(root.iter(etree.Element)):
        address = element.get(f"{{{RDF}}}resource")
        if address is None or not (len(element) or (element.text or "").strip()):
            continue
        del element.attrib[f"{{{RDF}}}resource"]
        if not len(element):
            node = etree.SubElement(element, f"{{{RDF}}}Description", {f"{{{RDF}}}about": address})
            etree.SubElement(node, f"{{{PREFIXES['rdfs']}}}label").text = element.text
            element.text = None


def _with_prefixes(text: str) -> str:
    """Declare on the root the usual prefixes that a document uses without declaring them."""
    used = set(re.findall(r"[<\s/]([A-Za-z][\w-]*):[\w-]+(?=[\s/>=])", text))
    missing = used - set(re.findall(r"xmlns:([\w-]+)\s*=", text)) - {"xml", "xmlns"}
    said = "".join(f' xmlns:{name}="{PREFIXES[name]}"' for name in sorted(missing) if name in PREFIXES)
    return re.sub(r"<([\w:.-]+)(?=[\s>])", rf"<\1{said}", text, count=1) if said else text


def _element(element: Any, root: Any, base: str | None, found: XmlReading) -> None:
    """Read one description; when it is wrong, those inside it first, each by itself, then each of its properties."""
    try:
        found.triples.extend(_parsed(_wrapped(element, root), base))
    except (SyntaxError, ValueError) as error:
        _parts(element, root, base, found, str(error))


def _parts(element: Any, root: Any, base: str | None, found: XmlReading, reason: str) -> None:
    properties = list(element)
    wrong: list[tuple[int, str, str]] = []
    whole = 0
    for child in properties:
        element.remove(child)
    for child in properties:
        element.append(child)
        try:
            found.triples.extend(_parsed(_wrapped(element, root), base))
            whole += 1
        except (SyntaxError, ValueError) as error:
            inner = [each for each in child if isinstance(each.tag, str)]
            for each in inner:
                _element(each, root, base, found)
            if not inner:
                wrong.append((child.sourceline or 0, _local(child), str(error)))
        element.remove(child)
    found.bad.extend(wrong if whole else [(element.sourceline or 0, _local(element), reason)])


def _local(element: Any) -> str:
    """Return the name of an element without its namespace, be it a prefix that nobody declared."""
    return str(element.tag).rsplit("}", 1)[-1].rsplit(":", 1)[-1]


def _wrapped(element: Any, root: Any) -> bytes:
    wrapper = etree.Element(f"{{{RDF}}}RDF", nsmap={**root.nsmap, **element.nsmap})
    base = root.get("{http://www.w3.org/XML/1998/namespace}base")
    if base:
        wrapper.set("{http://www.w3.org/XML/1998/namespace}base", base)
    wrapper.append(etree.fromstring(etree.tostring(element, with_tail=False)))
    return etree.tostring(wrapper)
