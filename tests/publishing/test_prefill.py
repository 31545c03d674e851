"""What a file alone says of its dataset."""

from __future__ import annotations

import pytest

from ckanext.ca3b import vocabularies
from ckanext.ca3b.publishing import prefill
from ckanext.ca3b.tables import schemas

READING = {
    "rows": 1204,
    "columns": [{"name": "Adresse", "header": "Adresse"}, {"name": "column_2", "header": None}],
}


@pytest.mark.parametrize(
    ("file_name", "said"),
    [
        ("SCDL_deliberations-2025.csv", "SCDL deliberations 2025"),
        ("dechèteries%202025.csv.gz", "Dechèteries 2025"),
        ("C:\\export\\menus.xlsx", "Menus"),
        ("export 2025-11-22.csv", "Export 2025-11-22"),
        ("e\u0301coles.CSV", "Écoles"),
        (".csv", ".csv"),
        ("", "Fichier"),
    ],
)
def test_a_file_name_is_said_as_words(file_name, said):
    assert prefill.words(file_name) == said


def test_a_file_that_follows_a_schema_is_described_by_it():
    schema = schemas.load("scdl-deliberations")
    found = prefill.described(schema, "Viriat", "Export 12")
    assert found.title == f"{schema.title} – Viriat"
    assert found.notes == schema.description
    assert found.keywords == schema.keywords
    assert found.theme == tuple(vocabularies.themes().by_code(code).uri for code in schema.themes)
    assert found.frequency == vocabularies.frequencies().find(schema.frequency).uri


@pytest.mark.parametrize("schema", schemas.all_schemas(), ids=lambda schema: schema.name)
def test_every_schema_fills_every_essential_field(schema):
    fields = prefill.described(schema, "Viriat", "Export").fields()
    assert [key for key, value in fields.items() if not value] == []


def test_a_file_without_schema_is_described_by_its_columns():
    found = prefill.described(None, "Viriat", "Colonnes à verre", READING)
    assert found.title == "Colonnes à verre – Viriat"
    assert found.notes == "Tableau de 1\u202f204 lignes. Colonnes : Adresse, column_2."


def test_the_producer_is_named_once():
    assert prefill.titled("Budget de Viriat", "Viriat") == "Budget de Viriat"
    assert prefill.titled("Budget de Saint-Viriatin", "Viriat") == "Budget de Saint-Viriatin – Viriat"


def test_what_the_clerk_wrote_is_told_from_what_a_draft_says_at_first():
    words, producer = "Export 12", "Viriat"
    first = prefill.described(None, producer, words).fields()
    for field, value in first.items():
        assert prefill.untouched(field, value, producer, words), field
    assert not prefill.untouched("title", "Délibérations du conseil", producer, words)
    annual = vocabularies.frequencies().by_code("ANNUAL").uri
    assert not prefill.untouched("frequency", annual, producer, words)
    assert not prefill.untouched("theme", ["GOVE"], producer, words)


def test_lists_say_the_same_in_any_order():
    assert prefill.same("tag_string", "eau, déchets", "Déchets,eau")
    assert prefill.same("theme", ["b", "a"], ["a", "b"])
    assert not prefill.same("tag_string", "eau", "eau, déchets")
