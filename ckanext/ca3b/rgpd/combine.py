"""How many people share each combination of traits: k-anonymity and l-diversity, on every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from attrs import define, field, frozen

from .model import LOCATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .sources import Part

_KEPT = 12_000_000
"""Cells kept from the first reading, eight bytes each; beyond, the file is read again."""


@frozen
class Singling:
    """Of the combinations of ``columns``: the smallest group, rows in groups under k, rows alone, diversity.

    ``diversity`` is the least number of different sensitive values in a group, 0 without a sensitive column; ``rows``
    are the first rows, from 1, in groups under k.
    """

    columns: tuple[str, ...]
    smallest: int
    under: int
    alone: int
    diversity: int
    rows: tuple[int, ...] = ()


@define
class Traits:
    """The values of some columns as numbers, taken while the file is read; no value can be had back from them."""

    columns: tuple[str, ...]
    batches: list[pl.DataFrame] | None = field(factory=list)
    cells: int = 0

    def add(self, batch: pl.DataFrame) -> None:
        """Take the rows of a batch, as :func:`numbered` gives them; gives up when they are too many to keep."""
        self.cells += batch.height * len(self.columns)
        if self.cells > _KEPT:
            self.batches = None
        if self.batches is not None and self.columns:
            self.batches.append(batch)

    def of(self, part: Part, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
        """Give the numbers of ``columns``, by reading ``part`` again when they were not kept."""
        if self.batches is not None and set(columns) <= set(self.columns):
            return iter(self.batches)
        return (numbered(batch, columns) for batch in part.batches())


def numbered(batch: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Give the values of ``columns`` as numbers.

    Empty cells are a value like another; case and outer blanks make no other value.
    """
    return batch.select(
        pl.col(name).fill_null("").str.strip_chars().str.to_lowercase().hash(seed=7).alias(name) for name in columns
    )


def singling(
    part: Part, columns: Sequence[str], k: int, sensitive: Sequence[str] = (), traits: Traits | None = None
) -> Singling:
    """Count the groups of ``columns``; ``traits`` are those of ``part``, when they were taken."""
    groups: list[pl.DataFrame] = []
    kept = traits or Traits(())
    for numbers in kept.of(part, [*columns, *sensitive]):
        secret = pl.struct(sensitive).hash(seed=7) if sensitive else pl.lit(0, dtype=pl.UInt64)
        frame = numbers.select(pl.struct(columns).hash(seed=7).alias("group"), secret.alias("secret"))
        groups.append(frame.group_by("group", "secret").len())
    if not groups:
        return Singling(tuple(columns), 0, 0, 0, 0)
    counted = pl.concat(groups).group_by("group").agg(pl.col("len").sum(), pl.col("secret").n_unique().alias("kinds"))
    sizes = counted["len"]
    return Singling(
        tuple(columns),
        int(sizes.min() or 0),  # pyright: ignore[reportArgumentType] # integers have an integer minimum
        int(sizes.filter(sizes < k).sum()),
        int((sizes == 1).sum()),
        int(counted["kinds"].min() or 0) if sensitive else 0,  # pyright: ignore[reportArgumentType]
        _rows(kept.of(part, [*columns, *sensitive]), columns, counted.filter(pl.col("len") < k)["group"]),
    )


def _rows(batches: Iterator[pl.DataFrame], columns: Sequence[str], groups: pl.Series) -> tuple[int, ...]:
    """Locate the first rows of ``groups``."""
    found: list[int] = []
    offset = 0
    if not groups.len():
        return ()
    for numbers in batches:
        rows = numbers.select(pl.struct(columns).hash(seed=7).is_in(groups.implode())).to_series().arg_true()
        found += [offset + row + 1 for row in rows.head(LOCATED - len(found)).to_list()]
        offset += numbers.height
        if len(found) >= LOCATED:
            break
    return tuple(found)
