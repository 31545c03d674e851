"""Documents of words (Word, LibreOffice, presentations, web pages): their paragraphs are texts, their tables tables."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

from lxml import etree, html  # pyright: ignore[reportAttributeAccessIssue] # lxml brings no types

from ckanext.ca3b.tables import TableError

from .grid import part_of
from .model import TEXT, Content, Text
from .pictures import large_pictures
from .workbooks import read_properties

if TYPE_CHECKING:
    from pathlib import Path

_ROWS, _CELLS = {"tr", "table-row"}, {"tc", "table-cell", "td", "th"}
_TABLES, _PARAGRAPHS = {"tbl", "table"}, {"p", "h", "li", "title", "h1", "h2", "h3", "h4", "td", "div"}
_SILENT = {"script", "style", "head", "noscript"}
_READ = re.compile(
    r"word/(?:document|header[0-9]*|footer[0-9]*|comments[^/]*|footnotes|endnotes)\.xml|content\.xml|styles\.xml"
    r"|ppt/(?:slides/slide|notesSlides/notesSlide|comments/[^/]*?)[0-9]*\.xml"
)
_SLIDE = re.compile(r"ppt/slides/slide([0-9]+)\.xml")
_EMBEDDED = re.compile(r"(?:word|ppt)/embeddings/|^Object [0-9]+/|^ObjectReplacements/")
_PICTURES = ("word/media/", "ppt/media/", "Pictures/", "media/")
_NAMESPACE = re.compile(r"^\{[^}]*\}")
_LARGEST = 256 << 20


def open_prose(path: Path) -> Content:
    """Read an office document which is no workbook.

    Raises:
        TableError: it is damaged, locked or too large.

    """
    content = Content()
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise TableError("encrypted", "Le document est protégé par un mot de passe : déposez-le sans mot de passe.")
        if sum(member.file_size for member in members if _READ.fullmatch(member.filename)) > _LARGEST:
            raise TableError("too-big", "Le document est trop grand pour être examiné.")
        for member in sorted(members, key=lambda each: each.filename):
            if _READ.fullmatch(member.filename):
                slide = _SLIDE.fullmatch(member.filename)
                root = _parsed(archive.read(member))
                if root is None:
                    raise TableError("damaged", "Le document est abîmé : enregistrez-le de nouveau.")
                _walk(root, content, f"diapositive {slide[1]}" if slide else None)
            elif member.filename == "meta.xml" or re.fullmatch(r"docProps/[^/]*\.xml", member.filename):
                read_properties(archive.read(member), content)
        if any(_EMBEDDED.search(member.filename) for member in members):
            content.missing.append("le document contient un objet incorporé, qui n’est pas examiné")
        pictures = large_pictures(archive, _PICTURES)
    if pictures:
        content.missing.append(f"le document contient {pictures} image(s), dont le contenu n’est pas examiné")
    return content


def open_page(path: Path) -> Content:
    """Read a web page, or what software exports as one under the name of a workbook."""
    if path.stat().st_size > _LARGEST:
        raise TableError("too-big", "La page web est trop grande pour être examinée.")
    data = path.read_bytes()
    try:
        root = html.document_fromstring(data, parser=html.HTMLParser(encoding=_charset(data), huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise TableError("damaged", "La page web ne se lit pas.") from error
    content = Content()
    _walk(root, content, None)
    if not content.parts and not content.texts:
        raise TableError("empty", "La page web ne contient aucun texte.")
    return content


def _charset(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _parsed(data: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError:
        return None


def _walk(root: etree._Element, content: Content, where: str | None) -> None:
    """Take the tables one by one, and each paragraph which is in none."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        tag = _tag(node)
        if tag in _SILENT:
            continue
        if tag in _TABLES:
            waiting += _table(node, content, where)
        elif tag in _PARAGRAPHS and not any(_tag(child) in _TABLES | _PARAGRAPHS for child in node.iterdescendants()):
            _say(content, "".join(node.itertext()), where)
        else:
            for text in (node.text, *(child.tail for child in node)):
                _say(content, text, where)
            waiting += reversed(list(node))


def _table(node: etree._Element, content: Content, where: str | None) -> list[etree._Element]:
    """Add a table; one that only lays words out is read as texts. Gives the tables within its cells."""
    rows, inner = [], []
    for row in (each for each in node.iterdescendants() if _tag(each) in _ROWS and _owner(each) is node):
        cells = [cell for cell in row if _tag(cell) in _CELLS]
        inner += [each for cell in cells for each in cell.iterdescendants() if _tag(each) in _TABLES]
        rows.append([_text(cell) or None for cell in cells])
    rows = [row for row in rows if any(row)]
    nested = [each for each in inner if _owner(each) is node]
    width = max(map(len, rows), default=0)
    if len(rows) >= 3 and 2 <= width <= 1000 and not nested:
        number = sum(part.form == "document" for part in content.parts) + 1
        content.parts.append(part_of(rows, " : ".join(filter(None, (where, f"tableau {number}"))), "document"))
    else:
        for row in rows:
            _say(content, " ".join(cell for cell in row if cell), where)
    return []


def _owner(node: etree._Element) -> etree._Element | None:
    return next((each for each in node.iterancestors() if _tag(each) in _TABLES), None)


def _tag(node: etree._Element) -> str:
    return _NAMESPACE.sub("", node.tag) if isinstance(node.tag, str) else ""


def _text(node: etree._Element) -> str:
    """Paragraphs of one cell stay apart."""
    parts = [child for child in node.iterdescendants() if _tag(child) in _PARAGRAPHS] or [node]
    return " ".join(" ".join("".join(part.itertext()).split()) for part in parts).strip()


def _say(content: Content, text: str | None, where: str | None) -> None:
    if text and text.strip():
        content.texts.append(Text(TEXT, " ".join(text.split()), where))
