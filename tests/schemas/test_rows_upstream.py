"""Tells when ckanext-scheming reads posted rows by itself, so that « schemas/rows.py » may go."""

from __future__ import annotations

import pytest
from ckanext.scheming.plugins import expand_form_composite


@pytest.fixture(autouse=True)
def no_dataset_left():
    """No portal here."""


def test_scheming_still_ignores_posted_rows_beside_stored_ones():
    data = {"contact": [{"name": "before"}], "contact-0-name": "after"}
    expand_form_composite(data, {"contact"})
    assert data["contact"] == [{"name": "before"}], "fixed upstream: see docs/upstream.md"


def test_scheming_still_sorts_the_tenth_row_before_the_second():
    data = {f"contact-{number}-name": str(number) for number in (2, 10)}
    expand_form_composite(data, {"contact"})
    assert [row["name"] for row in data["contact"]] == ["10", "2"], "fixed upstream: see docs/upstream.md"
