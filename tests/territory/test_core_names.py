"""A commune is recognised however people write it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.ca3b.territory.core import Territory, UnknownCommuneError, all_epcis, normalise, slugify

ALL_NAMES = sorted({commune.name for epci in all_epcis() for commune in epci.members})


@pytest.fixture(scope="module")
def ca3b():
    return Territory.open("200071751")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Saint-Denis-lès-Bourg", "01344"),
        ("st denis les bourg", "01344"),
        ("SAINT DENIS LES BOURG", "01344"),
        ("St. Denis-lès-Bourg", "01344"),
        ("Dompierre s/ Veyle", "01145"),
        ("Commune de Viriat", "01451"),
        ("mairie d'Attignat", "01024"),
        ("Mairie d’Attignat", "01024"),
        ("Tranclière (La)", "01425"),
        ("la tranclière", "01425"),
        ("01053", "01053"),
        (" 01053 ", "01053"),
        ("saint-etienne-du-bois", "01350"),
        ("210100533", "01053"),
    ],
)
def test_a_commune_is_found_by_name_code_slug_or_siren(ca3b, written, code):
    assert ca3b.get(written).insee_code == code


def test_the_article_may_be_merged_with_the_preposition():
    assert Territory.open("247100290").get("Ville du Creusot").name == "Le Creusot"
    assert Territory.open("247100290").get("Creusot").name == "Le Creusot"


@pytest.mark.parametrize("written", ["", "  ", "de", "Bourg", "Mâcon", "69123", "Étrez"])
def test_another_place_is_not_found(ca3b, written):
    assert ca3b.find(written) is None
    with pytest.raises(UnknownCommuneError, match="n'est pas une commune"):
        ca3b.get(written)


def test_a_name_borne_by_two_members_is_nobody_without_its_code():
    twins = Territory.open("200070852")
    seyssels = [commune for commune in twins.epci.members if commune.name == "Seyssel"]
    assert len(seyssels) == 2
    assert twins.find("Seyssel") is None
    for commune in seyssels:
        assert twins.get(commune.slug) == commune
        assert twins.get(commune.insee_code) == commune


def test_every_commune_of_france_is_found_under_its_own_name_unless_it_has_a_twin():
    for epci in all_epcis():
        territory = Territory(epci)
        names = [normalise(commune.name) for commune in epci.members]
        for commune in epci.members:
            if names.count(normalise(commune.name)) == 1:
                assert territory.find(commune.name) == commune
                assert territory.find(commune.name.upper().replace("-", " ")) == commune


@given(st.sampled_from(ALL_NAMES), st.sampled_from([str.upper, str.lower, str.title]), st.sampled_from("- ’'_"))
def test_case_accents_and_separators_do_not_change_the_key(name, case, separator):
    written = case(name).replace("-", separator).replace(" ", separator)
    bare = "".join(char for char in unicodedata.normalize("NFD", written) if not unicodedata.combining(char))
    assert normalise(written) == normalise(bare) == normalise(name)


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    key = normalise(text)
    assert normalise(key) == key
    assert key.isascii()
    assert slugify(text) == key.replace(" ", "-")
