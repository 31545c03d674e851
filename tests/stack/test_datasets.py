"""What the demonstration publishes is real, and shows what the catalogue can say; another agglomeration has as much."""

from __future__ import annotations

import json

import pytest

from ckanext.ca3b import vocabularies
from ckanext.ca3b.territory.core import Territory
from stack.datasets import datasets


@pytest.fixture(name="found", scope="module")
def _found():
    territory = Territory.open("200071751")
    return territory, datasets(territory.epci, territory)


def test_some_are_about_one_commune_and_published_by_it(found):
    territory, published = found
    alone = [one for one in published if len(one["communes"]) == 1]
    assert len(alone) == 6
    for one in alone:
        commune = territory.communes[one["communes"][0]]
        assert one["owner_org"] == commune.slug
        (feature,) = json.loads(one["files"][0]["content"])["features"]
        assert feature["properties"]["code_insee"] == commune.insee_code
        assert feature["geometry"] == territory.outline(commune.insee_code)


def test_the_limits_of_the_communes_are_high_value_data(found):
    (one,) = [each for each in found[1] if each.get("hvd_category")]
    assert [vocabularies.hvd_categories().find(uri).label for uri in one["hvd_category"]] == ["Unités administratives"]
    assert [vocabularies.inspire_themes().find(uri).label for uri in one["inspire_theme"]] == ["Unités administratives"]


def test_some_tell_their_period_and_all_tell_where_they_come_from(found):
    assert any(one.get("temporal_coverage") for one in found[1])
    assert all("INSEE" in one["notes"] and one["documentation"] for one in found[1])


def test_an_agglomeration_whose_outlines_nobody_gave_has_its_tables():
    territory = Territory.open("200046977")
    published = datasets(territory.epci, territory)
    assert len(published) == 3
    assert all(one["owner_org"] == territory.epci.slug for one in published)
