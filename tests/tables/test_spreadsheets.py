"""Workbooks of every kind, written by other libraries than the one that reads them."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.number import Number, NumberStyle
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.style import Style
from odf.table import Table as OdsTable
from odf.table import TableCell, TableRow
from odf.text import P

from ckanext.ca3b.tables import ReadOptions, TableError, read, typed
from ckanext.ca3b.tables.reading.readers.xlsx_parts import digits_shown

MOMENT = dt.datetime(2024, 2, 1, 8, 30)  # noqa: DTZ001
MIDNIGHT = dt.datetime(2024, 2, 2)  # noqa: DTZ001
EXPECTED = [["Mâcon", "2024-02-01", "true", "1204.5", "3"], ["Cluny", "2024-02-02", "false", "0.3", "4"]]
NAMES = ["commune", "jour", "ouvert", "montant", "nombre"]
DAYS = [dt.date(2024, 2, 1), dt.date(2024, 2, 2)]
ROWS = [["Mâcon", DAYS[0], True, 1204.5, 3], ["Cluny", DAYS[1], False, 0.1 + 0.2, 4]]


def cells(table):
    return [list(row) for batch in table.batches() for row in batch.rows()]


def codes(table):
    return {notice.code for notice in table.warnings}


def refusal(path, **options):
    with pytest.raises(TableError) as caught:
        read(path, options=ReadOptions(**options))
    return caught.value


def write_xlsx(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Marchés du bassin"])
    sheet.append([])
    for row in [NAMES, *ROWS]:
        sheet.append(row)
    hidden = book.create_sheet("Brouillon")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    book.save(path)


def write_xls(path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Feuille")
    sheet.write(0, 0, "Marchés du bassin")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for index, row in enumerate([NAMES, *ROWS], 2):
        for place, value in enumerate(row):
            sheet.write(index, place, value, day if isinstance(value, dt.date) else xlwt.Style.default_style)
    hidden = book.add_sheet("Brouillon")
    hidden.write(0, 0, "x")
    hidden.visibility = 1
    book.save(str(path))


def ods_cell(value, style=None, shown=None):
    kinds = {bool: "boolean", float: "float", int: "float", dt.date: "date"}
    kind = kinds.get(type(value), "string")
    given = {"boolean": "booleanvalue", "float": "value", "date": "datevalue"}.get(kind)
    written = {"boolean": str(value).lower(), "date": str(value)}.get(kind, value)
    cell = TableCell(valuetype=kind, **({given: written} if given else {}), **({"stylename": style} if style else {}))
    cell.addElement(P(text=shown or str(value)))
    return cell


def ods_table(name, rows):
    table = OdsTable(name=name)
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(value if isinstance(value, type(TableCell())) else ods_cell(value))
        table.addElement(line)
    return table


def write_ods(path):
    book = OpenDocumentSpreadsheet()
    book.spreadsheet.addElement(ods_table("Feuille", [["Marchés du bassin"], [], NAMES, *ROWS]))
    book.save(str(path))


@pytest.mark.parametrize(("kind", "write"), [("xlsx", write_xlsx), ("xls", write_xls), ("ods", write_ods)])
def test_values_of_every_workbook_are_the_same(tmp_path, kind, write):
    path = tmp_path / f"marches.{kind}"
    write(path)
    table = read(path)
    assert (table.format, table.header_row, table.rows) == (kind, 2, 2)
    assert [column.name for column in table.columns] == NAMES
    assert cells(table) == EXPECTED
    assert [column.type for column in table.columns] == ["text", "date", "boolean", "number", "integer"]
    assert typed(next(table.batches()), table.columns)["jour"].to_list() == DAYS
    assert [table.line(1), table.line(2)] == [4, 5]
    assert "title-rows" in codes(table)


@pytest.mark.parametrize("write", [write_xlsx, write_xls])
def test_hidden_sheets_are_told(tmp_path, write):
    path = tmp_path / "cache"
    write(path)
    table = read(path)
    assert [(sheet.name, sheet.hidden) for sheet in table.sheets][1] == ("Brouillon", True)
    assert "hidden-sheet" in codes(table)
    assert read(path, options=ReadOptions(sheet="Brouillon")).sheet == "Brouillon"


@pytest.mark.parametrize("name", ["a.xls", "a.csv", "a.ods", "a"])
def test_a_workbook_is_known_by_its_bytes_not_its_name(tmp_path, name):
    write_xlsx(tmp_path / "vrai.xlsx")
    shutil.copy(tmp_path / "vrai.xlsx", tmp_path / name)
    assert read(tmp_path / name).format == "xlsx"


def test_macros_are_left_alone(tmp_path):
    write_xlsx(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    table = read(tmp_path / "a.xlsx")
    assert (table.format, cells(table)) == ("xlsm", EXPECTED)


def test_hours_keep_their_days_at_midnight(tmp_path):
    book = openpyxl.Workbook()
    for row in [["nom", "quand"], ["a", MOMENT], ["b", MIDNIGHT], ["c", None]]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    table = read(tmp_path / "a.xlsx")
    assert table.columns[1].type == "datetime"
    assert typed(next(table.batches()), table.columns)["quand"].to_list() == [MOMENT, MIDNIGHT, None]


def test_times_and_durations_are_written_as_hours(tmp_path):
    book = openpyxl.Workbook()
    for row in [["nom", "heure", "durée"], ["a", dt.time(8, 30), dt.timedelta(hours=30, minutes=5)]]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    assert cells(read(tmp_path / "a.xlsx")) == [["a", "08:30:00", "30:05:00"]]


def write_padded_xlsx(path):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [
        ["commune", "insee", "téléphone", "prix"],
        ["Bourg", 1053, 474225100, 7],
        ["Mâcon", 71270, 385397171, 8],
    ]:
        sheet.append(row)
    for row in (2, 3):
        sheet.cell(row, 2).number_format = "00000"
        sheet.cell(row, 3).number_format = '0#" "##" "##" "##" "##'
        sheet.cell(row, 4).number_format = "0.00"
    book.save(path)


def write_padded_ods(path):
    book = OpenDocumentSpreadsheet()
    pads = NumberStyle(name="N5")
    pads.addElement(Number(minintegerdigits=5, decimalplaces=0))
    style = Style(name="ce1", family="table-cell", datastylename="N5")
    book.automaticstyles.addElement(pads)
    book.automaticstyles.addElement(style)
    rows = [
        ["commune", "insee", "téléphone", "prix"],
        [
            "Bourg",
            ods_cell(1053, style, "01053"),
            ods_cell(474225100, style, "04 74 22 51 00"),
            ods_cell(7, shown="7,00"),
        ],
        ["Mâcon", ods_cell(71270, style), ods_cell(385397171, style, "0385397171"), ods_cell(8, shown="8,00")],
    ]
    book.spreadsheet.addElement(ods_table("Feuille", rows))
    book.save(str(path))


@pytest.mark.parametrize(("kind", "write"), [("xlsx", write_padded_xlsx), ("ods", write_padded_ods)])
def test_zeros_that_a_format_shows_are_kept(tmp_path, kind, write):
    path = tmp_path / f"codes.{kind}"
    write(path)
    table = read(path)
    assert cells(table) == [["Bourg", "01053", "0474225100", "7"], ["Mâcon", "71270", "0385397171", "8"]]
    assert [column.type for column in table.columns] == ["text", "text", "text", "integer"]
    assert "zéros" in table.columns[1].reason


def test_an_old_workbook_that_shows_zeros_says_that_they_are_lost(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("un")
    for place, name in enumerate(["commune", "insee"]):
        sheet.write(0, place, name)
    sheet.write(1, 0, "Bourg")
    sheet.write(1, 1, 1053, xlwt.easyxf(num_format_str="00000"))
    book.save(str(tmp_path / "a.xls"))
    assert "hidden-zeros" in codes(read(tmp_path / "a.xls"))
    write_xls(tmp_path / "b.xls")
    assert "hidden-zeros" not in codes(read(tmp_path / "b.xls"))


@pytest.mark.parametrize(
    ("code", "digits"),
    [("00000", 5), ('0#" "##" "##" "##" "##', 10), ("000\\ 000\\ 000", 9), ("0", 0), ("#,##0", 0), ("0.00", 0),
     ("0%", 0), ("General", 0), ("dd/mm/yyyy", 0), ("00000;-00000", 5), ("0.00E+00", 0), ("[<=9]00;000", 2)],
)  # fmt: skip
def test_the_digits_that_a_format_shows(code, digits):
    assert digits_shown(code) == digits


def test_cells_in_error_are_told(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["nom", "part"])
        sheet.write_row(1, 0, ["a", 1])
        sheet.write(2, 0, "b")
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    table = read(tmp_path / "a.xlsx")
    assert cells(table) == [["a", "1"], ["b", None]]
    assert "cell-errors" in codes(table)


def test_a_cell_at_the_end_of_the_sheet_is_refused_before_it_takes_the_memory(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet("Un")
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "b")
    error = refusal(tmp_path / "a.xlsx")
    assert error.code == "too-big"
    assert "XFD1048576" in error.message


def test_fifty_thousand_columns_of_a_sheet_are_refused(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet("Un").write_row(0, 0, ["c"] * 16_000)
    assert refusal(tmp_path / "a.xlsx").code == "too-many-columns"


def ole(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(600)


def test_office_documents_are_called_by_their_name(tmp_path):
    path = tmp_path / "document"
    path.write_bytes(ole("WordDocument"))
    assert (refusal(path).code, "Word" in refusal(path).message) == ("not-a-table", True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", "<x/>")
    assert (refusal(path).code, "Word" in refusal(path).message) == ("not-a-table", True)
    text = OpenDocumentText()
    text.text.addElement(P(text="Bonjour"))
    text.save(str(path))
    assert (refusal(path).code, "LibreOffice" in refusal(path).message) == ("not-a-table", True)
    path.write_bytes(b"<html><table><tr><td>1</td></tr></table></html>")
    assert (refusal(path).code, "page web" in refusal(path).message) == ("not-a-table", True)
    path.write_bytes(
        b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
    )
    assert (refusal(path).code, "2003" in refusal(path).message) == ("not-a-table", True)


def test_locked_workbooks_are_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(ole("EncryptedPackage"))
    assert refusal(path).code == "encrypted"
    write_ods(tmp_path / "a.ods")
    with zipfile.ZipFile(tmp_path / "a.ods") as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            mark = b"<manifest:encryption-data/>" if name.endswith("manifest.xml") else b""
            target.writestr(name, source.read(name) + mark)
    assert refusal(path).code == "encrypted"


def test_a_note_under_the_table_is_left_aside_and_told(tmp_path):
    book = openpyxl.Workbook()
    for row in [["nom", "n"], ["a", 1], ["b", 2], [], ["Source : mairie"]]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    table = read(tmp_path / "a.xlsx")
    assert cells(table) == [["a", "1"], ["b", "2"]]
    assert "footnote" in codes(table)
