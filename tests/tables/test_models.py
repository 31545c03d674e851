"""The models of the schemas: what a clerk downloads, fills in, and sends back must be read and found right."""

from __future__ import annotations

import io

import openpyxl
import polars as pl
import pytest
from openpyxl.utils import get_column_letter

from ckanext.ca3b.tables import models, read, schemas
from ckanext.ca3b.tables.checking import check

SCHEMAS = schemas.all_schemas()


def by_name(schema) -> str:
    return schema.name


def rows_of(table) -> list[dict[str, str]]:
    frame = pl.concat(table.batches())
    return [{name: value or "" for name, value in row.items()} for row in frame.to_dicts()]


@pytest.fixture(scope="module", params=SCHEMAS, ids=by_name)
def schema(request):
    return request.param


@pytest.fixture(scope="module")
def model(schema):
    stream = io.BytesIO()
    models.write_model(schema, stream)
    return openpyxl.load_workbook(stream)


@pytest.fixture(scope="module")
def example(schema, tmp_path_factory):
    path = tmp_path_factory.mktemp("example") / "exemple.xlsx"
    models.write_example(schema, path)
    return read(path)


def validation(book, schema, name):
    """The data validation of the cells of column ``name``."""
    sheet = book.worksheets[0]
    column = get_column_letter(schema.field_names.index(name) + 1)
    return next(rule for rule in sheet.data_validations.dataValidation if f"{column}2" in rule.sqref)


def allowed(book, rule) -> list[str]:
    """The words of a drop-down list, written in it or on the sheet « Listes »."""
    if rule.formula1.startswith('"'):
        return rule.formula1.strip('"').split(",")
    name, cells = rule.formula1.removeprefix("=").split("!")
    return [str(row[0].value) for row in book[name][cells]]


def test_an_empty_model_passes_its_own_check(schema, tmp_path):
    models.write_model(schema, tmp_path / "modele.xlsx")
    table = read(tmp_path / "modele.xlsx")
    assert table.sheet == schema.name[:31]
    assert table.rows == 0
    assert tuple(column.name for column in table.columns) == schema.field_names
    assert check(table, schema).errors == ()


def test_a_filled_example_passes_its_own_check(schema, example):
    assert example.rows == len(schema.samples["valid"])
    assert check(example, schema).errors == ()


def test_a_filled_example_holds_the_samples(schema, example):
    numbers = {field.name for field in schema.fields if field.type in {"integer", "number", "year"}}
    for found, row in zip(rows_of(example), schema.samples["valid"], strict=True):
        for name, text in row.items():
            if name in numbers and text:
                assert float(found[name]) == float(text)
            else:
                assert found[name] == text


def test_the_example_in_csv_is_the_samples(schema, tmp_path):
    models.write_example_csv(schema, tmp_path / "exemple.csv")
    table = read(tmp_path / "exemple.csv")
    assert rows_of(table) == schema.samples["valid"]
    assert check(table, schema).errors == ()


def test_no_sheet_of_a_model_is_hidden(model, schema):
    assert [sheet.title for sheet in model.worksheets[:2]] == [schema.name[:31], "Aide"]
    assert {sheet.sheet_state for sheet in model.worksheets} == {"visible"}


def test_headers_stay_in_sight_and_are_explained(model, schema):
    sheet = model.worksheets[0]
    assert sheet.freeze_panes == "A2"
    for cell, field in zip(sheet[1], schema.fields, strict=True):
        assert cell.value == field.name
        assert field.expected in cell.comment.text
        assert ("obligatoire" in cell.comment.text.splitlines()[0]) is field.required
        # Not by colour alone: what may stay empty is in italics.
        assert cell.font.italic is not field.required


def test_the_help_tells_every_column(model, schema):
    rows = {row[0]: row for row in model["Aide"].iter_rows(values_only=True)}
    for field in schema.fields:
        told = rows[field.name]
        assert told[1:6] == (
            field.title,
            field.description,
            "oui" if field.required else "non",
            field.expected,
            field.example,
        )


def test_codes_keep_their_leading_zero(model, schema):
    sheet = model.worksheets[0]
    for index, field in enumerate(schema.fields, start=1):
        if field.type == "string":
            assert sheet.column_dimensions[get_column_letter(index)].number_format == "@"


def test_lists_offer_what_the_schema_allows(model, schema):
    for field in schema.fields:
        if "enum" in field.constraints:
            rule = validation(model, schema, field.name)
            assert allowed(model, rule) == [str(value) for value in field.constraints["enum"]]
        elif field.type == "boolean":
            assert len(allowed(model, validation(model, schema, field.name))) == 2


def test_excel_says_in_french_what_is_expected(model, schema):
    for field in schema.fields:
        rule = validation(model, schema, field.name)
        assert rule.prompt
        assert len(rule.prompt) <= 255
        assert len(rule.error) <= 255
        assert rule.error.startswith("Attendu\u00a0:")


def test_numbers_and_days_are_bounded(tmp_path):
    schema = schemas.load("agglo-meteo-observations")
    models.write_model(schema, tmp_path / "modele.xlsx")
    book = openpyxl.load_workbook(tmp_path / "modele.xlsx")
    rule = validation(book, schema, "humidite_pct")
    assert (rule.type, rule.formula1, rule.formula2) == ("decimal", "0", "100")
    schema = schemas.load("scdl-deliberations")
    models.write_model(schema, tmp_path / "modele.xlsx")
    book = openpyxl.load_workbook(tmp_path / "modele.xlsx")
    assert validation(book, schema, "DELIB_DATE").type == "date"
    siret = validation(book, schema, "COLL_SIRET")
    assert (siret.type, siret.operator, siret.formula1) == ("textLength", "equal", "14")


def test_a_model_can_be_written_in_memory():
    stream = io.BytesIO()
    models.write_model(schemas.load("scdl-prenoms"), stream)
    assert openpyxl.load_workbook(stream).worksheets[0]["A1"].value == "COMMUNE_NOM"
