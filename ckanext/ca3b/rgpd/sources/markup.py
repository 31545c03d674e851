"""XML of any kind (KML, GPX, exports): elements that repeat are rows, their parts are columns."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] # lxml brings no types

from ckanext.ca3b.tables import TableError
from ckanext.ca3b.tables.reading.header import column_names
from ckanext.ca3b.tables.reading.readers.spool import Spool

from .model import BATCH_ROWS, Content, Part, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NAMESPACE = re.compile(r"^\{[^}]*\}")
_LARGEST = 512 << 20


def open_xml(path: Path) -> Content:
    """Read each element which has siblings of its name and parts within as one row."""
    if path.stat().st_size > _LARGEST:
        raise TableError("too-big", "Le document XML est trop grand pour être examiné.")
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=False)
        root = etree.parse(str(path), parser).getroot()
    except etree.XMLSyntaxError as error:
        raise TableError("not-a-table", "Le document XML ne se lit pas.") from error
    spools: dict[str, Spool] = {}
    content = Content()
    record: dict[str, str | None] = {}
    _walk(root, "", record, spools, content, 0)
    if record:
        spools.setdefault("", Spool()).add(record)
    for key, spool in spools.items():
        names, _ = column_names(list(spool.names))
        content.parts.append(_part(spool, names, key or None))
    if not content.parts:
        raise TableError("empty", "Le document XML ne contient aucune valeur.")
    return content


def _part(spool: Spool, names: tuple[str, ...], key: str | None) -> Part:
    def batches() -> Iterator:
        return spool.frames(names, BATCH_ROWS)

    return Part(names, batches, key, form="xml")


def _walk(  # noqa: C901, PLR0913, PLR0917 - one case after another
    node: etree._Element,
    prefix: str,
    record: dict[str, str | None],
    spools: dict[str, Spool],
    content: Content,
    depth: int,
) -> None:
    if depth > 60:
        raise TableError("too-big", "Le document XML est trop imbriqué pour être examiné.")
    if not isinstance(node.tag, str):
        if node.text and node.text.strip():
            content.texts.append(Text("commentaires du document", node.text))
        return
    for name, value in node.attrib.items():
        _put(record, f"{prefix}{_NAMESPACE.sub('', name)}", str(value))
    counts = Counter(child.tag for child in node)
    for child in node:
        if not isinstance(child.tag, str):
            _walk(child, prefix, record, spools, content, depth + 1)
            continue
        tag = _NAMESPACE.sub("", child.tag)
        simple = not len(child) and not child.attrib
        # KML writes its attributes as <Data name="…"><value>…</value></Data>.
        named = child.get("name") if tag in {"Data", "SimpleData", "property", "field", "attribut"} else None
        if named:
            _put(record, f"{prefix}{named}", " ".join("".join(child.itertext()).split()))
        elif counts[child.tag] > 1 and not simple:
            row: dict[str, str | None] = {}
            _walk(child, "", row, spools, content, depth + 1)
            spools.setdefault(tag, Spool()).add(row)
        elif simple:
            _put(record, f"{prefix}{tag}", (child.text or "").strip())
        else:
            _walk(child, f"{prefix}{tag}.", record, spools, content, depth + 1)
    if node.text and node.text.strip() and (len(node) or prefix):
        _put(record, prefix.rstrip(".") or "text", node.text.strip())


def _put(record: dict[str, str | None], name: str, value: str) -> None:
    if value:
        known = record.get(name)
        record[name] = f"{known} ; {value}" if known else value
