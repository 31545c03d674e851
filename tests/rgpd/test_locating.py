"""Whoever looks at a report finds the line: every finding of a column says in which rows its values are."""

from __future__ import annotations

import pytest

from ckanext.ca3b.rgpd import scan
from ckanext.ca3b.rgpd.model import LOCATED

from .files import Rows, write_csv

PEOPLE = ["Jeanne Moreau", "Paul Girard", "", "Lucie Fabre", "Karim Benali", "Odile Perrin"]
BIRTHS = ["12/03/1951", "", "04/11/1988", "23/07/1990", "30/01/1979", "17/09/1962"]
STREETS = ["3 rue Pasteur", "", "", "14 chemin des Vignes", "7 impasse des Lilas", "21 route de Lyon"]


def table(times: int = 1) -> Rows:
    names, dates, streets = (values * times for values in (PEOPLE, BIRTHS, STREETS))
    return ["nom_usager", "date_naissance", "adresse"], [list(row) for row in zip(names, dates, streets, strict=True)]


@pytest.mark.parametrize(
    ("category", "rows"), [("name", (1, 2, 4, 5, 6)), ("birth_date", (1, 3, 4, 5, 6)), ("address", (1, 4, 5, 6))]
)
def test_the_filled_rows_of_a_column_are_located(category, rows, tmp_path):
    (found,) = [
        each for each in scan(write_csv(tmp_path / "usagers.csv", table())).findings if each.category == category
    ]
    assert (found.rows, found.lines) == (rows, tuple(row + 1 for row in rows))


def test_the_first_ones_only_of_a_long_column(tmp_path):
    (found,) = [
        each for each in scan(write_csv(tmp_path / "usagers.csv", table(1000))).findings if each.category == "name"
    ]
    assert len(found.rows) == LOCATED
    assert found.rows[:5] == (1, 2, 4, 5, 6)
    assert found.count == 5000


def test_combined_traits_are_located_where_they_single_somebody_out(tmp_path):
    ages = ["20-39", "40-59"] * 20
    rows: list[list[object]] = [[age, "F" if place % 4 < 2 else "M", "cadre"] for place, age in enumerate(ages)]
    rows[17] = ["90-99", "F", "retraite"]
    found = scan(write_csv(tmp_path / "inscrits.csv", (["tranche_age", "sexe", "profession"], rows))).findings
    held = [each for each in found if each.category == "quasi_identifiers" and each.decision != "pass"]
    assert {each.rows for each in held} == {(18,)}
    assert {each.lines for each in held} == {(19,)}
