"""What the territory would change in an organisation."""

from __future__ import annotations

import pytest

from ckanext.ca3b.territory.core import read_epci
from ckanext.ca3b.territory.core.organizations import changes, free_name, wanted_agglomeration, wanted_commune

EPCI = read_epci("200071751")
BOURG = wanted_commune(next(commune for commune in EPCI.members if commune.insee_code == "01053"), "agglo")


def as_stored(wanted, **edited):
    """The organisation as CKAN would give it back after creation."""
    fields = {**wanted.fields, "population": str(wanted.fields["population"]), "groups": [{"name": "agglo"}]}
    return {**fields, "description": "À nous.", **edited}


def test_nothing_changes_in_an_organisation_that_is_as_wanted():
    assert changes(as_stored(BOURG), BOURG) == {}


def test_lists_stored_as_json_are_compared_as_lists():
    assert changes(as_stored(BOURG, postal_codes='["01000"]'), BOURG) == {}
    assert changes(as_stored(BOURG, postal_codes="01000"), BOURG) == {"postal_codes": ["01000"]}


@pytest.mark.parametrize(
    ("field", "value"),
    [("population", "12"), ("title", "Bourg"), ("siren", ""), ("kind", None), ("insee_code", "01054")],
)
def test_only_the_field_that_differs_is_written(field, value):
    assert changes(as_stored(BOURG, **{field: value}), BOURG) == {field: BOURG.fields[field]}


def test_a_missing_parent_is_added_beside_the_others():
    other = {"name": "pays-de-bresse"}
    assert changes(as_stored(BOURG, groups=[other]), BOURG) == {"groups": [other, {"name": "agglo"}]}


def test_the_agglomeration_is_recognised_by_its_siren_and_has_no_parent():
    wanted = wanted_agglomeration(EPCI, "Grand Bourg Agglomération")
    assert wanted.identity == ("siren", "200071751")
    assert wanted.parent is None
    assert wanted.fields["title"] == "Grand Bourg Agglomération"
    assert wanted.fields["population"] == sum(commune.municipal_population for commune in EPCI.members)


def test_a_taken_address_gets_the_code():
    assert free_name(BOURG, ["bourg"]) == "bourg-en-bresse"
    assert free_name(BOURG, ["bourg-en-bresse"]) == "bourg-en-bresse-01053"
