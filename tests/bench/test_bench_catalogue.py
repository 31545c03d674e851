"""Both sites hold the same catalogue, the same at every run."""

from __future__ import annotations

import re

import pytest

from bench.catalogue import records, subjects, territory
from bench.dialects import DIALECTS, THEMES

SAMPLE = records(60)
NAMES = {commune.insee_code for commune in territory().epci.members}


def test_the_draw_is_the_same_at_every_run():
    assert records(60) == SAMPLE
    assert records(60, seed=1) != SAMPLE


def test_every_dataset_has_its_own_address_that_ckan_accepts():
    names = [record.name for record in records()]
    assert len(set(names)) == 1000
    assert all(re.fullmatch(r"[a-z0-9_-]{2,100}", name) for name in names)


def test_datasets_look_like_those_of_communes():
    for record in SAMPLE:
        assert record.commune.insee_code in NAMES
        assert record.commune.name in record.title
        assert len(record.notes) > 200
        assert record.files
        # CKAN refuses any other character in a keyword.
        assert all(re.fullmatch(r"[\w .-]{2,100}", tag) for tag in record.tags)


def test_every_subject_is_of_a_theme_that_is_created():
    assert {subject["theme"] for subject in subjects()} <= set(THEMES)


@pytest.mark.parametrize("field", ["name", "title", "notes", "tags", "contact", "temporal_coverage", "resources"])
def test_both_sites_get_the_same_content(field: str):
    for record in SAMPLE:
        ours, stock = (DIALECTS[site].dataset(record, "an-owner") for site in ("ours", "stock"))
        assert ours[field] == stock[field]


def test_both_sites_get_the_same_theme_and_place():
    for record in SAMPLE:
        ours, stock = (DIALECTS[site].dataset(record, "an-owner") for site in ("ours", "stock"))
        assert stock["theme"][0].endswith(f"/{ours['theme'][0]}")
        assert stock["spatial_coverage"][0]["uri"].endswith(f"/{ours['communes'][0]}")
