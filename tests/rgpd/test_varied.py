"""Short files of every kind that towns keep, with headers as they come: everybody in them is invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from ckanext.ca3b.rgpd import scan

HOME = Path(__file__).parent / "varied"
HOLD, PUBLISH = (sorted((HOME / part).glob("*.csv")) for part in ("hold", "publish"))


def test_there_are_as_many_of_both():
    assert min(len(HOLD), len(PUBLISH)) >= 50


@pytest.mark.parametrize("path", HOLD, ids=lambda path: path.stem)
def test_a_file_about_private_people_is_held(path):
    assert scan(path).held


@pytest.mark.parametrize("path", PUBLISH, ids=lambda path: path.stem)
def test_a_file_that_may_be_published_passes(path):
    assert [(each.column, each.category) for each in scan(path).findings if each.decision != "pass"] == []
