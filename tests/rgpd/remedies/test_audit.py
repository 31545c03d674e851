"""Nobody comes too near to a hidden cell: every other table that shows the same is tried, one by one or by a solver."""

from __future__ import annotations

from itertools import product

import highspy
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.ca3b.rgpd.remedies import RemedyError
from ckanext.ca3b.rgpd.remedies.audit import Audit
from ckanext.ca3b.rgpd.remedies.cube import ALL, cube
from ckanext.ca3b.rgpd.remedies.protect import Sum, protect


def square(rows: list[list[int]]) -> tuple[list[int], list[Sum]]:
    """Give the values and the sums of a table with its row totals, its column totals and its total."""
    height, width = len(rows), len(rows[0])
    full = [[*row, sum(row)] for row in rows]
    full.append([sum(row[at] for row in full) for at in range(width + 1)])
    number = [[row * (width + 1) + column for column in range(width + 1)] for row in range(height + 1)]
    sums = [Sum(number[row][width], tuple(number[row][:width])) for row in range(height + 1)]
    sums += [Sum(number[height][at], tuple(number[row][at] for row in range(height))) for at in range(width + 1)]
    return [value for row in full for value in row], sums


def interval(values: list[int], sums: list[Sum], hidden: set[int], cell: int) -> tuple[float, float]:
    """Give the least and the greatest whole number of ``cell`` that the shown cells and the sums allow."""
    ends = []
    for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        for place, value in enumerate(values):
            free = place in hidden
            solver.addVar(0 if free else value, 10_000 if free else value)
            solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
        for each in sums:
            signs = np.array([1.0] * len(each.parts) + [-1.0])
            solver.addRow(0, 0, signs.size, np.array(each.members[1:] + each.members[:1], dtype=np.int32), signs)
        solver.changeColCost(cell, 1)
        solver.changeObjectiveSense(sense)
        solver.run()
        ends.append(round(solver.getObjectiveValue()))
    return ends[0], ends[1]


def test_a_cell_bounded_by_a_small_neighbour_is_weak_though_no_sum_gives_it():
    # The square 3, 2 / 20, 20 is hidden: 3 + t, 2 - t, 20 - t, 20 + t, hence t from -3 to 2 and the cell from 0 to 5.
    values, sums = square([[3, 2, 50], [20, 20, 50], [50, 50, 50]])
    hidden = {0, 1, 4, 5}
    assert interval(values, sums, hidden, 0) == (0, 5)
    assert {0, 1} <= Audit(values, {0, 1}, sums, 11).weak(hidden)
    wide = protect(values, {0, 1}, sums, least=11)
    low, high = interval(values, sums, wide, 0)
    assert high - low >= 11


def test_a_cell_whose_interval_is_wide_hides_no_more_than_before():
    values, sums = square([[3, 30, 50], [30, 40, 50], [50, 50, 50]])
    assert interval(values, sums, {0, 1, 4, 5}, 0) == (0, 33)
    assert protect(values, {0}, sums, least=11) == {0, 1, 4, 5}


TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 40), min_size=width, max_size=width), min_size=2, max_size=4)
)


@settings(max_examples=60, deadline=None)
@given(rows=TABLES, least=st.sampled_from([3, 5, 11]))
def test_of_two_criteria_each_small_count_has_an_interval_as_wide_as_the_threshold(rows, least):
    values, sums = square(rows)
    small = {place for place, value in enumerate(values) if 0 < value < least}
    hidden = protect(values, small, sums, least=least)
    for cell in hidden:
        low, high = interval(values, sums, hidden, cell)
        assert low <= values[cell] <= high
        if cell in small:
            assert low < values[cell]
            assert high - low >= least
            assert high >= least
        else:
            assert high - low >= 1


CUBES = st.dictionaries(st.tuples(*[st.integers(0, 2)] * 3), st.integers(1, 30), min_size=2, max_size=14)


@settings(max_examples=25, deadline=None)
@given(counts=CUBES, least=st.sampled_from([3, 11]))
def test_of_three_criteria_whole_numbers_keep_as_wide_an_interval(counts, least):
    made = cube(counts, [], least=least)
    keys = list(made.counts)
    number = {key: place for place, key in enumerate(keys)}
    relations: dict[tuple, list[int]] = {}
    for key, axis in product(keys, range(3)):
        if key[axis] is not ALL:
            relations.setdefault(((*key[:axis], ALL, *key[axis + 1 :]), axis), []).append(number[key])
    sums = [Sum(number[total], tuple(parts)) for (total, _), parts in relations.items()]
    values = [made.counts[key] for key in keys]
    hidden = {number[key] for key in made.hidden}
    for cell in hidden:
        low, high = interval(values, sums, hidden, cell)
        assert high - low >= (least if 0 < values[cell] < least else 1)


@settings(max_examples=40, deadline=None)
@given(rows=TABLES)
def test_totals_known_elsewhere_leave_an_interval_or_nothing_is_published(rows):
    values, sums = square(rows)
    width, height = len(rows[0]), len(rows)
    edges = {*range(width, len(values), width + 1), *range(height * (width + 1), len(values))}
    fixed = {cell for cell in edges if values[cell] == 0 or values[cell] >= 11}
    small = {place for place, value in enumerate(values) if 0 < value < 11 and place not in fixed}
    try:
        hidden = protect(values, small, sums, least=11, fixed=fixed)
    except RemedyError:
        return
    if hidden >= set(range(len(values))) - fixed:
        return
    for cell in small:
        low, high = interval(values, sums, hidden, cell)
        assert high - low >= 11


def test_what_is_shown_by_a_wide_table_with_many_small_counts_is_proved_in_time():
    draw = np.random.default_rng(5)
    rows = draw.poisson(draw.choice([2, 20, 90], (150, 12))).tolist()
    values, sums = square(rows)
    small = {place for place, value in enumerate(values) if 0 < value < 11}
    hidden = protect(values, small, sums, least=11)
    assert len(hidden) < 0.9 * len(values)
    assert not Audit(values, small, sums, 11).weak(hidden)


def test_an_amount_that_comes_from_one_contributor_is_not_known_within_a_tenth():
    # Both amounts add up to a shown total: 1 000 lies between 0 and 1 020, but 1 020 is nearer than a tenth.
    sums = [Sum(2, (0, 1, 3))]
    values = [1000.0, 20.0, 5000.0, 3980.0]
    assert Audit(values, {0}, sums, 3).weak({0, 1}) == {0}
    assert protect(values, {0}, sums, least=3) == {0, 1, 3}


def test_a_table_too_long_to_be_proved_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ckanext.ca3b.rgpd.remedies.audit._SECONDS", 0.0)
    values, sums = square([[3, 2, 50], [20, 20, 50], [50, 50, 50]])
    with pytest.raises(RemedyError, match="regroupez"):
        protect(values, {0, 1}, sums, least=11)
