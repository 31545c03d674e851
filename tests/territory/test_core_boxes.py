"""A box comes from an address, where anybody may write anything."""

from __future__ import annotations

import pytest

from ckanext.ca3b.territory.core.boxes import read_box


@pytest.mark.parametrize(
    ("text", "box"),
    [
        ("5.1,46.2,5.3,46.4", (5.1, 46.2, 5.3, 46.4)),
        ("-180,-90,180,90", (-180, -90, 180, 90)),
        (" 5.1, 46.2, 5.3, 46.4 ", (5.1, 46.2, 5.3, 46.4)),
    ],
)
def test_a_box_is_read(text, box):
    assert read_box(text) == box


@pytest.mark.parametrize(
    "text",
    [
        None, "", "a,b,c,d", "1,2,3", "1,2,3,4,5", "500,46,5.5,99", "5,46,6,99", "5,46,181,47",
        "nan,nan,nan,nan", "-inf,46,5,47", "6,46,5,47", "5,47,6,46",
    ],
)  # fmt: skip
def test_what_is_not_a_box_of_the_earth_is_none(text):
    assert read_box(text) is None
