"""What happens between the moment a page is made and the moment its pieces are read."""

from __future__ import annotations

import pytest

from ckanext.ca3b.dcat.feeds import building, selection
from ckanext.ca3b.dcat.feeds.writing import SYNTAXES


def ready(*datasets) -> dict[str, str]:
    return building.ensure(list(selection.of([one["id"] for one in datasets]).values()))


@pytest.mark.parametrize("syntax", [one.name for one in SYNTAXES])
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
    assert set(building.pieces(before, "nt")) == {third["id"]}
