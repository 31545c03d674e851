"""Exports: what was read comes back identical, and no cell of a spreadsheet runs."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import openpyxl
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from ckanext.ca3b.tables import Column, TableError, read
from ckanext.ca3b.tables.writing import (
    neutralised,
    write_csv,
    write_json,
    write_ndjson,
    write_parquet,
    write_xlsx,
)

FILE = """nom;ville;montant;quand;actif;vu;insee
Hélène;Mâcon;1 204,5;31/12/2023;oui;2024-01-02T08:30:00;01053
"Noël; l’été";;-12,25;01/02/2024;non;;71270
=1+1;+33 6 12 34 56 78;;;;2024-01-02T00:00:00;2A004
"""
COLUMNS = (Column("nom", "text", "nom", 0), Column("note", "text", "note", 1))
MORNING, LAST_DAY, FIRST_DAY = map(dt.datetime.fromisoformat, ("2024-01-02T08:30", "2023-12-31", "1900-03-01"))
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "source.csv"
    path.write_text(FILE, encoding="utf-8")
    return read(path)


def cells(table):
    return [list(row) for batch in table.batches() for row in batch.rows()]


def frames(*rows):
    return [pl.DataFrame(list(rows), schema={"nom": pl.String, "note": pl.String}, orient="row")]


@pytest.mark.parametrize("value", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"])
def test_a_formula_becomes_text(value):
    assert neutralised(value) == "'" + value


@pytest.mark.parametrize(
    "value", ["-12,5", "+33612345678", "+33 (0)6 12 34 56 78", "-", "- 3 €", "-5 %", "-1.5E-3", "a=1", "", "1-2", "'=x"]
)
def test_a_number_a_telephone_or_a_word_stays(value):
    assert neutralised(value) == value


@given(TEXTS)
def test_neutral_text_is_left_alone_when_seen_again(value):
    once = neutralised(value)
    assert neutralised(once) == once
    assert once in (value, "'" + value)


@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("bom", [True, False])
def test_csv_is_read_back(table, tmp_path, delimiter, bom):
    target = tmp_path / "export.csv"
    assert write_csv(table, target, delimiter=delimiter, bom=bom) == 3
    assert target.read_bytes().startswith(b"\xef\xbb\xbf") is bom
    again = read(target)
    expected = cells(table)
    expected[2][0] = "'=1+1"
    assert cells(again) == expected
    assert [c.name for c in again.columns] == [c.name for c in table.columns]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS | st.none(), TEXTS | st.none()), max_size=8))
def test_csv_keeps_every_cell(rows):
    out = io.BytesIO()
    write_csv(frames(*rows), out, columns=COLUMNS, neutralise=False)
    found = list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))
    assert found == [["nom", "note"], *[[a or "", b or ""] for a, b in rows]]


def test_an_empty_cell_of_a_single_column_is_a_row(tmp_path):
    target = tmp_path / "une.csv"
    write_csv([pl.DataFrame({"nom": ["a", None, "b", None]})], target, columns=COLUMNS[:1])
    assert cells(read(target)) == [["a"], [None], ["b"], [None]]


def test_a_dangerous_header_is_neutralised():
    out = io.BytesIO()
    write_csv([pl.DataFrame({"=1+1": ["a"]})], out, columns=[Column("=1+1", "text", "=1+1", 0)])
    assert out.getvalue().startswith(b'"\'=1+1"')


def test_typed_values_are_written_as_numbers_and_iso_dates():
    out = io.BytesIO()
    columns = [Column("n", "number", "n", 0), Column("d", "date", "d", 1), Column("t", "datetime", "t", 2)]
    frame = pl.DataFrame({"n": [-1.5], "d": [dt.date(2024, 1, 2)], "t": [MORNING]})
    write_csv([frame], out, columns=columns)
    assert out.getvalue().decode().splitlines()[1] == "-1.5,2024-01-02,2024-01-02T08:30:00"


def test_xlsx_is_typed_and_holds_no_formula(table, tmp_path):
    target = tmp_path / "export.xlsx"
    assert write_xlsx(table, target) == 3
    sheet = openpyxl.load_workbook(target).active
    rows = list(sheet.iter_rows())
    assert [cell.value for cell in rows[0]] == [c.name for c in table.columns]
    assert [cell.value for cell in rows[1]] == [
        "Hélène", "Mâcon", 1204.5, LAST_DAY, True, MORNING, "01053",
    ]  # fmt: skip
    assert rows[3][0].value == "'=1+1"
    assert rows[3][1].value == "+33 6 12 34 56 78"
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n", "d", "b", "inlineStr"}
    assert not any(cell.hyperlink for row in rows for cell in row)


def test_xlsx_goes_on_on_another_sheet(tmp_path):
    target = tmp_path / "long.xlsx"
    write_xlsx(frames(*[(str(i), None) for i in range(7)]), target, columns=COLUMNS, sheet_rows=4)
    book = openpyxl.load_workbook(target)
    assert [sheet.title for sheet in book] == ["Données", "Données 2", "Données 3"]
    found = [row[0] for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert found == [str(i) for i in range(7)]
    assert all(sheet["A1"].value == "nom" for sheet in book)


def test_xlsx_refuses_what_it_would_cut():
    with pytest.raises(TableError, match="32767"):
        write_xlsx(frames(("x" * 32_768, None)), io.BytesIO(), columns=COLUMNS)


def test_xlsx_keeps_dates_that_excel_does_not_know(tmp_path):
    target = tmp_path / "vieux.xlsx"
    frame = pl.DataFrame({"d": [dt.date(1850, 5, 1), dt.date(1900, 1, 1), dt.date(1900, 3, 1)]})
    write_xlsx([frame], target, columns=[Column("d", "date", "d", 0)])
    found = [cell.value for cell in openpyxl.load_workbook(target).active["A"]][1:]
    assert found == ["1850-05-01", "1900-01-01", FIRST_DAY]


# Control characters are escaped as the format says; a carriage return becomes a line feed in any XML.
XLSX_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs", "Cn"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(XLSX_TEXTS.filter(str.strip), min_size=1, max_size=6))
@example(["_x0041_", " deux espaces  ", "\x1b"])
def test_xlsx_keeps_every_text(tmp_path_factory, values):
    target = tmp_path_factory.mktemp("xlsx") / "textes.xlsx"
    write_xlsx([pl.DataFrame({"nom": values})], target, columns=COLUMNS[:1])
    found = [row[0] for row in openpyxl.load_workbook(target).active.iter_rows(min_row=2, values_only=True)]
    assert [unescape(value) for value in found] == [neutralised(value) for value in values]


def test_json_has_types_and_texts_as_written(table):
    out = io.BytesIO()
    assert write_json(table, out) == 3
    records = json.loads(out.getvalue())
    assert records[0] == {
        "nom": "Hélène",
        "ville": "Mâcon",
        "montant": 1204.5,
        "quand": "2023-12-31",
        "actif": True,
        "vu": "2024-01-02T08:30:00",
        "insee": "01053",
    }
    assert records[2]["nom"] == "=1+1"
    assert records[1]["ville"] is None


@given(st.lists(st.tuples(TEXTS | st.none(), TEXTS | st.none()), max_size=8), st.integers(1, 3))
def test_both_kinds_of_json_keep_every_cell(rows, size):
    batches = [batch for start in range(0, len(rows), size) for batch in frames(*rows[start : start + size])]
    expected = [{"nom": a, "note": b} for a, b in rows]
    array, lines = io.BytesIO(), io.BytesIO()
    write_json(batches, array, columns=COLUMNS)
    write_ndjson(batches, lines, columns=COLUMNS)
    assert json.loads(array.getvalue()) == expected
    assert [json.loads(line) for line in lines.getvalue().split(b"\n") if line] == expected


def test_parquet_has_types(table, tmp_path):
    target = tmp_path / "export.parquet"
    assert write_parquet(table, target) == 3
    frame = pl.read_parquet(target)
    assert frame.schema == {
        "nom": pl.String,
        "ville": pl.String,
        "montant": pl.Float64,
        "quand": pl.Date,
        "actif": pl.Boolean,
        "vu": pl.Datetime("us"),
        "insee": pl.String,
    }
    assert frame["montant"].to_list() == [1204.5, -12.25, None]
    assert frame["nom"][2] == "=1+1"


def test_parquet_of_several_batches_keeps_the_order(tmp_path):
    target = tmp_path / "export.parquet"
    batches = (frame for start in range(0, 900, 100) for frame in frames(*[(str(start + i), "x") for i in range(100)]))
    assert write_parquet(batches, target, columns=COLUMNS) == 900
    assert pl.read_parquet(target)["nom"].to_list() == [str(i) for i in range(900)]


def test_a_table_without_a_row_keeps_its_columns(tmp_path):
    columns = (*COLUMNS, Column("d", "date", "d", 2, date_format="%d/%m/%Y"))
    write_parquet([], tmp_path / "vide.parquet", columns=columns)
    assert pl.read_parquet(tmp_path / "vide.parquet").schema == {"nom": pl.String, "note": pl.String, "d": pl.Date}
    out = io.BytesIO()
    write_json([], out, columns=columns)
    assert json.loads(out.getvalue()) == []
    write_xlsx([], tmp_path / "vide.xlsx", columns=columns)
    assert [cell.value for cell in openpyxl.load_workbook(tmp_path / "vide.xlsx").active[1]] == ["nom", "note", "d"]
