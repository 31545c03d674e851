"""Values made coarser, as expressions: dates, ages and numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import polars as pl

from .values import moment, whole

if TYPE_CHECKING:
    from collections.abc import Sequence

OLDEST = 80
"""From this age on, one band: the very old are few and bands of 5, 10, 20 and 40 years all end there."""


def generalised_date(value: pl.Expr, level: str, this_year: int, width: int = 10) -> pl.Expr:
    """Write a date at ``level``; null where it is none.

    ``age_band`` is the age reached within ``this_year``, in bands of ``width`` years: « 30-39 ans ».
    """
    year, month, _ = moment(value, this_year)
    if level == "month":
        written = year.cast(pl.String) + "-" + month.cast(pl.String).str.zfill(2)
        return pl.when(month.is_between(1, 12)).then(written)
    if level == "year":
        return year.cast(pl.String)
    if level == "age_band":
        return age_band(pl.when(year <= this_year).then(this_year - year), width)
    size = 5 if level == "five_years" else 10
    start = year // size * size
    return start.cast(pl.String) + "-" + (start + size - 1).cast(pl.String)


def age_band(age: pl.Expr, width: int) -> pl.Expr:
    """Write an age as « 30-39 ans », or « 80 ans et plus »."""
    top = -(-OLDEST // width) * width
    start = (age // width * width).cast(pl.Int64)
    band = start.cast(pl.String) + "-" + (start + width - 1).cast(pl.String) + " ans"
    return pl.when(age >= top).then(pl.lit(f"{top} ans et plus")).when(age >= 0).then(band)


def band(value: pl.Expr, width: float) -> pl.Expr:
    """Write a number as « de 1000 à moins de 1500 »; null where it is none."""
    start = (value / width).floor() * width
    return pl.lit("de ") + whole(start) + " à moins de " + whole(start + width)


def bounded(value: pl.Expr, bounds: Sequence[float]) -> pl.Expr:
    """Write a number as its band between ``bounds``, open at both ends; null where it is none."""
    texts = [str(int(bound)) if bound == int(bound) else repr(bound) for bound in bounds]
    # The chain is built from the last band to the first.
    chain = pl.when(value.is_not_null()).then(pl.lit(f"{texts[-1]} et plus"))
    for low, high, bound in reversed(list(zip(texts, texts[1:], bounds[1:], strict=False))):
        chain = pl.when(value < bound).then(pl.lit(f"de {low} à moins de {high}")).otherwise(chain)
    return pl.when(value < bounds[0]).then(pl.lit(f"moins de {texts[0]}")).otherwise(chain)


def nice_width(low: float, high: float, bands: int) -> float:
    """Give the round width (1, 2 or 5 times a power of ten) that cuts a range in about ``bands``."""
    raw = max((high - low) / bands, 1e-9)
    power = 10.0 ** math.floor(math.log10(raw))
    return next((step * power for step in (1, 2, 5) if step * power >= raw), 10 * power)
