"""Rules for dates, numbers, yes-or-no words and lists of values: from one text to the text the schema wants."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING

from ckanext.ca3b.tables.values import FALSE_WORDS, SPACES, TRUE_WORDS
from ckanext.ca3b.tables.wording import boolean_words

from .model import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ckanext.ca3b.tables.schemas import Field

    from .clues import Clues

_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[T ](.+))?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ](.+))?", re.ASCII)
_HOUR = re.compile(r"(\d{1,2})(?::|h)(\d{2})(?::(\d{2})(?:\.0+)?)?", re.ASCII)
_GROUPED = re.compile(rf"[+-]?\d{{1,3}}(?:[{SPACES}]\d{{3}})+(?:[.,]\d+)?|[+-]?\d+(?:[.,]\d+)?", re.ASCII)
_WHOLE = re.compile(rf"([+-]?(?:\d{{1,3}}(?:[{SPACES}]\d{{3}})+|\d+))(?:[.,]0{{1,2}})?", re.ASCII)


def rules_for(field: Field, clues: Clues) -> list[Rule]:
    """Give the rules of one column."""
    rules: list[Rule] = []
    if field.type == "date":
        rules.append(Rule("date", lambda text: _date(text, field, clues)))
    elif field.type == "datetime":
        rules.append(Rule("date", lambda text: _moment(text, clues)))
    elif field.type == "number":
        rules.append(Rule("number", lambda text: _number(text, field, clues)))
    elif field.type in {"integer", "year"}:
        rules.append(Rule("digits", _whole))
    elif field.type == "boolean":
        rules.append(Rule("boolean", lambda text: _boolean(text, field, clues)))
    if "enum" in field.constraints and field.type == "string":
        values = unique_by_key(str(value) for value in field.constraints["enum"])
        rules.append(Rule("enum", lambda text: values.get(key_of(text))))
    return rules


def key_of(text: str) -> str:
    """Give ``text`` without case, accents, nor differences of blanks, apostrophes and dashes."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    bare = re.sub("[\u2019\u02bc`´]", "'", re.sub("[\u2010-\u2015]", "-", bare))
    return re.sub(r"\s+", "", bare)


def unique_by_key(values: Iterable[str]) -> dict[str, str]:
    """Give the values by their key, but for two that share one."""
    found: dict[str, list[str]] = {}
    for value in values:
        found.setdefault(key_of(value), []).append(value)
    return {key: same[0] for key, same in found.items() if len(same) == 1}


def _day(text: str, order: str | None) -> tuple[dt.date, str | None] | None:
    """Give (day, what follows it) of a date whose order is known, or which reads in one way only."""
    if found := _YEAR_FIRST.fullmatch(text):
        day = _calendar(found[1], found[3], found[4])
        return (day, found[5]) if day else None
    if not (found := _DAY.fullmatch(text)):
        return None
    readings = {"dmy": _calendar(found[4], found[3], found[1]), "mdy": _calendar(found[4], found[1], found[3])}
    days = {day for day in ([readings[order]] if order else readings.values()) if day}
    return (days.pop(), found[5]) if len(days) == 1 else None


def day_first(text: str) -> dt.date | None:
    """Give the day of a date that reads in two ways, its first number being the day; ``None`` for another text."""
    found = _DAY.fullmatch(text)
    if not found or _day(text, None):
        return None
    return _calendar(found[4], found[3], found[1])


def _calendar(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _time(text: str) -> dt.time | None:
    found = _HOUR.fullmatch(text)
    try:
        return dt.time(int(found[1]), int(found[2]), int(found[3] or 0)) if found else None
    except ValueError:
        return None


def _date(text: str, field: Field, clues: Clues) -> str | None:
    form = "%Y-%m-%d" if field.format in {"default", "any"} else field.format
    read = _day(text, clues.order)
    # A form without day or month would lose them.
    if read is None or not all(part in form for part in ("%Y", "%m", "%d")):
        return None
    day, rest = read
    return day.strftime(form) if rest is None or _time(rest) == dt.time() else None


def _moment(text: str, clues: Clues) -> str | None:
    read = _day(text, clues.order)
    if read is None or read[1] is None:
        return None
    time = _time(read[1])
    return f"{read[0].isoformat()}T{time.isoformat()}" if time is not None else None


def _number(text: str, field: Field, clues: Clues) -> str | None:
    if not _GROUPED.fullmatch(text) or ("," in text and not clues.decimal_comma):
        return None
    return re.sub(f"[{SPACES}]", "", text).replace(",", field.decimal_char or ".")


def _whole(text: str) -> str | None:
    found = _WHOLE.fullmatch(text)
    return re.sub(f"[{SPACES}]", "", found[1]) if found else None


_PAIRS = (frozenset("on"), frozenset("yn"), frozenset("01"))


def _boolean(text: str, field: Field, clues: Clues) -> str | None:
    yes, no = boolean_words(field)
    word = text.casefold()
    for values in (yes, no):
        if same := [value for value in values if value.casefold() == word]:
            return same[0]
    if len(word) == 1:
        # One letter or digit says yes or no only when the column holds nothing else.
        if not any(clues.words - {""} == pair for pair in _PAIRS):
            return None
        return yes[0] if word in "oy1" else no[0]
    return yes[0] if word in TRUE_WORDS else no[0] if word in FALSE_WORDS else None
