"""Small readings of what people type: dates, numbers, SIREN, keywords. No CKAN here."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

_FRENCH_DATE = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_EMAIL = re.compile(r"[^@\s<>()\[\],;:\\\"]+@[\w-]+(\.[\w-]+)*\.[a-zA-Z]{2,}")
_INSEE = re.compile(r"(0[1-9]|[1-8]\d|9[0-8]|2[AB])\d{3}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\ufeff]+")

MAX_KEYWORD = 100


def iso_date(text: str) -> str:
    """Return a date written ``22/11/2026`` as ``2026-11-22``; anything else as it is. Raises ValueError."""
    text = text.strip()
    found = _FRENCH_DATE.fullmatch(text)
    if not found:
        return text
    day, month, year = map(int, found.groups())
    return dt.date(year, month, day).isoformat()


def first_day(text: str) -> dt.date | None:
    """Return the first day of an ISO year, month, date or date-time; None when it cannot be read."""
    text = iso_date(text)
    if text.isdecimal() and len(text) == 4:
        text += "-01-01"
    elif _MONTH.fullmatch(text):
        text += "-01"
    try:
        return dt.datetime.fromisoformat(text).date()
    except ValueError:
        return None


def last_day(text: str) -> dt.date | None:
    """Return the last day of an ISO year, month, date or date-time; None when it cannot be read."""
    start = first_day(text)
    if start is None:
        return None
    if text.strip().isdecimal():
        return start.replace(month=12, day=31)
    if _MONTH.fullmatch(text.strip()):
        return (start.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    return start


def keywords(text: str) -> list[str]:
    """Return the keywords of a comma-separated text, each once, in order."""
    return unique_keywords(text.split(","))


def unique_keywords(words: list[str]) -> list[str]:
    """Return ``words`` cleaned (see :func:`keyword`), each once whatever its case, without the empty ones."""
    found: dict[str, str] = {}
    for word in map(keyword, words):
        if word:
            found.setdefault(word.casefold(), word)
    return list(found.values())


def keyword(text: str) -> str:
    """Return a keyword without control characters or doubled spaces, cut at 100 characters."""
    clean = " ".join(_CONTROL.sub(" ", text).split())
    return clean[:MAX_KEYWORD].rstrip()


def is_email(text: str) -> bool:
    """Tell whether ``text`` is written as an electronic address."""
    return bool(_EMAIL.fullmatch(text))


def is_web_address(text: str) -> bool:
    """Tell whether ``text`` is an http(s) address with a host and no space."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", text)


def is_insee_code(text: str) -> bool:
    """Tell whether ``text`` has the shape of a commune's code."""
    return bool(_INSEE.fullmatch(text))


def is_siren(text: str) -> bool:
    """Tell whether ``text`` is nine digits with the right key (Luhn)."""
    if not (text.isascii() and text.isdecimal() and len(text) == 9):
        return False
    doubled = [int(digit) * (1 + index % 2) for index, digit in enumerate(text)]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
