"""Coordinates as people write them, read by whole columns: decimal commas, degrees minutes seconds, pairs.

Every function takes texts and gives floats, null where a text is no coordinate. Nothing here knows of headers.
"""

from __future__ import annotations

import numpy as np
import polars as pl

_SIGN = r"[+\-−–]?"
_LETTERS = "NSEWOnsewo"
# Degrees, minutes and seconds, in any of the signs of a keyboard or of a typographer.
_SEXAGESIMAL = (
    rf"^\s*(?P<before>[{_LETTERS}])?\s*(?P<sign>{_SIGN})\s*(?P<degrees>\d{{1,3}}(?:[.,]\d+)?)\s*(?:°|º|˚|d|deg)?"
    r"(?:\s*(?P<minutes>\d{1,2}(?:[.,]\d+)?)\s*(?:'|’|‘|′|´|m|min)?"
    r"(?:\s*(?P<seconds>\d{1,2}(?:[.,]\d+)?)\s*(?:\"|”|“|″|''|’’|′′|s|sec)?)?)?"
    rf"\s*(?P<after>[{_LETTERS}])?\s*$"
)
_DECIMAL = rf"{_SIGN}\d{{1,9}}(?:[.,]\d+)?"
_PAIR = rf"^\s*[\[({{]?\s*({_DECIMAL})\s*(?:[;|/]|,\s|,|\s)\s*({_DECIMAL})\s*[\])}}]?\s*$"
_PAIR_DEGREES = (
    r"^\s*[\[(]?\s*(.+?[NSns])\s*[,;/|]?\s*([^NSns]+[EWOewo])\s*[\])]?\s*$",
    r"^\s*[\[(]?\s*([NSns].+?)[,;/|\s]+([EWOewo][^NSns]+?)\s*[\])]?\s*$",
)
_NAMED_LATITUDE = rf"""(?i)["']?lat(?:itude)?["']?\s*[:=]\s*["']?({_DECIMAL})"""
_NAMED_LONGITUDE = rf"""(?i)["']?(?:lon|lng|long|longitude)["']?\s*[:=]\s*["']?({_DECIMAL})"""


def degrees(texts: pl.Series) -> pl.Series:
    """Read latitudes or longitudes: ``46.2051``, ``46,2051``, ``46°12'18"N``, ``5 13 45 O``, ``N 46° 12.3′``."""
    values = _plain(texts)
    rest = values.is_null() & texts.is_not_null()
    if not rest.any():
        return values
    parts = texts.filter(rest).to_frame("text").select(pl.col("text").str.extract_groups(_SEXAGESIMAL)).unnest("text")
    read = parts.select(
        pl.when(pl.col("degrees").str.contains("[.,]") & pl.col("minutes").is_not_null())
        .then(None)
        .otherwise(_sexagesimal())
    ).to_series()
    return _placed(values, rest, read)


def metres(texts: pl.Series) -> pl.Series:
    """Read projected coordinates: ``871234.5``, ``871 234,56``, ``871.234,56``, ``6 570 000 m``."""
    values = _plain(texts)
    rest = values.is_null() & texts.is_not_null()
    if not rest.any():
        return values
    written = texts.filter(rest).str.replace_all(r"[\s\u00a0\u202f']", "").str.replace(r"(?i)m$", "")
    comma_last = written.str.contains(r"\..*,")
    point_last = written.str.contains(r",.*\.")
    frame = pl.DataFrame({"text": written, "comma": comma_last, "point": point_last})
    read = frame.select(
        pl.when("comma")
        .then(pl.col("text").str.replace_all(".", "", literal=True))
        .when("point")
        .then(pl.col("text").str.replace_all(",", "", literal=True))
        .otherwise("text")
        .str.replace(",", ".", literal=True)
        .cast(pl.Float64, strict=False)
    ).to_series()
    return _placed(values, rest, read)


def pairs(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Read two coordinates in one cell, as (first, second); a cell that names them gives (latitude, longitude).

    ``46.2, 5.2``, ``46,2 ; 5,2``, ``[5.2, 46.2]``, ``{"lon": 5.2, "lat": 46.2}``, ``46°12'N 5°13'E``.
    """
    groups = texts.to_frame("text").select(pl.col("text").str.extract_groups(_PAIR)).unnest("text")
    first, second = _plain(groups["1"]), _plain(groups["2"])
    rest = first.is_null() & texts.is_not_null()
    if not rest.any():
        return first, second
    others = texts.filter(rest)
    latitude, longitude = _plain(others.str.extract(_NAMED_LATITUDE)), _plain(others.str.extract(_NAMED_LONGITUDE))
    for pattern in _PAIR_DEGREES:
        latitude = _filled(latitude, degrees(others.str.extract(pattern, 1)))
        longitude = _filled(longitude, degrees(others.str.extract(pattern, 2)))
    return _placed(first, rest, latitude), _placed(second, rest, longitude)


def named_pairs(texts: pl.Series) -> float:
    """Give the share of the filled cells that say which coordinate is which."""
    filled = texts.drop_nulls()
    return share(filled.str.contains(_NAMED_LATITUDE) | filled.str.contains(f"[{_LETTERS}]"))


def share(marks: pl.Series) -> float:
    """Give the share of true marks among those that are known, 0 when none is."""
    known = marks.drop_nulls()
    return int(known.sum()) / known.len() if known.len() else 0.0


def decimals(texts: pl.Series) -> float:
    """Give the middle number of decimals of the filled cells, which tells coordinates from measures."""
    tails = texts.drop_nulls().str.extract(r"[.,](\d+)\D*$").str.len_chars().fill_null(0)
    return float(np.median(tails.to_numpy())) if tails.len() else 0.0


def _plain(texts: pl.Series) -> pl.Series:
    """Read what is a number but for its decimal comma and a few signs."""
    written = texts.str.strip_chars(" \u00a0\u202f°\t").str.replace(",", ".", literal=True)
    read = written.str.replace(r"^[−–]", "-").cast(pl.Float64, strict=False)
    # « NaN » and « inf » are numbers for a parser, not for a map; digits grouped by commas are no decimals.
    return read.set(~read.is_finite().fill_null(value=True), None)


def _sexagesimal() -> pl.Expr:
    def part(name: str) -> pl.Expr:
        return pl.col(name).str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)

    minutes, seconds = part("minutes").fill_null(0), part("seconds").fill_null(0)
    size = part("degrees") + minutes / 60 + seconds / 3600
    letters = pl.col("before").fill_null("") + pl.col("after").fill_null("")
    negative = letters.str.contains("[SWOswo]") | pl.col("sign").is_in(["-", "−", "–"])
    absurd = (minutes >= 60) | (seconds >= 60) | (letters.str.len_chars() > 1)
    return pl.when(absurd).then(None).when(negative).then(-size).otherwise(size)


def _filled(values: pl.Series, others: pl.Series) -> pl.Series:
    return pl.select(pl.coalesce(values, others)).to_series()


def _placed(values: pl.Series, rows: pl.Series, others: pl.Series) -> pl.Series:
    """Give ``values`` with ``others`` at the marked ``rows``, in order."""
    return values.scatter(rows.arg_true(), others)
