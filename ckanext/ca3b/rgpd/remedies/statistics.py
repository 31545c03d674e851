"""The sums inside a published table of counts: its total rows, its total columns, and totals known elsewhere."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

from attrs import frozen

from ckanext.ca3b.rgpd.words import fold

from .protect import Sum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TOTALS = ("total", "ensemble", "toutes", "tous", "somme")
_WIDE = 10
"""Most columns among which a total column is sought."""


@frozen
class Statistic:
    """Counts by row and column: ``counts[column][row]``, NaN where there is none; ``labels[column][row]``."""

    counts: Mapping[str, Sequence[float]]
    labels: Mapping[str, Sequence[str]]
    rows: int

    def cell(self, row: int, column: str) -> int:
        """Give the number of a cell."""
        return list(self.counts).index(column) * self.rows + row


def is_total(label: str) -> bool:
    """Tell whether ``label`` stands for all the others: « Total », « Ensemble des communes »."""
    words = fold(label).split()
    return bool(words) and words[0].strip(":") in _TOTALS


def linked(table: Statistic, columns: Sequence[str], apart: Sequence[str] = ()) -> list[str]:
    """Give ``columns`` and those that add up with them, those ``apart`` left out."""
    found = {column for column in columns if column in table.counts}
    names = list(table.counts)
    for each in _across(table):
        together = {names[cell // table.rows] for cell in each.members}
        if together & found and not together & set(apart):
            found |= together
    return [name for name in names if name in found]


def sums_of(table: Statistic, *, known_totals: bool, least: int) -> tuple[list[Sum], list[float]]:
    """Give the sums of ``table`` and the values of the totals that stand outside of it, numbered after its cells.

    With ``known_totals``, the total of each column along each criterion is taken as known to everybody when it is not
    small itself.
    """
    sums = _across(table)
    outside: list[float] = []
    first = len(table.counts) * table.rows
    for rows, total in _lines(table):
        for column, values in table.counts.items():
            parts = [row for row in rows if not math.isnan(values[row])]
            value = sum(values[row] for row in parts)
            cells = tuple(table.cell(row, column) for row in parts)
            if total is not None and _same(value, values[total]):
                sums.append(Sum(table.cell(total, column), cells))
            elif known_totals and len(parts) > 1 and value >= least:
                sums.append(Sum(first + len(outside), cells))
                outside.append(value)
    return list(dict.fromkeys(sums)), outside


def _lines(table: Statistic) -> list[tuple[list[int], int | None]]:
    """Give the rows which add up, with the row of their total: along each criterion, and all of them."""
    axes = _axes(table)
    plain = [row for row in range(table.rows) if not any(is_total(axis[row][0]) for axis in axes)]
    found: dict[tuple[int, ...], int | None] = {}
    for place, axis in enumerate(axes):
        groups: dict[tuple[object, ...], list[int]] = {}
        for row in range(table.rows):
            others = tuple(other[row] for number, other in enumerate(axes) if number != place)
            groups.setdefault(others, []).append(row)
        for rows in groups.values():
            totals = [row for row in rows if any(map(is_total, axis[row]))]
            parts = tuple(row for row in rows if row not in totals)
            if parts and (len(parts) > 1 or totals):
                found[parts] = totals[0] if totals else found.get(parts)
    found.setdefault(tuple(plain), None)
    return [(list(rows), total) for rows, total in found.items() if rows]


def _axes(table: Statistic) -> list[list[tuple[str, ...]]]:
    """Give the criteria: columns of labels that say the same thing (a code and a name) are one."""
    kept: list[list[str]] = []
    for name, values in table.labels.items():
        if len(set(values)) < 2:
            continue
        for group in kept:
            other = table.labels[group[0]]
            if len(set(zip(values, other, strict=True))) == len(set(values)) == len(set(other)):
                group.append(name)
                break
        else:
            kept.append([name])
    return [list(zip(*(table.labels[name] for name in group), strict=True)) for group in kept]


def _across(table: Statistic) -> list[Sum]:
    """Find the columns that are the sum of others on every row, where all have a number."""
    names = list(table.counts)
    if not 2 < len(names) <= _WIDE:
        others = {name: [each for each in names if each != name] for name in names}
        tried = [(name, tuple(others[name])) for name in names] if len(names) > _WIDE else []
    else:
        tried = [
            (total, parts)
            for total in names
            for size in range(2, len(names))
            for parts in combinations([name for name in names if name != total], size)
        ]
    found = []
    for total, parts in tried:
        rows = [
            row for row in range(table.rows) if not any(math.isnan(table.counts[name][row]) for name in (total, *parts))
        ]
        equal = [row for row in rows if _same(sum(table.counts[name][row] for name in parts), table.counts[total][row])]
        if len(rows) > 1 and len(equal) == len(rows) and any(table.counts[total][row] for row in rows):
            found += [Sum(table.cell(row, total), tuple(table.cell(row, name) for name in parts)) for row in rows]
    return found


def _same(one: float, other: float) -> bool:
    return abs(one - other) < 1e-6
