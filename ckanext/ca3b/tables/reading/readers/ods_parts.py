"""Zeros that an ODS workbook shows by a format: the text of its cells says them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] # lxml brings no types

from ckanext.ca3b.tables.errors import TableError

if TYPE_CHECKING:
    import zipfile

_PADS = re.compile(rb"""min-integer-digits=["'](?:[2-9]|[1-9][0-9])["']""")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_TYPE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_MOST_REPEATS = 1000


def padded_cells(archive: zipfile.ZipFile, sheet: str) -> dict[tuple[int, int], int]:
    """Give (row, column) from 0 of the cells shown with leading zeros, with the number of digits shown."""
    members = [name for name in ("styles.xml", "content.xml") if name in archive.namelist()]
    if not any(_PADS.search(archive.read(name)) for name in members):
        return {}
    found: dict[tuple[int, int], int] = {}
    row = 0
    with archive.open("content.xml") as stream:
        try:
            rows = etree.iterparse(stream, tag=_TABLE + "table-row", resolve_entities=False, no_network=True)
            for _, node in rows:
                if _name(node) == sheet:
                    shown = _shown(node)
                    times = _repeated(node, "rows")
                    for more in range(min(times, _MOST_REPEATS) if shown else 0):
                        found.update({(row + more, column): width for column, width in shown.items()})
                    row += times
                node.clear()
        except etree.XMLSyntaxError as error:
            raise TableError("damaged", "Le classeur est abîmé : enregistrez-le de nouveau.") from error
    return found


def _name(row: etree._Element) -> str | None:
    """Give the name of the sheet of ``row``; it may be within a group of rows."""
    table = next(row.iterancestors(_TABLE + "table"), None)
    return None if table is None else table.get(_TABLE + "name")


def _shown(row: etree._Element) -> dict[int, int]:
    shown: dict[int, int] = {}
    column = 0
    for cell in row:
        times = _repeated(cell, "columns")
        text = "".join(cell.itertext(_TEXT)) if cell.get(_TYPE) == "float" else ""
        digits = re.sub(r"[ \u00a0\u202f]", "", text)
        if re.fullmatch("0[0-9]+", digits):
            shown.update(dict.fromkeys(range(column, column + min(times, _MOST_REPEATS)), len(digits)))
        column += times
    return shown


def _repeated(node: etree._Element, what: str) -> int:
    times = node.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(times) if times.isdecimal() and len(times) < 9 else 1
