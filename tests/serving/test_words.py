"""The words and the codes of the rows are found, however long the rows are."""

from __future__ import annotations

import random

import pytest

from ckanext.ca3b import tables
from ckanext.ca3b.serving.store import columns, feed, fulltext, replace

from .conftest import rows, sql, stored, table

pytestmark = [
    pytest.mark.ckan_config("ckan.views.default_views", ""),
    pytest.mark.usefixtures("portal", "with_plugins"),
]


def test_words_of_the_rows_are_found_in_french_and_codes_as_they_are(dataset):
    resource = table(dataset)
    for words, names_ in (
        ("écoles", ["École des Lilas", "École Été"]), ("collèges", ["Collège de l’Étang"]),
        ("01053", ["Collège de l’Étang"]),
        ("640", ["Collège de l’Étang"]), ("1987", ["École des Lilas"]), ("lilas 01004", ["École des Lilas"]),
        ("absent", []),
    ):  # fmt: skip
        assert [one["nom"] for one in rows(resource, q=words, sort="_id")["records"]] == names_, words


def test_the_codes_of_a_column_are_the_words_the_parser_would_make(dataset):
    """Codes are put in the index without parsing: a search must find them as if they had been parsed."""
    for code in ("01004", "20192164782032", "D0000001", "ABC12", "0", "5", "a1"):
        as_code, parsed = sql(
            "SELECT array_to_tsvector(ARRAY[lower(%s)])::text, strip(to_tsvector('french', %s))::text", code, code
        )[0]
        assert as_code == parsed


def test_a_column_that_stops_being_made_of_codes_is_parsed_after_all(dataset):
    lines = "".join(f"A{n};x\n" for n in range(feed.BATCH_ROWS)) + "Grande école;y\n"
    resource = table(dataset, "repere;autre\n" + lines)
    assert rows(resource, q="écoles")["total"] == 1
    assert rows(resource, q="A17")["total"] == 1


def test_a_row_longer_than_the_search_can_hold_is_loaded_whole(dataset):
    chance = random.Random(1)
    words = " ".join("".join(chance.choices("abcdefghij", k=9)) for _ in range(180_000))
    resource = table(dataset, f"texte;autre\n{words};x\nécole;y\n")
    assert stored(resource)[0][2] == words
    assert rows(resource, q="écoles")["total"] == 1


def test_the_expression_of_the_words_is_immutable_for_every_type():
    """PostgreSQL refuses a generated column otherwise; a date as text depends on a setting."""
    made = [
        columns.Stored(name, kind, tables.Column(name, "text", name, place))
        for place, (name, kind) in enumerate(
            [
                ("t", "text"),
                ("i", "int8"),
                ("n", "numeric"),
                ("b", "bool"),
                ("d", "date"),
                ("m", "timestamp"),
                ("z", "timestamptz"),
            ]
        )
    ]
    with replace.transaction() as cursor:
        for codes in (set(), {"t"}):
            for shortened in (False, True):
                replace.create(cursor, "_ca3b_words", made, fulltext.expression(made, codes, shortened=shortened))
                cursor.execute('DROP TABLE "_ca3b_words"')
