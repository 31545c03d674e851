"""A misspelt search proposes words that find something."""

from __future__ import annotations

import logging

import pytest

from ckanext.ca3b.search import suggestions as module


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("vlo", "vélo"),
        ("ecolle", "école"),
        ("dechetrie", "déchèterie"),
        ("stationement", "stationnement"),
        ("subvantions", "subvention"),
        ("peronas", "Péronnas"),
        ("delibration peronnas", "délibération peronnas"),
        ("piscinne péronas", "piscine Péronnas"),
        ("l'éclairrage", "éclairage"),
    ],
)
def test_a_misspelt_word_proposes_the_right_one(search, typed, proposed):
    assert proposed in [suggestion["query"] for suggestion in search(typed)["suggestions"]]


@pytest.mark.parametrize("typed", ["vlo", "dechetrie", "piscinne péronas", "horaires zzyzx", "arbres baobabs viriat"])
def test_what_is_proposed_finds_what_it_says(search, typed):
    answer = search(typed)
    for suggestion in answer["suggestions"]:
        assert search(suggestion["query"])["count"] == suggestion["count"] > answer["count"]


def test_a_word_that_nothing_answers_is_left_out(search):
    assert {"query": "horaires", "count": 3} in [*search("horaires zzyzx")["suggestions"]]


def test_nothing_is_proposed_when_enough_is_found(search):
    assert "suggestions" not in search("eau")
    assert search("01053")["suggestions"] == []


def test_nothing_is_proposed_beside_fields_or_no_words(search):
    assert "suggestions" not in search("title:vlo")
    assert "suggestions" not in search("")


@pytest.mark.parametrize(("typed", "count"), [("délibérations du conseil peronas", 1), ("budget primitif virat", 2)])
def test_one_or_two_results_are_enough_when_the_right_word_finds_no_more(search, typed, count):
    answer = search(typed)
    assert (answer["count"], answer["suggestions"]) == (count, [])


def test_filters_hold_for_what_is_proposed(search):
    assert search("piscinne", fq="organization:viriat")["suggestions"] == [{"query": "piscine", "count": 1}]
    assert search("piscinne", fq="organization:mco")["suggestions"] == []


def test_words_of_private_datasets_are_not_proposed(search):
    assert search("vidéoverbalisatoin")["suggestions"] == []


def test_the_page_shows_the_suggestion_with_its_accents(app, catalogue):
    page = app.get("/dataset/", query_string={"q": "vlo", "organization": "grand-bourg"}).body
    assert 'href="/dataset/?organization=grand-bourg&amp;q=v%C3%A9lo"' in page
    assert "<strong>vélo</strong>" in page


def test_what_was_typed_cannot_write_in_the_page(app, catalogue):
    page = app.get("/dataset/", query_string={"q": "vlo <script>alert(1)</script>"}).body
    assert "<script>alert(1)" not in page


def test_a_solr_without_spellchecker_proposes_nothing_and_complains_once(search, ckan_config, caplog, monkeypatch):
    module._complained.clear()
    monkeypatch.setattr(module, "HANDLER", "no-such-handler")
    # Migrations run by an earlier test set logging up anew and silence the loggers that were there.
    monkeypatch.setattr(module.log, "disabled", False)
    with caplog.at_level(logging.WARNING, logger=module.__name__):
        assert search("vlo")["suggestions"] == []
        assert search("dechetrie")["suggestions"] == []
    assert len([record for record in caplog.records if record.name == module.__name__]) == 1
