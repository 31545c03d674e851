"""How many people share each combination of traits: k-anonymity and l-diversity, on every row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .sources import Part


@frozen
class Singling:
    """Of the combinations of ``columns``: the smallest group, rows in groups under k, rows alone, diversity.

    ``diversity`` is the least number of different sensitive values in a group, 0 without a sensitive column.
    """

    columns: tuple[str, ...]
    smallest: int
    under: int
    alone: int
    diversity: int


def singling(part: Part, columns: Sequence[str], k: int, sensitive: Sequence[str] = ()) -> Singling:
    """Count the groups of ``columns``; empty cells are a value like another, case and outer blanks are not."""
    groups: list[pl.DataFrame] = []
    for batch in part.batches():
        traits = pl.concat_str(
            [pl.col(name).fill_null("").str.strip_chars().str.to_lowercase() for name in columns], separator="\u001f"
        )
        secrets = (
            pl.concat_str([pl.col(name).fill_null("") for name in sensitive], separator="\u001f")
            if sensitive
            else pl.lit("")
        )
        frame = batch.select(traits.hash(seed=7).alias("group"), secrets.hash(seed=7).alias("secret"))
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
    )
