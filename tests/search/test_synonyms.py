"""The synonyms file is written by people and compiled for Solr."""

from __future__ import annotations

import pytest

from ckanext.ca3b.search.conf import packaged
from ckanext.ca3b.search.synonyms import SynonymsError, compile_synonyms


def rules(text: str, **lists: set[str]) -> list[str]:
    return [line for line in compile_synonyms(text, **lists).splitlines() if line and not line.startswith("#")]


def test_accents_plurals_and_small_words_do_not_matter():
    assert rules("Vélos, la bicyclette", stopwords={"la"}) == ["velo, bicyclette"]


def test_one_way_keeps_what_was_typed():
    assert rules("poubelles => collecte des déchets", stopwords={"des"}) == ["poubel => poubel, collecte dechet"]


def test_expressions_that_are_one_word_to_solr_need_no_rule():
    assert rules("école, Écoles, ECOLE") == []


def test_comments_and_empty_lines_say_nothing():
    assert rules("# vélo, bicyclette\n\n  \nbus, car  # ligne") == ["bus, car"]


@pytest.mark.parametrize("line", ["vélo", "vélo,", "=> vélo", "vélo =>", ",", "des, les"])
def test_a_line_that_links_nothing_is_refused_with_its_number(line):
    with pytest.raises(SynonymsError, match="ligne 2"):
        compile_synonyms(f"# mes synonymes\n{line}", stopwords={"des", "les"})


def test_the_packaged_file_is_understood_and_long_enough_to_help():
    assert len(rules(packaged("synonyms_fr.txt"))) > 80
