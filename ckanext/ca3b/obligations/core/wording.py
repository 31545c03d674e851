"""Sentences as French prints them: no-break spaces, numbers, dates. Plain values in, plain text out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

_NBSP, _THIN = "\u00a0", "\u202f"
_BEFORE = re.compile(r" (?=[:;?!»%€])")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def french(text: str) -> str:
    """Put the no-break spaces and the apostrophes that French wants: ``« 3 500 »`` stays on one line."""
    text = _BEFORE.sub(_NBSP, text.replace("« ", f"«{_NBSP}").replace("'", "’"))
    return _THOUSANDS.sub(_THIN, text).replace("n° ", f"n°{_NBSP}")


def number(value: float) -> str:
    """Write ``3500`` as « 3 500 » and ``49.5`` as « 49,5 »."""
    whole = int(value) == value
    text = f"{int(value):,}" if whole else f"{value:,.1f}".replace(".", "§")
    return text.replace(",", _THIN).replace("§", ",")


def day(value: dt.date) -> str:
    """Write a date in full: « 1er juin 2024 »."""
    first = "1er" if value.day == 1 else str(value.day)
    return f"{first} {_MONTHS[value.month - 1]} {value.year}"
