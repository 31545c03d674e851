"""Ways of making one column coarser, from its values as they are to one value for all, each nested in the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from attrs import frozen

from ckanext.ca3b.rgpd.context import is_about

from .coarser import age_band, band, generalised_date, nice_width
from .communes import department
from .values import moment, number

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOP = "*"
OTHER = "autre"
_SURE = 0.9


@frozen
class Level:
    """One way of writing a column: ``codes`` number the label of each distinct value, ``lost`` is from 0 to 1."""

    name: str
    labels: pl.Series
    codes: NDArray[np.int64]
    lost: float


def levels(header: str, values: pl.Series, counts: NDArray[np.int64], k: int, this_year: int) -> list[Level]:
    """Give the levels of a column: ``values`` are distinct (null for an empty cell), ``counts`` their rows.

    Dates go to month, year, five years, ten years; ages to bands of 5, 10, 20 and 40 years; numbers to bands that
    double; postal and INSEE codes to the département; other texts have their rare values put together under
    « autre ». All end with « * ».
    """
    frame = pl.DataFrame({"value": values})
    written = [("valeur", values)]
    text = pl.col("value")
    if _most(frame, moment(text, this_year)[2].is_not_null(), counts):
        if is_about(header, "quasi_age"):
            # A birth: what is wanted of it is an age, and years nest in no band but theirs.
            names = ("month", "year", "five_years", "decade")
        else:
            names = ("month", "year", "decade")
        written += [(name, frame.select(generalised_date(text, name, this_year))["value"]) for name in names]
    elif _most(frame, text.str.contains(r"^\s*(?:[0-9]{5}|2[AB][0-9]{3})\s*$"), counts):
        written.append(("département", pl.Series([department(value) for value in values], dtype=pl.String)))
    elif _most(frame, number(text).is_not_null(), counts):
        written += _bands(header, frame)
    else:
        written += _rare(values, counts, k)
    written.append(("tout", pl.Series([TOP] * values.len(), dtype=pl.String)))
    made: list[Level] = []
    known = entropy(counts)
    for name, labels in written:
        codes = _codes(labels)
        if made and int(codes.max(initial=0)) == int(made[-1].codes.max(initial=0)):
            continue
        kept = entropy(np.bincount(codes, weights=counts))
        made.append(Level(name, labels, codes, max(0.0, 1 - kept / known) if known else 0.0))
    return made


def entropy(counts: NDArray[np.int64] | NDArray[np.float64]) -> float:
    """Give Shannon's entropy, in bits, of values that occur ``counts`` times."""
    sizes = np.asarray(counts, dtype=float)
    sizes = sizes[sizes > 0]
    shares = sizes / sizes.sum() if sizes.size else sizes
    return float(max(0.0, -(shares * np.log2(shares)).sum())) if sizes.size else 0.0


def _most(frame: pl.DataFrame, test: pl.Expr, counts: NDArray[np.int64]) -> bool:
    filled = frame.select((pl.col("value").fill_null("").str.strip_chars() != "").alias("f"))["f"].to_numpy()
    good = frame.select(test.fill_null(value=False).alias("t"))["t"].to_numpy()
    total = counts[filled].sum()
    return bool(total and counts[filled & good].sum() >= _SURE * total)


def _bands(header: str, frame: pl.DataFrame) -> list[tuple[str, pl.Series]]:
    value = number(pl.col("value"))
    numbers = frame.select(value.alias("n"))["n"].drop_nulls()
    low, high = float(numbers.min() or 0), float(numbers.max() or 0)  # pyright: ignore[reportArgumentType]
    if numbers.len() < 3:
        return []
    if is_about(header, "quasi_age") and low >= 0 and high <= 130:
        widths = (5, 10, 20, 40)
        return [(f"{width} ans", frame.select(age_band(value, width).alias("b"))["b"]) for width in widths]
    first = nice_width(low, high, 24)
    if bool((numbers == numbers.round()).all()):
        first = max(first, 1.0)
    made = []
    for factor in (1, 2, 4, 8):
        width = first * factor
        if width > 1 or not bool((numbers == numbers.round()).all()):
            made.append((f"tranches de {width:g}", frame.select(band(value, width).alias("b"))["b"]))
    return made


def _rare(values: pl.Series, counts: NDArray[np.int64], k: int) -> list[tuple[str, pl.Series]]:
    total = int(counts.sum())
    made = []
    for least in sorted({k, 4 * k, total // 50, total // 10}):
        rare = pl.Series(counts < least)
        if least >= k and int(rare.sum()) > 1:
            frame = pl.DataFrame({"value": values, "rare": rare})
            shown = pl.when(pl.col("rare")).then(pl.lit(OTHER)).otherwise(pl.col("value"))
            made.append((f"moins de {least} ensemble", frame.select(shown.alias("v"))["v"]))
    return made


def _codes(labels: pl.Series) -> NDArray[np.int64]:
    found = labels.fill_null("\u0000").rank("dense").cast(pl.Int64) - 1
    return found.to_numpy().astype(np.int64)


__all__ = ["OTHER", "TOP", "Level", "entropy", "levels"]
