"""What a table says of time and place: its period, and the communes of the territory that it names.

Imports nothing of the portal.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import polars as pl

from ckanext.ca3b.tables import typed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ckanext.ca3b.tables import Column, Table

DATES = ("date", "datetime")
# Dates that are not about what the table describes: when a person was born, when a row was written.
_ASIDE = re.compile(r"naissance|maj|mise a jour|modif|saisie|import|extraction|creation|created|updated")
_YEAR = re.compile(r"^(annee|exercice|year|millesime)\b")
_INSEE = re.compile(r"insee|\bcog\b|codgeo|depcom|citycode|code commune|commune code")
_OLDEST = 1500


def facts(table: Table, communes: Collection[str]) -> dict[str, Any]:
    """Return ``{period: {start, end} | None, communes: [INSEE codes]}`` of a table, in one pass over its rows.

    The period goes from the earliest to the latest date of the first column of dates that is about the subject,
    else over the years of a column of years; days as ``AAAA-MM-JJ``.

    :param communes: INSEE codes of the territory; those found in columns of INSEE codes are returned, sorted.
    """
    words = {column.name: _plain(column.header or column.name) for column in table.columns}
    date = _first(column for column in table.columns if column.type in DATES and not _ASIDE.search(words[column.name]))
    year = _first(column for column in table.columns if _YEAR.search(words[column.name]))
    codes = [column.name for column in table.columns if _INSEE.search(words[column.name])]
    period, found = _Span(), set[str]()
    if not (date or year or codes):
        return {"period": None, "communes": []}
    for frame in table.batches():
        if date:
            period.add(typed(frame.select(date.name), [date]).to_series())
        elif year:
            period.add_years(frame.get_column(year.name))
        for name in codes:
            found |= set(communes) & set(frame.get_column(name).str.strip_chars().unique().drop_nulls())
    return {"period": period.as_dict(), "communes": sorted(found)}


class _Span:
    """The earliest and the latest day of some columns."""

    def __init__(self) -> None:
        self.start: dt.date | None = None
        self.end: dt.date | None = None

    def add(self, values: pl.Series) -> None:
        days = values.cast(pl.Date, strict=False).drop_nulls()
        # « 0001-01-01 » is how some software writes « no date », and a term without end is written 9999.
        days = days.filter(days.is_between(dt.date(_OLDEST, 1, 1), _horizon()))
        if len(days):
            self._include(days.min(), days.max())

    def add_years(self, values: pl.Series) -> None:
        years = values.str.strip_chars().cast(pl.Int32, strict=False).drop_nulls()
        years = years.filter(years.is_between(_OLDEST, _horizon().year))
        if len(years):
            first, last = years.min(), years.max()
            self._include(dt.date(int(first), 1, 1), dt.date(int(last), 12, 31))  # pyright: ignore[reportArgumentType]

    def as_dict(self) -> dict[str, str] | None:
        if self.start is None or self.end is None:
            return None
        return {"start": self.start.isoformat(), "end": self.end.isoformat()}

    def _include(self, start: Any, end: Any) -> None:
        self.start = min(self.start or start, start)
        self.end = max(self.end or end, end)


def _horizon() -> dt.date:
    today = dt.datetime.now(dt.UTC).date()
    return dt.date(today.year + 50, 12, 31)


def _first(columns: Iterable[Column]) -> Column | None:
    return next(iter(columns), None)


def _plain(header: str) -> str:
    """Return a header in small letters, without accents, its words separated by one space."""
    bare = "".join(char for char in unicodedata.normalize("NFD", header) if not unicodedata.combining(char))
    return " ".join(re.sub(r"([a-z])([A-Z])", r"\1 \2", bare).lower().replace("_", " ").replace("-", " ").split())
