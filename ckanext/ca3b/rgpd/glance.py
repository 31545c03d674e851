"""What can be told of a batch of rows by itself: which cells are worth judging, small numbers, traits as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from attrs import field, frozen

from .combine import numbered
from .detectors import DETECTORS
from .model import LOCATED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .detectors import Detector
    from .observe import ColumnEvidence

_SMALL_NUMBER = r"^\s*0*[1-9][0-9]?(?:[.,]0+)?\s*$"
# Of this many cells, a column whose different values are at most one in so many is read by its values.
_FIRST, _REPEATED = 2000, 8
_SEARCHED = [detector for detector in DETECTORS.values() if detector.searched]
_SHORTEST = min(detector.min_length for detector in _SEARCHED)
_CODES = "(?m)" + "|".join(f"(?:{detector.candidate})" for detector in _SEARCHED if detector.code)
_ANYTHING = "(?m)" + "|".join(f"(?:{detector.candidate})" for detector in _SEARCHED if detector.candidate)


@frozen
class Glance:
    """A batch and what it is made of, column by column; rows are numbered from 0.

    ``candidates`` gives by place of a column the cells worth judging (``row``, ``value``) for each category;
    ``bare`` are the rows without the number of a body; ``small`` gives, for columns of counts, each small number with
    its first rows and how many it has, and ``great``, for columns of shares, those above a limit.
    """

    batch: pl.DataFrame
    filled: list[int]
    longest: list[int]
    candidates: dict[int, list[tuple[Detector, pl.DataFrame]]]
    bare: pl.Series | None
    traits: pl.DataFrame | None
    small: dict[int, pl.DataFrame]
    great: dict[int, Great]


@frozen
class Wanted:
    """What is looked at beside the categories: the columns with the number of a body, those kept as numbers, the places
    of those whose small numbers are counted, and from the places of those of shares to a percentage.
    """

    bodies: Sequence[str] = ()
    traits: Sequence[str] = ()
    counted: Sequence[int] = ()
    shares: Mapping[int, float] = field(factory=dict)


@frozen
class Great:
    """Of a column of shares, the greatest number, and (kind, first rows, how many) of those above a limit."""

    greatest: float
    above: list[tuple[str, list[int], int]]


def glance_at(batch: pl.DataFrame, columns: Sequence[ColumnEvidence], wanted: Wanted) -> Glance:
    """Look at ``batch``; of ``columns`` only their headers are read, so that batches may be looked at in any order."""
    names = batch.columns
    about = batch.select(
        *(pl.col(name).str.len_bytes().max().alias(f"{place} longest") for place, name in enumerate(names)),
        *(pl.col(name).count().alias(f"{place} filled") for place, name in enumerate(names)),
    ).row(0)
    longest, filled = [length or 0 for length in about[: len(names)]], list(about[len(names) :])
    candidates = _candidates(batch, columns, longest) if batch.height else {}
    bare = (
        batch.select(pl.all_horizontal(pl.col(name).is_null() for name in wanted.bodies)).to_series()
        if wanted.bodies and candidates
        else None
    )
    return Glance(
        batch,
        filled,
        longest,
        candidates,
        bare,
        numbered(batch, wanted.traits) if wanted.traits else None,
        {place: _small(batch[names[place]]) for place in wanted.counted},
        {place: _great(batch[names[place]], percent) for place, percent in wanted.shares.items()},
    )


def _candidates(
    batch: pl.DataFrame, columns: Sequence[ColumnEvidence], longest: Sequence[int]
) -> dict[int, list[tuple[Detector, pl.DataFrame]]]:
    """Give the cells worth judging: columns are read as one text each, those of few values as these values.

    A first expression tells the columns where something is, a second whether numbers are; a regular expression on a
    long text costs one step a byte, on each cell its start too.
    """
    found: dict[int, list[tuple[Detector, pl.DataFrame]]] = {}
    places = [place for place in range(len(columns)) if longest[place] >= _SHORTEST]
    if not places:
        return found
    values = {place: _values(batch[batch.columns[place]]) for place in places}
    texts = pl.DataFrame([values[place].str.join("\n").alias(str(place)) for place in places])
    some = texts.select(pl.col(name).str.contains(_ANYTHING) for name in texts.columns).row(0, named=True)
    codes = texts.select(pl.col(name).str.contains(_CODES) for name in texts.columns if some[name])
    coded = codes.row(0, named=True) if codes.width else {}
    asked = [
        (place, detector)
        for place in places
        for detector in _SEARCHED
        if longest[place] >= detector.min_length
        and (
            _told(columns[place], longest[place])
            if detector.words
            else some[str(place)] and (coded[str(place)] or not detector.code)
        )
    ]
    if not asked:
        return found
    told = texts.select(detector.test(pl.col(str(place))).alias(str(at)) for at, (place, detector) in enumerate(asked))
    present = [pair for pair, held in zip(asked, told.row(0), strict=True) if held]
    masks = batch.select(
        detector.test(pl.col(batch.columns[place])).alias(str(at)) for at, (place, detector) in enumerate(present)
    )
    for at, (place, detector) in enumerate(present):
        rows = masks[str(at)].arg_true()
        if rows.len():
            cells = pl.DataFrame({"row": rows, "value": batch[batch.columns[place]].gather(rows)})
            found.setdefault(place, []).append((detector, cells))
    return found


def _values(cells: pl.Series) -> pl.Series:
    """Give the different values of a column that repeats them, or all its cells."""
    first = cells.head(_FIRST)
    return cells.unique() if first.n_unique() * _REPEATED <= first.len() else cells


def _told(column: ColumnEvidence, longest: int) -> bool:
    """Tell whether the words of sensitive matters are sought: where somebody wrote."""
    return longest >= 40 or not column.headed or DETECTORS["free_text"].named(column.name)


def _small(values: pl.Series) -> pl.DataFrame:
    """Give the small numbers of a column of counts, in their order: the number, its first rows, how many."""
    cells = pl.DataFrame({"value": values}).with_row_index("row")
    numbers = cells.filter(pl.col("value").str.contains(_SMALL_NUMBER)).select(
        pl.col("value").str.extract("([0-9]+)").cast(pl.Int64).alias("number"), "row"
    )
    return numbers.group_by("number", maintain_order=True).agg(
        pl.col("row").head(LOCATED).alias("rows"), pl.len().alias("count")
    )


def _great(values: pl.Series, percent: float) -> Great:
    """Find the shares above ``percent``, as percentages and as numbers from 0 to 1: their greatest tells which of the
    two they are.
    """
    text = values.str.strip_chars(" \u00a0\u202f%").str.replace(",", ".", literal=True)
    numbers = text.cast(pl.Float64, strict=False).fill_nan(None)
    greatest = float(numbers.max() or 0)  # pyright: ignore[reportArgumentType] # a number
    above = (("percent", numbers > percent), ("ratio", (numbers > percent / 100) & (numbers <= 1)))
    found = [(kind, rows.arg_true()) for kind, rows in above]
    return Great(greatest, [(kind, rows.head(LOCATED).to_list(), rows.len()) for kind, rows in found if rows.len()])
