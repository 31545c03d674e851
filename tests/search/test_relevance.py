"""What people type finds what they mean."""

from __future__ import annotations

import pytest

from .relevance import RELEVANCE


@pytest.mark.parametrize(("query", "wanted", "unwanted"), RELEVANCE, ids=[case[0] for case in RELEVANCE])
def test_words_find_what_they_mean_and_nothing_that_only_looks_like_it(found, query, wanted, unwanted):
    names = found(query)
    assert set(wanted) <= set(names)
    assert not set(unwanted) & set(names)
    if wanted:
        assert names[0] in wanted


def test_filters_of_ckan_apply_to_words_in_french(found):
    assert found("piscine", fq="organization:viriat") == ["piscine-viriat"]
    assert found("piscine", fq="title:frequentation", sort="title_string desc") == [
        "piscine-viriat",
        "piscine-peronnas",
    ]


def test_no_words_find_everything(search):
    assert search("")["count"] == search("*:*")["count"] > 40


def test_a_caller_who_chooses_fields_is_left_alone(found):
    assert found("école", qf="title") == ["ecoles"]
    assert found("arbres lampadaires", mm="1", qf="text") != []


ODD_SIGNS = (
    *("école/collège", "l'", "-", "+", "«", '"', "école (", "[2024", "\\", "***", "? ?", "&&", "^2", "école~", "100 %"),
    *("AND", "OR OR", "-école", "}", "mairie }", ":", "école:", "||"),
)


@pytest.mark.parametrize("query", [*ODD_SIGNS, "é" * 300, "un deux trois quatre cinq six sept huit neuf dix"])
def test_odd_signs_never_break_the_search(search, query):
    assert search(query)["count"] >= 0
