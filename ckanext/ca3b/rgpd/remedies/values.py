"""Numbers and dates as French files write them, read by expressions; what is not one is null."""

from __future__ import annotations

import polars as pl

_MONTHS = {
    "jan": 1, "fev": 2, "fév": 2, "mar": 3, "avr": 4, "mai": 5, "juin": 6, "juil": 7, "aou": 8, "aoû": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12, "déc": 12,
}  # fmt: skip
_ISO = r"^\s*([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?(?:[ T].*)?\s*$"
_DAY_FIRST = r"^\s*([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4}|[0-9]{2})(?:[ T].*)?\s*$"
_COMPACT = r"^\s*((?:18|19|20)[0-9]{2})([01][0-9])([0-3][0-9])\s*$"
_COMPACT_DAY_FIRST = r"^\s*([0-3][0-9])([01][0-9])((?:18|19|20)[0-9]{2})\s*$"
_WORDS = r"(?i)^\s*([0-9]{1,2})(?:er)?\s+([a-zéû]{3,9})\.?\s+([0-9]{4})\s*$"
_YEAR = r"^\s*((?:18|19|20)[0-9]{2})\s*$"


def number(value: pl.Expr) -> pl.Expr:
    """Read « 1 234,56 € », « 1.234,56 », « 42 ans » or « 12 % » as a Float64."""
    bare = (
        value.str.strip_chars().str.replace_all(r"[\s\x{a0}\x{202f}'’]", "").str.replace(r"(?i)(?:€|%|ans?|eur)$", "")
    )
    dotted = bare.str.contains(r"^[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]*$")
    bare = pl.when(dotted).then(bare.str.replace_all(".", "", literal=True)).otherwise(bare)
    plain = bare.str.replace(",", ".", literal=True)
    return pl.when(plain.str.contains(r"^[+-]?[0-9]+(?:\.[0-9]*)?$|^[+-]?\.[0-9]+$")).then(
        plain.cast(pl.Float64, strict=False)
    )


def moment(value: pl.Expr, this_year: int) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Read a date as (year, month, day); month and day are null where only the year is written.

    A year of two digits is the last one that is not after ``this_year``.
    """
    year = pl.coalesce(
        value.str.extract(_ISO, 1),
        _century(value.str.extract(_DAY_FIRST, 3), this_year),
        value.str.extract(_COMPACT, 1),
        value.str.extract(_COMPACT_DAY_FIRST, 3),
        pl.when(_month_of(value).is_not_null()).then(value.str.extract(_WORDS, 3)),
        value.str.extract(_YEAR, 1),
    ).cast(pl.Int32, strict=False)
    month = pl.coalesce(
        value.str.extract(_ISO, 2),
        value.str.extract(_DAY_FIRST, 2),
        value.str.extract(_COMPACT, 2),
        value.str.extract(_COMPACT_DAY_FIRST, 2),
        _month_of(value).cast(pl.String),
    ).cast(pl.Int32, strict=False)
    day = pl.coalesce(
        value.str.extract(_ISO, 3),
        value.str.extract(_DAY_FIRST, 1),
        value.str.extract(_COMPACT, 3),
        value.str.extract(_COMPACT_DAY_FIRST, 1),
        value.str.extract(_WORDS, 1),
    ).cast(pl.Int32, strict=False)
    return year, month, day


def _century(text: pl.Expr, this_year: int) -> pl.Expr:
    short = text.str.len_bytes() == 2
    two = text.cast(pl.Int32, strict=False)
    century = this_year // 100 * 100
    whole = pl.when(two + century > this_year).then(two + century - 100).otherwise(two + century)
    return pl.when(short).then(whole.cast(pl.String)).otherwise(text)


def _month_of(value: pl.Expr) -> pl.Expr:
    word = value.str.extract(_WORDS, 2).str.to_lowercase()
    found = pl.lit(None, dtype=pl.Int32)
    for start, month in _MONTHS.items():
        found = pl.when(word.str.starts_with(start)).then(pl.lit(month, dtype=pl.Int32)).otherwise(found)
    return found


def whole(value: pl.Expr) -> pl.Expr:
    """Write a number without needless decimals: « 1200 », « 12.5 »."""
    return (
        pl.when(value == value.round())
        .then(value.cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(value.round(6).cast(pl.String))
    )
