"""Whatever the bytes, a file is read or refused in one French sentence: nothing else escapes."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdsTable
from odf.table import TableCell, TableRow
from odf.text import P

from ckanext.ca3b.tables import TableError, read, typed

ROWS = [["nom", "insee", "date", "montant"], ["Mâcon", "71270", "31/12/2023", "1 204,5"], ["Bourg", "01053", "", "3"]]


def csv_bytes():
    return "\r\n".join(";".join(row) for row in ROWS).encode("cp1252")


def xlsx_bytes():
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.active["B2"] = 1053
    book.active["B2"].number_format = "00000"
    book.save(out)
    return out.getvalue()


def xls_bytes():
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("un")
    for index, row in enumerate(ROWS):
        for place, value in enumerate(row):
            sheet.write(index, place, value)
    book.save(out)
    return out.getvalue()


def ods_bytes():
    book, out = OpenDocumentSpreadsheet(), io.BytesIO()
    table = OdsTable(name="un")
    for row in ROWS:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=value))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    book.save(out)
    return out.getvalue()


def zip_bytes():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.csv", csv_bytes())
    return out.getvalue()


VALID = {
    "csv": csv_bytes(),
    "utf-16": csv_bytes().decode("cp1252").encode("utf-16"),
    "json": json.dumps({"data": [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]}).encode(),
    "jsonl": b"\n".join(json.dumps(dict(zip(ROWS[0], row, strict=True))).encode() for row in ROWS[1:]),
    "xlsx": xlsx_bytes(),
    "xls": xls_bytes(),
    "ods": ods_bytes(),
    "gz": gzip.compress(csv_bytes()),
    "zip": zip_bytes(),
}


def check(folder, data):
    """Read ``data`` to its last value, or be refused in a sentence."""
    path = folder / "fichier"
    path.write_bytes(data)
    refused = None
    try:
        table = read(path)
        frames = [typed(batch, table.columns) for batch in table.batches(7)]
    except TableError as error:
        refused = error
    if refused is None:
        assert sum(frame.height for frame in frames) == table.rows
        assert all(frame.columns == [column.name for column in table.columns] for frame in frames)
        assert all((table.line(row) or row) >= row for row in range(1, min(table.rows, 5) + 1))
    else:
        assert refused.message.strip().endswith(".")
        assert "\n" not in refused.message


FAST = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FAST
@given(data=st.binary(max_size=300))
def test_random_bytes(tmp_path, data):
    check(tmp_path, data)


@FAST
@given(
    text=st.text(st.sampled_from(";,|\t\"\n\r'ab é01.-/\u00a0{}[]:<\x00\ufeff"), max_size=120),
    encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]),
)
def test_random_text(tmp_path, text, encoding):
    check(tmp_path, text.encode(encoding, errors="ignore"))


@pytest.mark.parametrize("kind", VALID)
@FAST
@given(data=st.data())
def test_mutations_of_valid_files(tmp_path, kind, data):
    content = bytearray(VALID[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        length = data.draw(st.integers(0, 20))
        content[at : at + length] = data.draw(st.binary(max_size=20))
        content = content or bytearray(b"x")
    check(tmp_path, bytes(content))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
@settings(FAST, max_examples=100)
@given(data=st.data())
def test_mutations_inside_a_workbook(tmp_path, kind, data):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(VALID[kind])) as source, zipfile.ZipFile(out, "w") as target:
        names = source.namelist()
        changed = data.draw(st.sampled_from(names))
        for name in names:
            content = source.read(name)
            if name == changed and content:
                at = data.draw(st.integers(0, len(content) - 1))
                cut = data.draw(st.integers(0, 40))
                content = content[:at] + data.draw(st.binary(max_size=12)) + content[at + cut :]
            target.writestr(name, content)
    check(tmp_path, out.getvalue())
