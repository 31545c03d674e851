"""What is typed is cleaned without touching the syntax of CKAN."""

from __future__ import annotations

import pytest
from ckan.lib.search.query import VALID_SOLR_PARAMETERS

from ckanext.ca3b.search.query import clean, is_plain, prepare, typed


@pytest.mark.parametrize(
    "query",
    ["title:école", "+organization:viriat", "(title:a OR notes:b)", "école -tags:x", "extras_frequency:annual", "*:*",
     "", "{!field f=title}école", "metadata_modified:[NOW-1DAY TO NOW]"],
)  # fmt: skip
def test_queries_in_the_syntax_of_ckan_are_left_alone(query):
    assert not is_plain(query)
    assert prepare(query) == {}


@pytest.mark.parametrize(
    ("query", "cleaned"),
    [
        ("Péronnas : budget", "Péronnas budget"),
        ("école / collège (public) ?", "école collège public"),
        ("« conseil municipal »", '" conseil municipal "'),
        ('le "conseil', "le conseil"),
        ("Bourg-en-Bresse 2024", '"Bourg-en-Bresse" 2024'),
        ('"Bourg-en-Bresse"', '"Bourg-en-Bresse"'),
        ("budget - 2023", "budget 2023"),
        ("budget -2023", "budget -2023"),
        ("ecol* médi?thèque", "ecol* médi?thèque"),
        ("(a OR b) AND c", "(a OR b) AND c"),
        ("(a OR b AND c", "a OR b AND c"),
        ("https://exemple.fr/x", "https exemple.fr x"),
    ],
)
def test_words_are_kept_and_signs_are_not(query, cleaned):
    assert is_plain(query)
    assert clean(query) == cleaned


@pytest.mark.parametrize("query", ["écoles", "écoles : Viriat", "horaires de la déchèterie"])
def test_what_was_typed_can_be_read_back(query):
    assert typed(prepare(query)) == clean(query)


def test_other_searches_were_not_typed():
    assert typed({"q": "écoles"}) is None
    assert typed(prepare("arbres OR haies")) is None
    assert typed({}) is None


def test_short_queries_spare_ckan_the_reading_of_a_parser():
    assert "{!" not in prepare("hôtel ville")["q"]
    assert prepare("hôtel de ville")["q"].startswith("{!edismax q.op=OR}")


def test_signs_alone_are_no_words():
    assert prepare("- ?") == {"q": "*:*"}


def test_ckan_still_refuses_the_operator_elsewhere():
    # When this fails, prepare() can give q.op beside q instead of inside it.
    assert "q.op" not in VALID_SOLR_PARAMETERS
