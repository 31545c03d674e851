"""Counts by one or several criteria with all their totals, as cells and sums for `protect`."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from attrs import frozen

from .model import RemedyError
from .protect import Sum, protect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_CELLS = 400_000
ALL = object()
"""Stands for every value of a criterion, in the key of a total."""

Key = tuple[object, ...]


@frozen
class Amount:
    """A sum of a cell and the largest contribution to it, to tell when one contributor is nearly all of it."""

    total: float
    largest: float


@frozen
class Cube:
    """The cells by key, totals included: a key has one value per criterion, or ``ALL``."""

    counts: Mapping[Key, int]
    amounts: tuple[Mapping[Key, Amount], ...]
    hidden: frozenset[Key]


def cube(
    counts: Mapping[Key, int], amounts: Sequence[Mapping[Key, Amount]], *, least: int, dominance: float | None = None
) -> Cube:
    """Make the cube of ``counts`` and hide what must be, as though all the totals were published.

    A cell from 1 to ``least`` - 1 is small. With ``dominance``, a cell whose amounts come for more than that share
    from one contributor is hidden too (INSEE: 85 %, and fewer than 3 contributors).
    """
    width = len(next(iter(counts), ()))
    if len(counts) << width > MOST_CELLS:
        raise RemedyError("too-many", "Ces critères font trop de cases : comptez selon moins de colonnes.")
    every: dict[Key, int] = {}
    sums: tuple[dict[Key, Amount], ...] = tuple({} for _ in amounts)
    for key, count in counts.items():
        for wider in _totals(key):
            every[wider] = every.get(wider, 0) + count
            for found, given in zip(sums, amounts, strict=True):
                old, new = found.get(wider, Amount(0, 0)), given[key]
                found[wider] = Amount(old.total + new.total, max(old.largest, new.largest))
    number = {key: place for place, key in enumerate(every)}
    relations: dict[tuple[Key, int], list[int]] = {}
    for key, place in number.items():
        for axis, value in enumerate(key):
            if value is not ALL:
                total = (*key[:axis], ALL, *key[axis + 1 :])
                relations.setdefault((total, axis), []).append(place)
    small = {
        number[key]
        for key, count in every.items()
        if 0 < count < least or any(_dominated(found[key], dominance) for found in sums)
    }
    found = protect(
        list(every.values()),
        small,
        [Sum(number[total], tuple(parts)) for (total, _), parts in relations.items()],
        least=least,
    )
    keys = list(every)
    return Cube(every, sums, frozenset(keys[place] for place in found))


def _totals(key: Key) -> list[Key]:
    return [tuple(each) for each in product(*((value, ALL) for value in key))]


def _dominated(amount: Amount, dominance: float | None) -> bool:
    return dominance is not None and amount.total > 0 and amount.largest > dominance * amount.total
