"""The SIRET of an organisation from its SIREN."""

from __future__ import annotations

import pytest
from stdnum.fr import siret as standard

from ckanext.ca3b.dcat.listing.identifiers import siret


@pytest.mark.parametrize("siren", ["200071751", "210104519", "210 100 244"])
def test_the_first_establishment_has_a_right_key(siren):
    found = siret(siren)
    assert standard.is_valid(found)
    assert found.startswith(siren.replace(" ", ""))


def test_one_that_is_known_wins_over_the_first_establishment():
    assert siret("200071751", "", "https://www.viriat.fr", "200 071 751 00024") == siret("200071751", "20007175100024")


def test_one_with_a_wrong_key_is_not_believed():
    assert siret("200071751", "20007175100017") == "20007175100016"


@pytest.mark.parametrize("siren", ["", None, "1234", "abc"])
def test_nothing_is_made_of_nothing(siren):
    assert not siret(siren)
