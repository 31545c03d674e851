"""Values for the eye: French numbers and dates, addresses as links; the data themselves are in the exports."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import ckan.plugins.toolkit as tk
from attrs import frozen
from babel.numbers import get_decimal_symbol, get_group_symbol

from ckanext.ca3b import formatting

LONGEST = 300
# « 2024 » may be a year: grouping begins with five figures, as French typography allows.
_GROUPED = 10_000


@frozen
class Cell:
    """``text`` as shown; ``link`` if an address; ``kind`` is ``number``, ``day`` or ''; ``cut`` if shortened."""

    text: str
    link: str = ""
    kind: str = ""
    cut: bool = False


def cell(value: Any) -> Cell:  # noqa: PLR0911 - one line per type
    """Write a value for the page."""
    if value is None:
        return Cell("")
    if isinstance(value, bool):
        return Cell(tk._("yes") if value else tk._("no"))
    if isinstance(value, int | float | Decimal):
        return Cell(_number(value), kind="number")
    if isinstance(value, dt.datetime):
        if value.tzinfo:
            value = value.astimezone(tk.h.get_display_timezone())
        return Cell(value.strftime("%d/%m/%Y %H:%M:%S" if value.second else "%d/%m/%Y %H:%M"), kind="day")
    if isinstance(value, dt.date):
        return Cell(value.strftime("%d/%m/%Y"), kind="day")
    text = str(value)
    link = text if _is_web(text) else ""
    if len(text) > LONGEST:
        return Cell(text[:LONGEST].rstrip() + "…", link, cut=True)
    return Cell(text, link)


def _number(value: float | Decimal) -> str:
    exact = Decimal(str(value))
    if not exact.is_finite():
        return str(value)
    locale = formatting.page_locale()
    grouped = f"{exact:,f}" if abs(exact) >= _GROUPED else f"{exact:f}"
    marks = {",": get_group_symbol(locale), ".": get_decimal_symbol(locale)}
    return "".join(marks.get(mark, mark) for mark in grouped)


def _is_web(text: str) -> bool:
    if not text.startswith(("http://", "https://")) or any(mark.isspace() for mark in text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False
