"""Nobody finds a hidden cell by subtraction, whatever totals are known."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.ca3b.rgpd.remedies import RemedyError, Treatment
from ckanext.ca3b.rgpd.remedies.cube import ALL, cube
from ckanext.ca3b.rgpd.remedies.protect import Sum, protect, recoverable

from .towns import treated


def rank(rows: list[list[Fraction]]) -> int:
    """Give the rank of a matrix, exactly and slowly."""
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((at for at in range(found, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for at in range(len(rows)):
            if at != found and rows[at][column]:
                factor = rows[at][column] / rows[found][column]
                rows[at] = [one - factor * other for one, other in zip(rows[at], rows[found], strict=True)]
        found += 1
    return found


def solved(unknown: list[object], equations: list[dict[object, int]]) -> set[object]:
    """Give the unknowns that the equations determine: adding « x = … » does not raise the rank."""
    rows = [[Fraction(equation.get(each, 0)) for each in unknown] for equation in equations]
    known = rank(rows)
    found = set()
    for at, each in enumerate(unknown):
        unit = [Fraction(int(place == at)) for place in range(len(unknown))]
        if rank([*rows, unit]) == known:
            found.add(each)
    return found


def all_totals(keys: list[tuple]) -> list[tuple[tuple, list[tuple]]]:
    """Give every total over every set of criteria, with the cells it is made of."""
    made: dict[tuple, list[tuple]] = {}
    for key in keys:
        for total in product(*((value, ALL) for value in key)):
            if ALL in total:
                made.setdefault(total, []).append(key)
    return list(made.items())


TABLES = st.integers(1, 3).flatmap(
    lambda width: st.dictionaries(st.tuples(*[st.integers(0, 2)] * width), st.integers(1, 60), min_size=1, max_size=9)
)


@settings(max_examples=40, deadline=None)
@given(counts=TABLES, least=st.sampled_from([3, 5, 11]))
def test_no_hidden_cell_is_the_difference_of_totals(counts, least):
    made = cube(counts, [], least=least)
    assert all(key in made.hidden for key, count in made.counts.items() if 0 < count < least)
    unknown = [key for key in made.counts if key in made.hidden]
    # Each shown total is an equation on its hidden cells; a hidden total is one more unknown.
    equations = []
    for total, cells in all_totals(list(counts)):
        equation = {cell: 1 for cell in cells if cell in made.hidden}
        if total in made.hidden:
            equation[total] = -1
        equations.append(equation)
    assert not solved(unknown, equations)


@settings(max_examples=40, deadline=None)
@given(counts=TABLES, least=st.sampled_from([3, 5, 11]))
def test_two_small_counts_are_not_told_by_their_small_sum(counts, least):
    made = cube(counts, [], least=least)
    for total, cells in all_totals(list(counts)):
        inside = [counts[cell] for cell in cells if cell in made.hidden]
        if inside and total not in made.hidden and sum(key is ALL for key in total) == 1:
            assert len(inside) > 1
            assert sum(inside) >= least


def test_a_table_without_small_counts_keeps_every_cell():
    counts = {(town, sex): 20 + town + sex for town in range(5) for sex in range(2)}
    assert not cube(counts, [], least=11).hidden


def test_one_small_cell_hides_a_second_one_of_its_row_and_of_its_column():
    counts = {(row, column): 50 + row + column for row in range(4) for column in range(4)}
    counts[1, 1] = 3
    hidden = cube(counts, [], least=11).hidden
    assert (1, 1) in hidden
    assert sum(key[0] == 1 for key in hidden) >= 2
    assert sum(key[1] == 1 for key in hidden) >= 2
    assert len(hidden) <= 6


def test_bridges_are_seen_though_every_sum_hides_two_cells():
    # Two squares of hidden cells joined by one cell: that one is determined, the others are not.
    sums = [
        Sum(90, (0, 1)), Sum(91, (2, 3)), Sum(92, (0, 2)), Sum(93, (1, 3, 8)),
        Sum(94, (4, 5, 8)), Sum(95, (6, 7)), Sum(96, (4, 6)), Sum(97, (5, 7)),
    ]  # fmt: skip
    assert recoverable(set(range(9)), sums) == {8}


def test_a_total_known_elsewhere_that_gives_the_cell_away_is_refused():
    with pytest.raises(RemedyError, match="total connu"):
        protect([4, 4], {0}, [Sum(1, (0,))], least=11, fixed={1})


def test_one_contributor_who_is_nearly_all_of_an_amount_is_hidden():
    rows = [("Viriat", "900")] + [("Viriat", "1")] * 20 + [("Polliat", "10")] * 20 + [("Attignat", "20")] * 20
    frame = pl.DataFrame(rows, schema=["commune", "chiffre"], orient="row")
    shown = treated(frame, Treatment("commune", "aggregate", {"threshold": 3, "sums": ["chiffre"], "dominance": 0.85}))
    found = {row[0]: row[1:] for row in shown.iter_rows()}
    assert found["Viriat"] == ("s", "s")
    assert sum(cells == ("s", "s") for cells in found.values()) == 2
    plain = treated(frame, Treatment("commune", "aggregate", {"threshold": 3, "sums": ["chiffre"]}))
    assert ("Viriat", "21", "920") in plain.rows()


@settings(max_examples=25, deadline=None)
@given(
    cells=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=2, max_size=12),
    known=st.booleans(),
)
def test_a_published_statistic_with_its_totals_does_not_give_its_small_counts_back(cells, known):
    names = [f"Commune {at}" for at in range(len(cells))]
    rows = [(name, str(one), str(two), str(one + two)) for name, (one, two) in zip(names, cells, strict=True)]
    sums = [sum(cell[at] for cell in cells) for at in (0, 1)]
    rows.append(("Total", str(sums[0]), str(sums[1]), str(sum(sums))))
    frame = pl.DataFrame(rows, schema=["commune", "femmes", "hommes", "ensemble"], orient="row")
    treatment = Treatment(("femmes", "hommes", "ensemble"), "suppress_small_cells", {"known_totals": known})
    shown = treated(frame, treatment)
    hidden = {
        (row, column)
        for column in ("femmes", "hommes", "ensemble")
        for row, value in enumerate(shown[column])
        if value == "s"
    }
    columns = {name: [int(value) for value in frame[name]] for name in ("femmes", "hommes", "ensemble")}
    small = {(row, name) for name, values in columns.items() for row, value in enumerate(values) if 0 < value < 11}
    assert small <= hidden
    equations = [{(row, "femmes"): 1, (row, "hommes"): 1, (row, "ensemble"): -1} for row in range(len(rows))]
    last = len(rows) - 1
    equations += [{**{(row, name): 1 for row in range(last)}, (last, name): -1} for name in columns]
    assert not solved(sorted(hidden), [{cell: n for cell, n in each.items() if cell in hidden} for each in equations])


def test_a_table_of_counts_is_added_up_by_fewer_criteria():
    cells = [
        ("Viriat", "F", "8"),
        ("Viriat", "H", "9"),
        ("Polliat", "F", "30"),
        ("Polliat", "H", "4"),
        ("Foissiat", "F", "2"),
    ]
    frame = pl.DataFrame([*cells, ("Attignat", "H", "55")], schema=["commune", "sexe", "nb"], orient="row")
    shown = treated(frame, Treatment("commune", "aggregate", {"count_column": "nb"}))
    assert shown.columns == ["commune", "nb"]
    assert dict(shown.rows()) == {"Attignat": "55", "Polliat": "34", "Viriat": "s", "Foissiat": "s"}
    with pytest.raises(RemedyError, match="pas les deux"):
        treated(frame, Treatment("nb", "aggregate", {"count_column": "nb"}))


def test_the_small_parts_of_a_total_and_the_rates_of_their_row_are_hidden_too():
    rows = [
        ("Viriat", "4", "30", "34", "11,8"),
        ("Polliat", "40", "35", "75", "53,3"),
        ("Attignat", "50", "45", "95", "52,6"),
    ]
    frame = pl.DataFrame(rows, schema=["commune", "femmes", "hommes", "total", "taux_femmes"], orient="row")
    shown = treated(frame, Treatment("total", "suppress_small_cells"))
    assert shown["femmes"][0] == "s"
    assert shown["taux_femmes"][0] == "s"
    assert shown["commune"].to_list() == ["Viriat", "Polliat", "Attignat"]


def test_of_enterprises_the_amount_goes_with_the_small_count_and_another_protects_it():
    rows = [("A", "2", "100", "40"), ("B", "30", "200", "12"), ("C", "12", "300", "90"), ("D", "40", "400", "5")]
    frame = pl.DataFrame(rows, schema=["secteur", "nb_entreprises", "chiffre_affaires", "part_premier"], orient="row")
    params = {"threshold": 3, "amounts": ["chiffre_affaires"], "shares": ["part_premier"]}
    shown = treated(frame, Treatment(("nb_entreprises", "part_premier"), "suppress_small_cells", params))
    assert shown["nb_entreprises"].to_list()[0] == "s"
    assert shown["chiffre_affaires"].to_list() == ["s", "200", "s", "400"]
    assert shown["part_premier"].to_list()[2] == "s"
