"""Write the files of the corpus, each in the format of its extension."""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P

from tests.rgpd.corpus.registry import Book, Document, Features, Records, Sheet, Table

EPOCH = (2026, 1, 2, 3, 4, 6)


def write(path: Path, document: Document) -> None:
    """Write ``document``; raises KeyError for an extension without writer."""
    WRITERS[path.suffix](path, document)


def _csv(path: Path, table: Table) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=table.delimiter, lineterminator=table.end)
    writer.writerows([*table.title, *([] if table.header is None else [table.header]), *table.rows])
    path.write_bytes(text.getvalue().encode(table.encoding, "replace"))


def _xlsx(path: Path, book: Book) -> None:
    workbook = xlsxwriter.Workbook(str(path))
    workbook.set_properties({"created": datetime(*EPOCH), **book.properties})  # noqa: DTZ001
    for number, (name, sheet) in enumerate(book.sheets.items()):
        page = workbook.add_worksheet(name)
        for rank, row in enumerate(_lines(sheet)):
            page.write_row(rank, 0, row)
        for (row, column), comment in sheet.comments.items():
            page.write_comment(row, column, comment)
        for column in sheet.hidden_columns:
            page.set_column(column, column, None, None, {"hidden": True})
        if sheet.hidden:
            page.hide()
        elif number == 0:
            page.activate()
    workbook.close()


def _ods(path: Path, book: Book) -> None:
    document = OpenDocumentSpreadsheet()
    for name, sheet in book.sheets.items():
        table = OdfTable(name=name)
        for row in _lines(sheet):
            line = TableRow()
            for value in row:
                cell = TableCell(valuetype="string")
                cell.addElement(P(text=str(value)))
                line.addElement(cell)
            table.addElement(line)
        document.spreadsheet.addElement(table)  # pyright: ignore[reportAttributeAccessIssue]
    document.save(str(path))


def _lines(sheet: Sheet) -> list[list[Any]]:
    return [*sheet.title, sheet.header, *sheet.rows]


def _json(path: Path, records: Records) -> None:
    path.write_text(json.dumps(records.value, ensure_ascii=False, indent=1), "utf-8")


def _geojson(path: Path, features: Features) -> None:
    items = [
        {"type": "Feature", "geometry": {"type": _kind(place), "coordinates": place}, "properties": attributes}
        for place, attributes in features.items
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": items}, ensure_ascii=False), "utf-8")


def _kind(place: Any) -> str:
    return "Polygon" if isinstance(place, list) else "Point"


def _zip(path: Path, features: Features) -> None:
    """A shapefile of points, its attributes as text in a dBASE file."""
    names = list(features.items[0][1])
    points = [place for place, _ in features.items]
    shapes = b"".join(
        struct.pack(">2i", rank, 10) + struct.pack("<i2d", 1, *point) for rank, point in enumerate(points, 1)
    )
    index = b"".join(struct.pack(">2i", 50 + 14 * rank, 10) for rank in range(len(points)))
    fields = b"".join(name.encode()[:10].ljust(11, b"\0") + b"C" + bytes(4) + b"\x3c" + bytes(15) for name in names)
    start = struct.pack("<4BIHH20x", 3, 126, 1, 2, len(points), 33 + 32 * len(names), 1 + 60 * len(names))
    lines = b"".join(
        b" " + b"".join(str(attributes[name]).encode("utf-8")[:60].ljust(60) for name in names)
        for _, attributes in features.items
    )
    box = (min(p[0] for p in points), min(p[1] for p in points), max(p[0] for p in points), max(p[1] for p in points))
    parts = {
        "shp": _head(len(shapes), box) + shapes,
        "shx": _head(len(index), box) + index,
        "dbf": start + fields + b"\r" + lines + b"\x1a",
        "cpg": b"UTF-8",
        "prj": b'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],'
        b'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for extension, data in parts.items():
            archive.writestr(zipfile.ZipInfo(f"{path.stem}.{extension}", EPOCH), data)


def _head(size: int, box: tuple[float, ...]) -> bytes:
    head = struct.pack(">i20xi", 9994, (100 + size) // 2) + struct.pack("<2i4d", 1000, 1, *box)
    return head + bytes(32)


WRITERS: dict[str, Callable[[Path, Any], None]] = {
    ".csv": _csv, ".txt": _csv, ".tsv": _csv, ".xlsx": _xlsx, ".ods": _ods, ".json": _json, ".geojson": _geojson,
    ".zip": _zip,
}  # fmt: skip
