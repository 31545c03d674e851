"""Workbooks: every sheet, hidden ones too, titles, comments, text boxes, properties, caches of pivot tables."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

import python_calamine as calamine
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] # lxml brings no types

from ckanext.ca3b.tables import ReadOptions, TableError
from ckanext.ca3b.tables.reading.readers.cells import Writer
from ckanext.ca3b.tables.reading.readers.excel import read_workbook
from ckanext.ca3b.tables.reading.readers.workbook_file import check_file

from .grid import part_of
from .model import BATCH_ROWS, Content, Part, Text
from .pictures import large_pictures

if TYPE_CHECKING:
    from pathlib import Path

_AUTHORS = {"creator", "lastModifiedBy", "initial-creator", "dc:creator", "Manager"}
_TOOLS = re.compile(r"(?i)openpyxl|xlsxwriter|libreoffice|microsoft|excel|apache poi|python|calamine|^$")
_ASIDES = (
    (re.compile(r"xl/(?:threadedComments/.*|comments[^/]*)\.xml$|xl/comments/.*\.xml$"), "commentaires de cellules"),
    (re.compile(r"xl/drawings/.*\.xml$|xl/charts/.*\.xml$"), "zones de texte et graphiques"),
    (re.compile(r"xl/pivotCache/.*\.xml$"), "données cachées d’un tableau croisé"),
    (re.compile(r"xl/externalLinks/.*\.xml$"), "valeurs de classeurs liés"),
    (re.compile(r"xl/persons/.*\.xml$"), "auteurs"),
)
_EMBEDDED = re.compile(r"xl/embeddings/|^Object [0-9]+/|xl/model/|customXml/item[0-9]*\.xml$")
_NAMESPACE = re.compile(r"^\{[^}]*\}")


def open_workbook(path: Path, kind: str) -> Content:
    """Read all the sheets and what is beside them."""
    check_file(path, kind)
    content = Content()
    with path.open("rb") as stream:
        book = calamine.CalamineWorkbook.from_filelike(stream)
        names = [meta.name for meta in book.sheets_metadata if meta.typ == calamine.SheetTypeEnum.WorkSheet]
        grids = {name: book.get_sheet_by_name(name) for name in names}
    several = sum(grid.height > 0 for grid in grids.values()) > 1
    for name, grid in grids.items():
        if grid.height and grid.width:
            _sheet(path, kind, name, grid, content, several=several)
        content.texts.append(Text("nom de feuille", name))
    if kind in {"xlsx", "xlsm", "xlsb"}:
        _asides(path, content)
    elif kind == "ods":
        _open_document(path, content)
    if not content.parts and not content.texts:
        raise TableError("empty", "Le classeur est vide.")
    return content


def _sheet(path: Path, kind: str, name: str, grid: calamine.CalamineSheet, content: Content, *, several: bool) -> None:  # noqa: PLR0913 - what it needs, each of its own kind
    where = name if several else None
    try:
        raw = read_workbook(path, kind, ReadOptions(sheet=name))
    except TableError as error:
        if error.code == "empty":
            return
        content.parts.append(_patient(grid, where))
        return
    content.parts.append(
        Part(raw.names, lambda: raw.source(BATCH_ROWS), where, raw.header_row is not None, raw.line, kind)
    )
    first = raw.line(1) or 1
    last = raw.line(raw.rows) or first
    if raw.header_row or any("footnote" in notice.code for notice in raw.warnings):
        cells = grid.to_python(skip_empty_area=False)
        outside = cells[: max(0, first - 2)] + (cells[last:] if raw.rows else [])
        content.texts += [
            Text("texte hors du tableau", str(cell)) for row in outside for cell in row if cell not in {"", None}
        ]


def _patient(grid: calamine.CalamineSheet, where: str | None) -> Part:
    """Read a sheet which is no regular table: all its cells, under the likeliest header."""
    writer = Writer({})
    cells = [writer.row(index, row) for index, row in enumerate(grid.iter_rows())]
    return part_of(cells, where)


def _asides(path: Path, content: Content) -> None:
    with zipfile.ZipFile(path) as archive:
        _pictures(archive, content)
        for member in sorted(archive.namelist()):
            if member.startswith("docProps/") and member.endswith(".xml"):
                read_properties(archive.read(member), content)
                continue
            if _EMBEDDED.search(member) and not member.endswith("/"):
                content.missing.append("le classeur contient un objet incorporé, qui n’est pas examiné")
                continue
            what = next((told for pattern, told in _ASIDES if pattern.search(member)), None)
            if what:
                content.texts += [Text(what, text) for text in _texts(archive.read(member))]
            elif re.search(r"xl/worksheets/[^/]*\.xml$", member):
                content.texts += [Text("en-têtes et pieds de page", text) for text in _page_texts(archive, member)]


def _pictures(archive: zipfile.ZipFile, content: Content) -> None:
    pictures = large_pictures(archive, ("xl/media/", "Pictures/", "media/"))
    if pictures:
        content.missing.append(f"le classeur contient {pictures} image(s), dont le contenu n’est pas examiné")


def _page_texts(archive: zipfile.ZipFile, member: str) -> list[str]:
    # They close the sheet: the end of its text is enough.
    with archive.open(member) as stream:
        tail = b""
        while block := stream.read(1 << 20):
            tail = (tail + block)[-(1 << 16) :]
    found = re.findall(rb"<(?:odd|even|first)(?:Header|Footer)>([^<]{1,2000})<", tail)
    prompts = re.findall(rb"prompt=\"([^\"]{1,500})\"", tail)
    return [text.decode("utf-8", "replace") for text in found + prompts]


def read_properties(data: bytes, content: Content) -> None:
    """Take what the properties of an office document say: title, words, who wrote it."""
    root = _parsed(data)
    for node in root.iter() if root is not None else ():
        tag = _NAMESPACE.sub("", str(node.tag))
        text = (node.text or "").strip()
        if not text or tag in {
            "Application",
            "TitlesOfParts",
            "AppVersion",
            "lpstr",
            "created",
            "modified",
            "Company",
            "DocSecurity",
        }:
            continue
        if tag in _AUTHORS:
            if not _TOOLS.search(text):
                content.texts.append(Text("auteur du document", text))
        else:
            content.texts.append(Text("propriétés du document", text))


def _texts(data: bytes) -> list[str]:
    """Give the texts and the values of one XML part, each once."""
    root = _parsed(data)
    if root is None:
        return []
    found: dict[str, None] = {}
    for node in root.iter():
        tag = _NAMESPACE.sub("", str(node.tag))
        if tag in {"si", "comment", "threadedComment", "sp", "p"}:
            found[" ".join("".join(node.itertext()).split())] = None
        for key in ("v", "displayName"):
            if node.get(key):
                found[str(node.get(key))] = None
        if node.text and node.text.strip() and tag in {"t", "v", "text"}:
            found[node.text.strip()] = None
    return [text for text in found if text]


def _parsed(data: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError:
        return None


def _open_document(path: Path, content: Content) -> None:
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        _pictures(archive, content)
        if "meta.xml" in names:
            read_properties(archive.read("meta.xml"), content)
        if any(_EMBEDDED.search(name) for name in names):
            content.missing.append("le classeur contient un objet incorporé, qui n’est pas examiné")
        if "content.xml" not in names:
            return
        with archive.open("content.xml") as stream:
            wanted = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}annotation"
            for _, node in etree.iterparse(stream, tag=wanted, resolve_entities=False, no_network=True):
                content.texts.append(Text("commentaires de cellules", " ".join("".join(node.itertext()).split())))
