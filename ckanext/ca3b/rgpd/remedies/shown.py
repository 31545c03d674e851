"""The rows of a preview: those that change first, then the first ones of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from .flow import ROW

_THERE = "\u001fthere"

if TYPE_CHECKING:
    from collections.abc import Sequence

    Row = tuple[str | None, ...]


class Shown:
    """Keeps at most ``most`` rows before and after."""

    def __init__(self, names: Sequence[str], names_after: Sequence[str], most: int) -> None:
        self.names, self.names_after, self.most = list(names), list(names_after), most
        self._changed: dict[int, tuple[Row, Row | None]] = {}
        self._first: dict[int, tuple[Row, Row | None]] = {}
        self._before: list[Row] = []
        self._after: list[Row] = []

    def pair(self, before: pl.DataFrame, after: pl.DataFrame) -> None:
        """Look at a batch and what became of it, row by row."""
        if len(self._changed) >= self.most:
            return
        common = [name for name in self.names if name in set(self.names_after)]
        fresh = before.select(ROW, *common).join(
            after.select(
                ROW, *(pl.col(name).alias(f"\u001e{name}") for name in common), pl.lit(value=True).alias(_THERE)
            ),
            on=ROW,
            how="left",
            maintain_order="left",
        )
        differs = pl.any_horizontal(
            pl.col(_THERE).is_null(), *(pl.col(name).ne_missing(pl.col(f"\u001e{name}")) for name in common)
        )
        wanted = fresh.filter(differs)[ROW].head(self.most - len(self._changed)).to_list()
        self._keep(self._changed, wanted, before, after)
        if len(self._first) < self.most:
            self._keep(self._first, before[ROW].head(self.most - len(self._first)).to_list(), before, after)

    def _keep(
        self, into: dict[int, tuple[Row, Row | None]], rows: list[int], before: pl.DataFrame, after: pl.DataFrame
    ) -> None:
        if not rows:
            return
        old = before.filter(pl.col(ROW).is_in(rows)).select(ROW, *self.names)
        new = after.filter(pl.col(ROW).is_in(rows)).select(ROW, *self.names_after)
        found = {row[0]: row[1:] for row in new.iter_rows()}
        for row in old.iter_rows():
            into[row[0]] = (row[1:], found.get(row[0]))

    def lone(self, before: pl.DataFrame | None, after: pl.DataFrame | None) -> None:
        """Look at rows that have nothing to do with each other."""
        if before is not None and len(self._before) < self.most:
            self._before += before.select(self.names).head(self.most - len(self._before)).rows()
        if after is not None and len(self._after) < self.most:
            self._after += after.select(self.names_after).head(self.most - len(self._after)).rows()

    def result(self) -> tuple[tuple[int, ...], tuple[Row, ...], tuple[Row | None, ...]]:
        """Give the numbers of the rows, the rows before, the rows after."""
        if self._before or self._after:
            return tuple(range(1, len(self._before) + 1)), tuple(self._before), tuple(self._after)
        some = dict(self._changed)
        for row, pair in self._first.items():
            if len(some) < self.most:
                some.setdefault(row, pair)
        kept = sorted(some.items())
        return (
            tuple(row for row, _ in kept),
            tuple(before for _, (before, _) in kept),
            tuple(after for _, (_, after) in kept),
        )
