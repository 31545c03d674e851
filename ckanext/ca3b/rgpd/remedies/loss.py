"""What the treatments cost: rows, columns, and the information of each column.

The information a column lost is 1 - H(Y) / H(X), with X its values as they were, Y as they are, H Shannon's entropy:
the non-uniform entropy of Gionis and Tassa (2009), see `lattice`. A column that is dropped loses all of it, a
pseudonym nothing: who is who is hidden, what differs still differs. Over the file, it is L·(1 - s) + s, with L the
mean over all the columns and s the share of the rows removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from .flow import COUNT, ROW, Groups
from .hierarchy import entropy
from .model import ColumnLoss, Loss
from .values import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Losing:
    """The cost, counted over batches before and after; ``now`` goes from a column to its new name."""

    def __init__(self, columns: Sequence[str], now: Mapping[str, str | None]) -> None:
        self.columns, self.now = list(columns), dict(now)
        self._before = {name: Groups(["v"]) for name in columns}
        self._after = {name: Groups(["v"]) for name in columns}
        self._changed = dict.fromkeys(columns, 0)
        self._rows = 0
        self._kept = 0

    def before(self, frame: pl.DataFrame) -> None:
        """Count rows as they were."""
        self._rows += frame.height
        for name in self.columns:
            self._before[name].add(frame.select(_value(name)))

    def after(self, frame: pl.DataFrame, weight: str | None = None) -> None:
        """Count rows as they are; in a table of counts, ``weight`` is the column of counts."""
        size = pl.lit(1, dtype=pl.Float64)
        if weight is not None:
            frame = frame.filter(number(pl.col(weight)).is_not_null())
            size = number(pl.col(weight))
        self._kept += int(frame.select(size.alias("w").sum() if weight else pl.len().alias("w")).item() or 0)
        for name in self.columns:
            new = self.now.get(name)
            if new is not None:
                self._after[name].add(frame.select(_value(new), size.alias("w")), pl.col("w") if weight else None)

    def compare(self, before: pl.DataFrame, after: pl.DataFrame) -> None:
        """Count the cells changed; rows are those of ``after``."""
        there = before.select(ROW, *self.columns).join(after.select(ROW), on=ROW, how="semi")
        for name in self.columns:
            new = self.now.get(name)
            if new is None:
                self._changed[name] += int(before[name].is_not_null().sum())
            elif there.height == after.height:
                self._changed[name] += int(there[name].ne_missing(after[new]).sum())

    def result(self, total: Sequence[str]) -> Loss:
        """Give the cost; ``total`` are all the columns of the file."""
        columns = []
        for name in self.columns:
            before, after = self._before[name].table()[COUNT], self._after[name].table()[COUNT]
            gone = self.now.get(name) is None
            known = entropy(before.to_numpy())
            left = 0.0 if gone else entropy(after.to_numpy())
            lost = min(1.0, max(0.0, 1 - left / known)) if known else float(gone)
            columns.append(
                ColumnLoss(name, self._changed[name], before.len(), 0 if gone else after.len(), round(lost, 6))
            )
        part = 1 - self._kept / self._rows if self._rows else 0.0
        mean = sum(each.information for each in columns) / max(1, len(total))
        return Loss(
            rows=self._rows,
            rows_removed=max(0, self._rows - self._kept),
            columns_removed=tuple(name for name in total if self.now.get(name) is None),
            columns=tuple(columns),
            information=round(min(1.0, mean * (1 - part) + part), 6),
        )


def _value(name: str) -> pl.Expr:
    return pl.col(name).fill_null("\u0000").hash(seed=17).alias("v")
