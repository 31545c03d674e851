"""How well people are hidden: the three tests of WP216 (opinion 05/2014 on anonymisation techniques), as numbers.

Let Q be the columns that somebody may know of a person (those treated, and the traits: age, sex, place, status), n(q)
the number of rows whose values of Q are q, N the number of rows. Each measure goes from 0 to 1.

Singling out
    The share of rows alone of their kind: |{rows : n(q) = 1}| / N.

Linkability
    The share of its rows that another file with the same columns Q would be linked with rightly, on average: the mean
    of 1 / n(q) over the rows, which is (number of different q) / N. It is the « marketer » risk of Dankar and El Emam
    (A method for evaluating marketer re-identification risk, EDBT 2010). A pseudonym is a value that can be linked.

Inference
    How much better one guesses another column S knowing Q, at best over S: Goodman and Kruskal's lambda (1954),
    (Σ_q max_s n(q, s) - max_s n(s)) / (N - max_s n(s)). 0 when Q tells nothing of S, or S has one value.

In a table of counts, cells are weighted by what they count, and hidden cells tell nothing: they count in N only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.rgpd.context import is_trait
from ckanext.ca3b.rgpd.detectors import DETECTORS

from .flow import COUNT, Groups, combined
from .model import Measures
from .values import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST_TARGETS = 12
"""Columns whose inference is measured, at most."""

_Q, _S, _W = "\u001fq", "\u001fs", "\u001fw"


def is_sensitive(header: str) -> bool:
    """Tell whether a column tells what nobody should learn: article 9 data, free text."""
    return DETECTORS["health"].named(header) or DETECTORS["free_text"].named(header)


def known_and_targets(names: Sequence[str], treated: Iterable[str]) -> tuple[list[str], list[str]]:
    """Share columns of the file between what is known of a person (Q) and what could be learned (S)."""
    touched = set(treated)
    known = [name for name in names if (name in touched or is_trait(name)) and not is_sensitive(name)]
    targets = [name for name in names if name not in known]
    targets.sort(key=lambda name: not is_sensitive(name))
    return known, targets[:MOST_TARGETS]


class Measuring:
    """The measures of rows that come batch by batch, in memory that grows with the combinations."""

    def __init__(self, known: Sequence[str], targets: Sequence[str], weight: str | None = None) -> None:
        self.known, self.targets, self.weight = list(known), list(targets), weight
        self._groups = Groups([_Q])
        self._pairs = [Groups([_Q, _S]) for _ in self.targets]

    def add(self, frame: pl.DataFrame) -> None:
        """Count the rows of ``frame``."""
        size = pl.lit(1, dtype=pl.Float64)
        if self.weight is not None:
            # What is not a number is a hidden cell.
            frame = frame.filter(number(pl.col(self.weight)).is_not_null())
            size = number(pl.col(self.weight))
        key = combined(self.known).hash(seed=11).alias(_Q)
        weight = None if self.weight is None else pl.col(_W)
        # Columns, not lone literals: with nothing known they would be one row.
        keyed = frame.with_columns(key, size.alias(_W))
        self._groups.add(keyed.select(_Q, _W), weight)
        for pair, target in zip(self._pairs, self.targets, strict=True):
            secret = pl.col(target).fill_null("\u0000").hash(seed=13).alias(_S)
            pair.add(keyed.select(_Q, secret, _W), weight)

    def result(self, people: int | None = None) -> Measures:
        """Give the measures; ``people`` is N when hidden cells keep it from being counted."""
        groups = self._groups.table()
        total = people if people is not None else int(groups[COUNT].sum())
        if not total:
            return Measures(0.0, 0.0, 0.0)
        alone = int((groups[COUNT] == 1).sum()) if self.known else int(total == 1)
        kinds = groups.height if self.known else 1
        inference = max((_lambda(pair.table()) for pair in self._pairs), default=0.0) if self.known else 0.0
        return Measures(round(alone / total, 6), round(kinds / total, 6), round(inference, 6))


def _lambda(pairs: pl.DataFrame) -> float:
    total = int(pairs[COUNT].sum())
    most = int(pairs.group_by(_S).agg(pl.col(COUNT).sum())[COUNT].max() or 0)  # pyright: ignore[reportArgumentType]
    known = int(pairs.group_by(_Q).agg(pl.col(COUNT).max())[COUNT].sum())
    return (known - most) / (total - most) if total > most else 0.0


def present(columns: Iterable[str], now: Mapping[str, str | None]) -> list[str]:
    """Give the present names of ``columns``, those that are gone left out."""
    return list(dict.fromkeys(name for column in columns if (name := now.get(column)) is not None))
