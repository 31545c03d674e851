"""What can be said of a column read once, in bounded memory: how many different values, which are frequent, quantiles.

Exact while a column is small; beyond, an estimate that says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
from attrs import define, field

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Smallest hashes kept to count different values: exact below, within about 3 % beyond.
_HASHES = 8_192
#: Different values beyond which a column is no list of categories.
_CATEGORIES = 1_000
#: Numbers kept to tell quantiles: exact below, within about 1 % of the ranks beyond.
RESERVOIR = 50_000


@define
class Distinct:
    """Counts different values with the k smallest of their hashes (K minimum values, Bar-Yossef et al. 2002)."""

    _smallest: pl.Series = field(factory=lambda: pl.Series([], dtype=pl.UInt64))

    def add(self, values: pl.Series) -> None:
        """Take values into account."""
        hashes = values.unique().hash(seed=7)
        self._smallest = pl.concat([self._smallest, hashes]).unique().sort().head(_HASHES)

    @property
    def exact(self) -> bool:
        """Whether every different value was counted."""
        return self._smallest.len() < _HASHES

    def count(self) -> int:
        """Number of different values, estimated when there are many."""
        if self.exact:
            return self._smallest.len()
        return round((_HASHES - 1) / (float(self._smallest[-1]) / 2**64))


@define
class Frequencies:
    """Counts each value of a column of few values; gives up on the others."""

    _counts: pl.DataFrame | None = None
    given_up: bool = False

    def add(self, values: pl.Series) -> None:
        """Take values into account."""
        if self.given_up:
            return
        if values.n_unique() > _CATEGORIES:
            self.given_up, self._counts = True, None
            return
        counts = pl.DataFrame({"value": values}).group_by("value", maintain_order=True).len("count")
        if self._counts is not None:
            both = pl.concat([self._counts, counts])
            counts = both.group_by("value", maintain_order=True).agg(pl.col("count").sum())
        self.given_up = counts.height > _CATEGORIES
        self._counts = None if self.given_up else counts

    def most(self, number: int) -> list[tuple[Any, int]]:
        """Give the most frequent values and how often they come, in a stable order."""
        if self._counts is None:
            return []
        return list(self._counts.sort(["count", "value"], descending=[True, False]).head(number).iter_rows())


@define
class Reservoir:
    """Keeps evenly chosen numbers of a column, each with a random rank; the same file gives the same ones."""

    _random: np.random.Generator = field(factory=lambda: np.random.default_rng(7))
    _values: NDArray[np.float64] = field(factory=lambda: np.empty(0))
    _ranks: NDArray[np.float64] = field(factory=lambda: np.empty(0))
    seen: int = 0

    def add(self, values: NDArray[np.float64]) -> None:
        """Take numbers into account; those that are not finite are left out."""
        values = values[np.isfinite(values)]
        self.seen += len(values)
        ranks = self._random.random(len(values))
        self._values = np.concatenate([self._values, values])
        self._ranks = np.concatenate([self._ranks, ranks])
        if len(self._values) > RESERVOIR:
            kept = np.argpartition(self._ranks, RESERVOIR)[:RESERVOIR]
            self._values, self._ranks = self._values[kept], self._ranks[kept]

    @property
    def exact(self) -> bool:
        """Whether every number is there."""
        return self.seen <= RESERVOIR

    @property
    def values(self) -> NDArray[np.float64]:
        """The numbers kept, in no order."""
        return self._values
