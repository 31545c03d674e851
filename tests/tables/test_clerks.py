"""Oddities of real exports that a first reading of a specification does not show."""

from __future__ import annotations

import openpyxl
import pytest
import xlsxwriter

from ckanext.ca3b.tables import ReadOptions, TableError, read


def cells(table):
    return [list(row) for batch in table.batches() for row in batch.rows()]


def codes(table):
    return {notice.code for notice in table.warnings}


def read_text(folder, text, name="fichier.csv", encoding="utf-8", **options):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return read(path, options=ReadOptions(**options))


def refusal(folder, text, name="fichier.csv"):
    with pytest.raises(TableError) as caught:
        read_text(folder, text, name)
    return caught.value


def test_hidden_rows_and_columns_of_a_sheet_are_told(tmp_path):
    path = tmp_path / "masque.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for index, row in enumerate([["nom", "note", "ville"], ["A", "secret", "Cluny"], ["B", "x", "Tournus"]]):
            sheet.write_row(index, 0, row)
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_column(8, 16_383, None, None, {"hidden": True})
        sheet.set_row(2, None, None, {"hidden": True})
    table = read(path)
    assert [column.name for column in table.columns] == ["nom", "note", "ville"]
    (notice,) = table.warnings
    assert notice.code == "hidden-cells"
    assert "1 ligne(s) et 1 colonne(s)" in notice.message


def test_formulas_that_nothing_computed_are_told(tmp_path):
    book = openpyxl.Workbook()
    for row in (["a", "b"], [1, "=A2*2"], [2, "=A3*2"]):
        book.active.append(row)
    book.save(tmp_path / "formules.xlsx")
    table = read(tmp_path / "formules.xlsx")
    assert cells(table) == [["1", None], ["2", None]]
    assert any(n.code == "formula-without-value" and n.message.startswith("2 ") for n in table.warnings)


def test_a_first_sheet_of_explanations_is_not_the_table(tmp_path):
    path = tmp_path / "notice.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Lisez-moi").write_column(0, 0, ["Ce classeur", "contient des données"])
        sheet = book.add_worksheet("Données")
        sheet.write_row(0, 0, ["nom", "n"])
        sheet.write_row(1, 0, ["A", 1])
    table = read(path)
    assert (table.sheet, "other-sheets" in codes(table)) == ("Données", True)
    assert read(path, options=ReadOptions(sheet="Lisez-moi")).sheet == "Lisez-moi"


def test_numbers_of_a_sheet_have_no_power_of_ten(tmp_path):
    path = tmp_path / "nombres.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["petit", "grand"])
        sheet.write_row(1, 0, [1e-7, 1e20])
        sheet.write_row(2, 0, [0.25, 12345678901234567])
    table = read(path)
    assert cells(table)[0] == ["0.0000001", "100000000000000000000"]
    assert cells(table)[1][1].startswith("123456789012345")
    assert [column.type for column in table.columns] == ["number", "text"]


@pytest.mark.parametrize("text", ['[["a","b"],[1,2]]', "[1, 2, 3]", '"texte"'])
def test_json_that_is_no_record_is_not_read_as_csv(tmp_path, text):
    assert refusal(tmp_path, text, "donnees.json").code == "json"


def test_a_dotted_key_and_a_nested_one_are_two_columns(tmp_path):
    table = read_text(tmp_path, '[{"a.b": 1, "a": {"b": 2}}]', "x.json")
    assert cells(table) == [["1", "2"]]


def test_a_web_page_named_xls_says_what_to_do(tmp_path):
    assert "XLSX" in refusal(tmp_path, "<html><body><table><tr><td>Nom</td></tr></table>", "export.xls").message
