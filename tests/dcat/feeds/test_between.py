"""What happens between the moment a page is made and the moment its pieces are read."""

from __future__ import annotations

import pytest

from ckanext.ca3b.dcat.feeds import building, selection
from ckanext.ca3b.dcat.feeds.writing import NTRIPLES, SYNTAXES


def ready(*datasets) -> dict[str, str]:
    return building.ensure(list(selection.of([one["id"] for one in datasets]).values()))


@pytest.mark.parametrize("syntax", SYNTAXES, ids=[one.name for one in SYNTAXES])
def test_what_another_process_wrote_anew_is_given_as_it_is_now(publish, change, syntax):
    first, second = publish("Parkings"), publish("Écoles")
    before = ready(first, second)
    change(first, title="Stationnement")
    ready(first)
    found = building.pieces(before, syntax)
    assert set(found) == {first["id"], second["id"]}
    assert b"Stationnement" in found[first["id"]].text


def test_what_was_withdrawn_is_not_given(publish, change, delete):
    first, second, third = publish("Parkings"), publish("Écoles"), publish("Marchés")
    before = ready(first, second, third)
    change(first, private=True)
    delete(second)
    for one in (first, second):
        building.fragments.withdraw([one["id"]])
    assert set(building.pieces(before, NTRIPLES)) == {third["id"]}


@pytest.mark.parametrize("syntax", SYNTAXES, ids=[one.name for one in SYNTAXES])
def test_a_syntax_that_was_not_asked_before_is_written_as_it_would_have_been(publish, syntax):
    one = publish("Parkings", notes="« Gratuits » le dimanche.", temporal_coverage=[{"start": "2025-01-01"}])
    at_once = building.pieces(ready(one), syntax)
    building.fragments.purge(None)
    bare = building.ensure(list(selection.of([one["id"]]).values()), ())
    assert building.pieces(bare, syntax) == at_once
    assert building.fragments.pieces(bare, syntax.name) == at_once
