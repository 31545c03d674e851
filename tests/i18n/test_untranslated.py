"""The judge of the end-to-end run: it must see English and leave French, names and data alone."""

from __future__ import annotations

import pytest

from ckanext.ca3b.territory.core.epci import all_epcis
from tests.e2e import untranslated as judge


@pytest.mark.parametrize(
    "text",
    [
        "Skip to main content",
        "  Search\n datasets... ",
        "Last Updated:",
        "3 datasets found",
        'No datasets found for "eau"',
        "Dataset extent",
        "Draw an extent",
        "Publisher URI",
        "Show more",
        "Loading",
        "Zoom in",
        "There was an error while loading the page of your organization.",
        "November 22, 2026",
        "5 days ago",
        "1.2 MiB",
        "Theme",
        "Required field",
        "View Budget primitif 2026",
        "Budget 2026 – Changes – Jeux de données – Données ouvertes",
    ],
)
def test_english_is_seen(text):
    assert judge.untranslated_strings([text]) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Aller au contenu principal",
        "Jeux de données",
        "Catalogue, RDF/XML",
        "1,2 Mo",
        "22 novembre 2026",
        "il y a 5 jours",
        "Licence Ouverte 2.0",
        "Open Data Commons Open Database License (ODbL)",
        "Creative Commons Attribution",
        "CSV",
        "API",
        "Description",
        "Communes",
        "Table",
        "Bourg-en-Bresse",
        "https://example.org/dataset/the-and-of",
        "dataset_id",
        "budget-2026.csv",
        "Prénoms des nouveau-nés 2025",
        "Menus de la cantine : steak, chips, cake",
        "© OpenStreetMap",
        "Leaflet",
        "GeoJSON",
        "On a mesuré le débit at home",
        "01 The Village",
    ],
)
def test_french_names_and_data_are_left_alone(text):
    assert judge.untranslated_strings([text]) == []


def test_no_place_of_france_looks_english():
    names = [name for epci in all_epcis() for name in (epci.name, *(commune.name for commune in epci.members))]
    assert len(names) > 30_000
    assert judge.untranslated_strings(names) == []


def test_what_the_portal_says_in_french_is_never_taken_for_english():
    said = [part for _, french in judge._pairs() for part in judge._TAG.split(french)]
    samples = [judge._PLACEHOLDER.sub("Péronnas", part) for part in said if part.strip()]
    wrong = [text for text in samples if judge.is_english(text)]
    assert wrong == []


def test_nearly_every_english_message_is_seen():
    exact, patterns = judge.english_messages()
    assert len(exact) + len(patterns) > 1000
    assert judge.untranslated_strings(sorted(exact)) == sorted(exact)
