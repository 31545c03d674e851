"""What is read in the parts of an XLSX file beside its values: how far a sheet goes, zeros shown by a format."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from attrs import define, field
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] # lxml brings no types

from ckanext.ca3b.tables.errors import TableError
from ckanext.ca3b.tables.reading.header import check_width

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

MAX_CELLS = 30_000_000
_BLOCK = 1 << 20
_TAIL = 512
_WIDE = re.compile(rb"""\sr=["']([A-Za-z]{2,3})[0-9]{1,7}["']""")
_ROW = re.compile(rb"""\sr=["'][A-Za-z]{0,3}([0-9]{1,7})["']""")
_CELL = re.compile(rb"""<(?:\w+:)?c\s([^>]*)>""")
_PLACE = re.compile(rb"""(?:^|\s)r=["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_STYLE = re.compile(rb"""(?:^|\s)s=["']([0-9]{1,6})["']""")
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@define
class Parts:
    """The parts of an open workbook: member of each sheet, and the digits that each style pads to."""

    members: dict[str, str] = field(factory=dict)
    widths: dict[bytes, int] = field(factory=dict)


def parts_of(archive: zipfile.ZipFile) -> Parts:
    """Find the sheets and the styles that show leading zeros; empty when the workbook does not say."""
    names = set(archive.namelist())
    try:
        targets = {
            _local(node, "Id"): _path(_local(node, "Target"))
            for node in _nodes(archive, "xl/_rels/workbook.xml.rels", "Relationship", names)
        }
        members = {
            _local(node, "name"): targets.get(_local(node, "id"), "")
            for node in _nodes(archive, "xl/workbook.xml", "sheet", names)
        }
        widths = _widths(archive, names)
    except etree.XMLSyntaxError as error:
        raise TableError("damaged", "Le classeur est abîmé : enregistrez-le de nouveau en XLSX.") from error
    return Parts({name: member for name, member in members.items() if member in names}, widths)


def check_extent(archive: zipfile.ZipFile, member: str, sheet: str) -> None:
    """Refuse a sheet whose used area, empty cells included, would not fit in memory."""
    widest = b"A"
    for block in _blocks(archive, member):
        for letters in set(_WIDE.findall(block)):
            widest = max(widest, letters.upper(), key=lambda found: (len(found), found))
    width = _column(widest) + 1
    if width <= 26:
        return
    height = max((int(row) for block in _blocks(archive, member) for row in set(_ROW.findall(block))), default=0)
    if width * height > MAX_CELLS:
        raise TableError(
            "too-big",
            f"La feuille « {sheet} » s’étend jusqu’à la cellule {widest.decode()}{height} : "
            "supprimez les cellules éloignées du tableau, ou exportez la feuille en CSV.",
        )
    check_width(width)


def padded_cells(archive: zipfile.ZipFile, member: str, widths: dict[bytes, int]) -> dict[tuple[int, int], int]:
    """Give (row, column) from 0 of the cells shown with leading zeros, with the number of digits shown."""
    if not widths:
        return {}
    found: dict[tuple[int, int], int] = {}
    for block in _blocks(archive, member):
        for match in _CELL.finditer(block):
            style = _STYLE.search(match[1])
            if style and style[1] in widths and (place := _PLACE.search(match[1])):
                found[int(place[2]) - 1, _column(place[1].upper())] = widths[style[1]]
    return found


def digits_shown(code: str) -> int:
    """Give how many digits the number format ``code`` shows at least, 0 for a format that is not of a code.

    ``00000`` shows five, ``0#" "##" "##" "##" "##`` ten: after the first zero every place is shown.
    """
    plain = _LITERAL.sub("", code.partition(";")[0]).replace(" ", "").replace("\u00a0", "")
    match = re.fullmatch(r"#*(0[0#]+)", plain)
    return len(match[1]) if match else 0


def _widths(archive: zipfile.ZipFile, names: set[str]) -> dict[bytes, int]:
    formats = {
        _local(node, "numFmtId"): digits_shown(_local(node, "formatCode"))
        for node in _nodes(archive, "xl/styles.xml", "numFmt", names)
    }
    if not any(formats.values()):
        return {}
    styles = [node for node in _nodes(archive, "xl/styles.xml", "xf", names) if _parent(node) == "cellXfs"]
    widths = {str(index).encode(): formats.get(_local(node, "numFmtId"), 0) for index, node in enumerate(styles)}
    return {style: width for style, width in widths.items() if width}


def _nodes(archive: zipfile.ZipFile, member: str, tag: str, names: set[str]) -> Iterator[etree._Element]:
    if member not in names or archive.getinfo(member).file_size > 64 << 20:
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    root = etree.fromstring(archive.read(member), parser)
    yield from root.iter("{*}" + tag)


def _parent(node: etree._Element) -> str:
    parent = node.getparent()
    return etree.QName(parent).localname if parent is not None else ""


def _local(node: etree._Element, name: str) -> str:
    """Give the attribute ``name`` whatever its namespace."""
    return next((str(value) for key, value in node.items() if str(key).rpartition("}")[2] == name), "")


def _path(target: str) -> str:
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _blocks(archive: zipfile.ZipFile, member: str) -> Iterator[bytes]:
    """Give the bytes of ``member``, each block with the end of the one before, as a tag may be cut."""
    tail = b""
    with archive.open(member) as stream:
        while block := stream.read(_BLOCK):
            yield tail + block
            tail = block[-_TAIL:]
