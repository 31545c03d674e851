"""The communes as a drawing, and the classes of its colours."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.ca3b.territory.core import Territory
from ckanext.ca3b.territory.core.classes import MAX_CLASSES, class_of, classify
from ckanext.ca3b.territory.core.drawing import WIDTH, draw


def points(path):
    """Absolute points of a path of relative moves."""
    for ring in re.findall(r"M(-?\d+) (-?\d+)l([^z]*)z", path):
        x, y = int(ring[0]), int(ring[1])
        yield x, y
        numbers = [int(number) for number in re.findall(r"-?\d+", ring[2])]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            yield x, y


def test_every_commune_is_drawn_inside_the_box():
    drawing = draw(Territory.open("200071751"))
    assert len(drawing.outlines) == 74
    assert max(drawing.width, drawing.height) == WIDTH
    for outline in drawing.outlines:
        for x, y in points(outline.path):
            assert 0 <= x <= drawing.width
            assert 0 <= y <= drawing.height


def test_north_is_up_and_east_is_right():
    drawing = draw(Territory.open("200071751"))
    centre = {
        outline.code: [sum(values) / len(values) for values in zip(*points(outline.path), strict=True)]
        for outline in drawing.outlines
    }
    cormoz, certines, corveissiat = centre["01124"], centre["01069"], centre["01125"]
    assert cormoz[1] < certines[1]
    assert corveissiat[0] > certines[0]


def test_the_drawing_is_light_enough_for_a_page():
    assert sum(len(outline.path) for outline in draw(Territory.open("200071751")).outlines) < 40_000


def test_one_commune_fills_its_box():
    drawing = draw(Territory.open("200071751"), ["01053"])
    assert [outline.code for outline in drawing.outlines] == ["01053"]
    assert max(drawing.width, drawing.height) == WIDTH


def test_nothing_is_drawn_without_outlines():
    assert draw(Territory.open("245804406")) is None
    assert draw(Territory.open("200071751"), ["69123"]) is None


@pytest.mark.parametrize(
    ("counts", "bounds"),
    [
        ([], [(0, 0)]),
        ([0, 0], [(0, 0)]),
        ([0, 3], [(0, 0), (3, 3)]),
        ([1, 2, 3, 4, 5], [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]),
        ([0, 1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [(0, 0), (1, 2), (3, 4), (5, 6), (7, 8), (9, 10)]),
    ],
)
def test_classes_are_of_values_that_occur(counts, bounds):
    assert [(each.low, each.high) for each in classify(counts)] == bounds


@given(st.lists(st.integers(min_value=0, max_value=10_000)))
def test_every_count_is_in_one_class_and_they_can_be_told_apart(counts):
    classes = classify(counts)
    assert len(classes) <= MAX_CLASSES + 1
    for count in counts:
        assert [index for index, each in enumerate(classes) if count in each] == [class_of(count, classes)]
