"""The table schemas for everybody: list, columns in plain words, models and examples."""

from __future__ import annotations

import io

import openpyxl
import pytest
from bs4 import BeautifulSoup

from ckanext.ca3b.checks import schema_words
from ckanext.ca3b.tables import schemas

ALL = schemas.all_schemas()


def soup(response):
    return BeautifulSoup(response.body, "html.parser")


def test_the_list_leads_to_every_schema(app):
    links = {link["href"] for link in soup(app.get("/schemas")).select("h3 a")}
    assert links == {f"/schemas/{one.name}" for one in ALL}


def test_each_column_is_explained(app):
    schema = schemas.load("scdl-deliberations")
    seen = soup(app.get(f"/schemas/{schema.name}"))
    lines = seen.select(".ca3b-columns tbody tr")
    assert [line.find("code").get_text() for line in lines] == list(schema.field_names)
    for line, field in zip(lines, schema.fields, strict=True):
        words = line.get_text(" ")
        assert field.title in words
        assert field.example in words


@pytest.mark.parametrize("schema", ALL, ids=lambda one: one.name)
def test_every_rule_of_every_schema_has_words_and_columns(schema):
    rules = schema_words.rules(schema)
    assert len(rules) == len(schema.cross_checks) + (len(schema.primary_key) > 1)
    for rule in rules:
        assert rule["columns"]
        assert set(rule["columns"]) <= set(schema.field_names)


@pytest.mark.parametrize(
    ("name", "mimetype"),
    [("modele.xlsx", "spreadsheetml"), ("exemple.xlsx", "spreadsheetml"), ("exemple.csv", "text/csv")],
)
def test_models_are_downloaded_and_known_again(app, name, mimetype):
    address = f"/schemas/scdl-prenoms/{name}"
    answer = app.get(address)
    assert mimetype in answer.headers["Content-Type"]
    assert f"scdl-prenoms-{name}" in answer.headers["Content-Disposition"]
    header = schemas.load("scdl-prenoms").fields[0].name
    if name.endswith(".xlsx"):
        assert openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]["A1"].value == header
    else:
        assert answer.data.decode("utf-8-sig").startswith(header)
    app.get(address, headers={"If-None-Match": answer.headers["ETag"]}, status=304)


@pytest.mark.parametrize("address", ["/schemas/inconnu", "/schemas/inconnu/modele.xlsx", "/schemas/..%2F..%2Fsetup"])
def test_an_unknown_schema_is_not_found(app, address):
    app.get(address, status=404)
