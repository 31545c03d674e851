"""Dates, times, years and durations."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl
from dateutil import parser as dateutil

from .base import BOUNDS, Reader, attempt

if TYPE_CHECKING:
    from ckanext.ca3b.tables.schemas import Field

_ORDERED = ("required", *BOUNDS, "enum")
_ISO_DATE = r"^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}$"
_ISO_MOMENT = (
    r"^[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    r"(?:\.[0-9]{1,6})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?$"
)


def date_reader(field: Field) -> Reader:
    """Days: AAAA-MM-JJ, a ``strptime`` form, or ``any``."""
    form = "%Y-%m-%d" if field.format == "default" else field.format
    iso = form == "%Y-%m-%d"

    def read(text: str) -> dt.date:
        if form == "any":
            return dateutil.parse(text).date()
        return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone

    def day(text: pl.Expr) -> pl.Expr:
        return text.str.to_date("%Y-%m-%d", strict=False)

    return Reader(
        parse=attempt(read),
        constraints=_ORDERED,
        key=dt.date.isoformat,
        sure=(lambda text: text.str.contains(_ISO_DATE) & day(text).is_not_null()) if iso else None,
        measure=day,
        literal=lambda value: value,
        sure_key=(lambda text: text) if iso else None,
    )


def datetime_reader(field: Field) -> Reader:
    """Moments: ISO 8601 with seconds, a ``strptime`` form, or ``any``."""

    def read(text: str) -> dt.datetime | None:
        if field.format == "any":
            return dateutil.parse(text)
        if field.format != "default":
            return dt.datetime.strptime(text, field.format)  # noqa: DTZ007 - the form says whether there is a zone
        return dateutil.isoparse(text) if len(text) >= 19 and text[16] == ":" else None

    def sure(text: pl.Expr) -> pl.Expr:
        day = text.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)
        return text.str.contains(_ISO_MOMENT) & day.is_not_null()

    return Reader(
        parse=attempt(read),
        constraints=_ORDERED,
        key=_moment_key,
        sure=sure if field.format == "default" else None,
    )


def _moment_key(value: dt.datetime) -> str:
    try:
        return (value.astimezone(dt.UTC) if value.utcoffset() is not None else value).isoformat()
    except (ValueError, OverflowError):
        # An offset of a day or more is read, as frictionless does, but no moment of the world is that one.
        return f"{value.replace(tzinfo=None).isoformat()} {value.tzinfo!r}"


def time_reader(field: Field) -> Reader:
    """Hours: HH:MM:SS, a ``strptime`` form, or ``any``."""

    def read(text: str) -> dt.time | None:
        if field.format == "any":
            return dateutil.parse(text).timetz()
        if field.format != "default":
            return dt.datetime.strptime(text, field.format).timetz()  # noqa: DTZ007 - same
        return dateutil.isoparse(f"2000-01-01T{text}").timetz() if len(text) >= 8 and text[5] == ":" else None

    return Reader(parse=attempt(read), constraints=_ORDERED, key=dt.time.isoformat)


def year_reader(_: Field) -> Reader:
    """Years on four characters."""

    def read(text: str) -> int | None:
        year = int(text) if len(text) == 4 else -1
        return year if year >= 0 else None

    def parse(text: str) -> int | None:
        # A bound may be written -1 or 12: it is a number there, not a cell.
        return attempt(read)(text)

    return Reader(
        parse=parse,
        constraints=_ORDERED,
        sure=lambda text: text.str.contains("^[0-9]{4}$"),
        measure=lambda text: text.cast(pl.Int64, strict=False),
        literal=lambda value: value,
        sure_key=lambda text: text.cast(pl.Int64, strict=False).cast(pl.String),
    )


def yearmonth_reader(_: Field) -> Reader:
    """Months: AAAA-MM."""

    def read(text: str) -> tuple[int, int] | None:
        year, month = (int(part) for part in text.split("-"))
        return (year, month) if 1 <= month <= 12 else None

    return Reader(parse=attempt(read), constraints=_ORDERED)


def duration_reader(_: Field) -> Reader:
    """ISO 8601 durations."""
    import isodate  # noqa: PLC0415 - no schema of ours has any

    def key(value: Any) -> str:
        return str(value.total_seconds()) if isinstance(value, dt.timedelta) else repr(value)

    return Reader(parse=attempt(isodate.parse_duration), constraints=("required", "enum"), key=key)
