"""The workbook of errors: the clerk's rows, each bad cell coloured and commented."""

from __future__ import annotations

import csv
import io

import openpyxl
import pytest

from ckanext.ca3b.tables import annotated, check, read, schemas
from ckanext.ca3b.tables.checking import CheckError, iter_errors
from ckanext.ca3b.tables.writing import write_errors_csv

from .strategies import table_of, valid_sample

SCHEMA = schemas.load("scdl-prenoms")


@pytest.fixture
def table(tmp_path):
    headers, rows = valid_sample(SCHEMA)
    good = dict(zip(headers, rows[0], strict=True))
    bad = good | {"NOMBRE_OCCURRENCES": "beaucoup", "ENFANT_SEXE": "=1+1"}
    return table_of(tmp_path, headers, [list(good.values()), list(bad.values()), list(good.values())])


def annotate(table, errors, folder):
    annotated.write(table, errors, folder / "annote.xlsx")
    return openpyxl.load_workbook(folder / "annote.xlsx")


def marked(sheet):
    return {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}


def coloured(sheet):
    return {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fill_type}


def test_each_bad_cell_is_coloured_and_commented_and_no_other(table, tmp_path):
    verdict = check(table, SCHEMA)
    book = annotate(table, verdict.errors, tmp_path)
    sheet = book["Données"]
    positions = {column.name: column.position + 1 for column in table.columns}
    expected = {sheet.cell(error.row + 1, positions[error.column]).coordinate for error in verdict.errors}
    assert len(expected) == 2
    assert marked(sheet) == coloured(sheet) == expected
    error = next(error for error in verdict.errors if error.column == "NOMBRE_OCCURRENCES")
    assert sheet.cell(error.row + 1, positions[error.column]).comment.text == error.message


def test_the_rows_are_those_of_the_clerk_with_formulas_as_text(table, tmp_path):
    book = annotate(table, iter_errors(table, SCHEMA), tmp_path)
    found = [list(row) for row in book["Données"].iter_rows(values_only=True)]
    rows = [list(row) for batch in table.batches() for row in batch.rows()]
    rows[1] = ["'=1+1" if value == "=1+1" else value for value in rows[1]]
    assert found == [[column.name for column in table.columns], *rows]


def test_the_first_sheet_counts_and_leads_to_the_first_cells(table, tmp_path):
    verdict = check(table, SCHEMA)
    sheet = annotate(table, verdict.errors, tmp_path).worksheets[0]
    assert sheet.title == "Synthèse"
    assert sheet["A1"].value == f"{verdict.error_count} erreurs dans le fichier"
    links = [cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == len(verdict.counts)
    assert set(links) <= {f"'Données'!{cell}" for cell in marked(annotate(table, verdict.errors, tmp_path)["Données"])}
    counts = [row[1] for row in sheet.iter_rows(values_only=True) if isinstance(row[1], int)]
    assert sum(counts) == verdict.error_count


def test_a_missing_column_is_told_on_the_header(tmp_path):
    headers, rows = valid_sample(SCHEMA)
    gone = headers.index("ENFANT_PRENOM")
    table = table_of(tmp_path, headers[:gone] + headers[gone + 1 :], [row[:gone] + row[gone + 1 :] for row in rows])
    sheet = annotate(table, check(table, SCHEMA).errors, tmp_path)["Données"]
    added = sheet.cell(1, len(headers))
    assert added.value == "ENFANT_PRENOM"
    assert "ENFANT_PRENOM" in added.comment.text
    assert marked(sheet) == {added.coordinate}


def test_two_errors_of_one_cell_are_one_comment(table, tmp_path):
    errors = [CheckError(1, "ANNEE", "type-error", "Première."), CheckError(1, "ANNEE", "unique-error", "Seconde.")]
    sheet = annotate(table, errors, tmp_path)["Données"]
    assert [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment] == ["Première.\nSeconde."]


def test_an_error_of_a_whole_row_is_told_on_its_first_cell(table, tmp_path):
    sheet = annotate(table, [CheckError(2, None, "primary-key", "La ligne répète la ligne 1.")], tmp_path)["Données"]
    assert marked(sheet) == {"A3"}


def test_a_long_table_shows_only_the_rows_in_error(table, tmp_path, monkeypatch):
    monkeypatch.setattr(annotated, "MAX_ROWS", 2)
    book = annotate(table, check(table, SCHEMA).errors, tmp_path)
    rows = list(book["Données"].iter_rows(values_only=True))
    assert rows[0][0] == "Ligne du fichier"
    assert [row[0] for row in rows[1:]] == [3]
    assert all(int(cell[1:]) == 2 and cell[0] != "A" for cell in marked(book["Données"]))
    links = [cell.hyperlink.location for row in book["Synthèse"].iter_rows() for cell in row if cell.hyperlink]
    assert all(link.removeprefix("'Données'!") in marked(book["Données"]) for link in links)


def test_too_many_cells_are_counted_not_marked(table, tmp_path, monkeypatch):
    monkeypatch.setattr(annotated, "MAX_CELLS", 2)
    errors = [CheckError(row, "ANNEE", "type-error", f"Ligne {row}.") for row in (1, 2, 3)]
    book = annotate(table, errors, tmp_path)
    assert len(marked(book["Données"])) == 2
    assert book["Synthèse"]["A1"].value == "3 erreurs dans le fichier"


def test_a_file_without_error_says_so(tmp_path):
    table = table_of(tmp_path, *valid_sample(SCHEMA))
    book = annotate(table, check(table, SCHEMA).errors, tmp_path)
    assert book["Synthèse"]["A1"].value == "Aucune erreur dans le fichier"
    assert marked(book["Données"]) == set()


def test_the_list_of_errors_opens_in_a_french_spreadsheet(table, tmp_path):
    out = io.BytesIO()
    verdict = check(table, SCHEMA)
    assert write_errors_csv(iter_errors(table, SCHEMA), out) == verdict.error_count
    assert out.getvalue().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline=""), delimiter=";"))
    headers = ["Feuille", "Ligne", "Colonne", "Erreur", "Valeur", "Attendu", "Exemple", "Explication"]
    assert rows[0] == headers
    assert [row[1] for row in rows[1:]] == [str(error.line) for error in verdict.errors]
    assert [row[7] for row in rows[1:]] == [error.message for error in verdict.errors]
    assert "'=1+1" in {row[4] for row in rows}
    path = tmp_path / "erreurs.csv"
    path.write_bytes(out.getvalue())
    assert [column.name for column in read(path).columns] == headers
