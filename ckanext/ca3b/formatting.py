"""Dates, numbers and file sizes in the language of the page.

CKAN's own helpers write "novembre 22, 2026, 16:03 (UTC)" and "1,2 mébi" in French; these follow the
locale instead (CLDR through Babel) and count sizes in powers of 1,000 as French desktops do.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation

import ckan.plugins.toolkit as tk
from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask_babel import get_locale

Moment = str | dt.date | dt.datetime | None
"""An ISO 8601 string, a date, or a datetime (naive means UTC, as everywhere in CKAN)."""

NBSP = "\u00a0"
_KILO = 1000


def page_locale() -> Locale:
    """Return the locale of the current request, or the portal's default one outside a request."""
    return get_locale() or Locale.parse(tk.config.get("ckan.locale_default") or "fr", sep="_")


def date(value: Moment, *, with_time: bool = False, with_seconds: bool = False) -> str:
    """Write a moment in full: ``22 novembre 2026``, or ``22 novembre 2026 à 16:03``.

    :param value: see :data:`Moment`; a date without hour is never shifted by the time zone.
    :param with_time: add hours and minutes, in ``ckan.display_timezone``, when the value has them.
    :param with_seconds: add hours, minutes and seconds in the same way.
    :returns: an empty string when there is no value or it is not a date.
    """
    moment = _parse(value)
    if moment is None:
        return ""
    locale = page_locale()
    day = format_date(moment, "long", locale=locale)
    if locale.language == "fr" and moment.day == 1:
        # CLDR writes "1 septembre"; French usage is the ordinal, for the first day alone.
        day = day.replace("1", "1er", 1)
    if not (with_time or with_seconds) or not isinstance(moment, dt.datetime):
        return day
    # Babel would shift an aware datetime to UTC: it is given the wall clock instead.
    time = format_time(moment.time(), "medium" if with_seconds else "short", locale=locale)
    return tk._("{date} at {time}").format(date=day, time=time)


def number(value: float | str | Decimal | None) -> str:
    """Write a number with the separators of the page: ``139 500`` (narrow no-break space), ``1,5``.

    :returns: an empty string for no value, the value itself when it is not a number.
    """
    if value is None or value == "":
        return ""
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return format_decimal(exact, locale=page_locale()) if exact.is_finite() else str(value)


def filesize(value: float | str | None) -> str:
    """Write a size given in bytes: ``512 octets``, ``1,2 Mo``; powers of 1,000, one decimal.

    :returns: an empty string when the size is unknown or makes no sense.
    """
    try:
        size = Decimal(str(value))
    except InvalidOperation:
        return ""
    if not size.is_finite() or size < 0:
        return ""
    unit, power = 0, Decimal(1)
    # 999 950 would round to "1 000,0 ko": it belongs to the next unit.
    while unit < 4 and round(size / power, 1 if unit else 0) >= _KILO:
        unit, power = unit + 1, power * _KILO
    figure = format_decimal(round(size / power, 1 if unit else 0), locale=page_locale())
    if unit == 0:
        return tk.ungettext("{size} byte", "{size} bytes", int(size)).format(size=figure)
    return _larger_units()[unit - 1].format(size=figure)


def _larger_units() -> tuple[str, str, str, str]:
    return tk._("{size} kB"), tk._("{size} MB"), tk._("{size} GB"), tk._("{size} TB")


def _parse(value: Moment) -> dt.date | dt.datetime | None:
    """Return a date, or a datetime moved to the portal's display time zone."""
    if isinstance(value, str):
        text = value.strip()
        try:
            value = dt.date.fromisoformat(text) if len(text) == len("2026-11-22") else dt.datetime.fromisoformat(text)
        except ValueError:
            return None
    if not isinstance(value, dt.datetime):
        return value
    aware = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    return aware.astimezone(tk.h.get_display_timezone())
