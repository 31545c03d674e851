"""Technical metadata: labels of the schema, words of the vocabularies, never an empty value, never markup from data."""

from __future__ import annotations

import pytest

from ckanext.ca3b import facts

pytestmark = pytest.mark.usefixtures("portal", "with_plugins")

FIELDS = [
    {"field_name": "version", "label": "Version"},
    {"field_name": "documentation", "label": "Documentation"},
    {"field_name": "issued", "label": "Parution", "display_snippet": "dcat_date.html"},
    {"field_name": "language", "label": "Langue"},
    {"field_name": "hidden", "label": "Caché", "display_snippet": None},
    {
        "field_name": "publisher",
        "label": "Éditeur",
        "repeating_subfields": [
            {"field_name": "name", "label": "Nom"},
            {"field_name": "email", "label": "Courriel", "display_snippet": "email.html"},
        ],
    },
]


@pytest.fixture
def written(app):
    def written(data, hidden=()):
        with app.flask_app.test_request_context():
            return {row["label"]: [str(value) for value in row["values"]] for row in facts.facts(FIELDS, data, hidden)}

    return written


@pytest.mark.parametrize("nothing", [None, "", [], {}, [None, ""], [{}], [{"name": "", "email": None}]])
def test_what_has_no_value_is_not_shown(written, nothing):
    assert written({field["field_name"]: nothing for field in FIELDS}) == {}


def test_fields_shown_elsewhere_or_never_are_left_out(written):
    assert written({"version": "2", "hidden": "x"}, hidden=["version"]) == {}


def test_values_are_written_for_people(written):
    shown = written(
        {
            "issued": "2026-11-22",
            "language": ["http://publications.europa.eu/resource/authority/language/FRA"],
            "publisher": [{"name": "Vonnas", "email": ""}],
            "documentation": ["https://example.org/notice"],
        }
    )
    assert shown["Parution"] == ["22 novembre 2026"]
    assert shown["Langue"] == ["français"]
    assert shown["Éditeur"] == ["Nom : Vonnas"]
    assert shown["Documentation"] == ['<a href="https://example.org/notice">https://example.org/notice</a>']


@pytest.mark.parametrize("name", ["version", "documentation", "issued", "language"])
def test_markup_in_a_value_is_shown_as_text(written, name):
    (values,) = written({name: "<script>alert(1)</script>"}).values()
    assert "<script>" not in values[0]
    (values,) = written({name: 'https://a.example/"><script>alert(1)</script>'}).values()
    assert "<script>" not in values[0]


def test_a_year_alone_stays_a_year(written):
    assert written({"issued": "2024"}) == {"Parution": ["2024"]}
