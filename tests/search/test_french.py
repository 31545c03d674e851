"""Words are reduced to number and gender, no further, and the same way in Python and in Solr."""

from __future__ import annotations

import pysolr
import pytest
import requests
from ckan.lib.search.common import make_connection

from ckanext.ca3b.search.conf import packaged, read_words
from ckanext.ca3b.search.french import analyse, fold, singular, stem


@pytest.mark.parametrize(
    "same",
    [
        "école Écoles ECOLE",
        "eau eaux",
        "rue rues",
        "réseau réseaux",
        "lieu lieux",
        "journal journaux",
        "travail travaux",
        "tuyau tuyaux",
        "municipal municipale municipaux municipales",
        "public publique publics publiques",
        "sportif sportive sportifs sportives",
        "culturel culturelle culturels culturelles",
        "européen européenne européens",
        "dangereux dangereuse dangereuses",
        "financier financière financières",
        "classé classée classés classées",
        "élu élue élus élues",
        "musée musées",
        "existant existante existants",
        "français française françaises",
        "urbain urbaine urbains",
        "vert verte verts vertes",
        "œuvre oeuvres",
        "Noël noel",
    ],
)
def test_number_gender_and_accents_do_not_count(same):
    assert len({stem(fold(word)) for word in same.split()}) == 1


@pytest.mark.parametrize(
    "different",
    [
        "stationnement station",
        "port porte",
        "post poste",
        "commune communication",
        "logement loge",
        "département départ",
        "année Anne",
        "bus but",
        "taux tau",
        "prix pri",
        "maire mairie",
    ],
)
def test_words_of_other_meanings_stay_apart(different):
    assert len({stem(fold(word)) for word in different.split()}) == 2


@pytest.mark.parametrize(("word", "expected"), [("velos", "velo"), ("jeux", "jeu"), ("prix", "prix"), ("bus", "bus")])
def test_the_singular_is_a_word_that_can_be_shown(word, expected):
    assert singular(word) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L'eau potable", ["eau", "potable"]),
        ("(l’école)", ["ecole"]),
        ("Saint-Denis-lès-Bourg", ["saint", "deni", "bourg"]),
        ("budget_2024.csv", ["budget", "2024", "csv"]),
        ("OpenData", ["open", "data"]),
        ("", []),
    ],
)
def test_texts_are_cut_into_words(text, words):
    assert analyse(text, stopwords={"les"}) == words


def test_protected_words_are_kept():
    assert analyse("cours d'eau", protected={"cours"}) == ["cours", "eau"]


TEXTS = [
    *(line.split("#")[0].replace("=>", ",") for line in packaged("synonyms_fr.txt").splitlines()),
    "Œuvres d'art à l’ancienne mairie (XIXe siècle), n° 12 ; cours d'eau : lac-réservoir, RD1083 et D 117",
    "Aujourd'hui, jusqu'à 2 500 €/an « tout compris » - qu'en dira-t-on ? Saint-Étienne-du-Bois",
]


@pytest.mark.parametrize("text", [text for text in TEXTS if text.strip()])
def test_solr_reduces_words_as_the_synonyms_compiler_does(ckan_config, text):
    stopwords, protected = read_words(packaged("stopwords.txt")), read_words(packaged("protwords.txt"))
    assert _indexed(make_connection(), text) >= set(analyse(text, stopwords, protected))


def _indexed(connection: pysolr.Solr, text: str) -> set[str]:
    """Ask Solr what it would index of a text."""
    answer = requests.get(
        f"{connection.url}/analysis/field",
        params={"analysis.fieldtype": "text", "analysis.fieldvalue": text, "wt": "json"},
        timeout=10,
    )
    steps = answer.json()["analysis"]["field_types"]["text"]["index"]
    return {token["text"] for token in steps[-1]}
