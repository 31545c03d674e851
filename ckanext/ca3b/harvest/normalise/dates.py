"""Dates and periods of any shape as ISO 8601, never more precise than what was written."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from dateutil import parser
from dateutil.relativedelta import relativedelta

from ckanext.ca3b.harvest.model import Period

from .terms import Term
from .texts import one_line

_ISO_PART = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?Z?")
_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:Z|[+-]\d\d:?\d\d)?")
_DURATION = re.compile(r"P(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_EPOCH = re.compile(r"\d{10}|\d{13}")
_MONTHS = {
    number: names.split()
    for number, names in enumerate(
        (
            "january janvier janv gennaio enero januar januari",
            "february fevrier février fevr févr febbraio febrero februar februari",
            "march mars marzo märz maart",
            "april avril avr aprile abril",
            "may mai maggio mayo mei",
            "june juin giugno junio juni",
            "july juillet juil luglio julio juli",
            "august août aout agosto augustus",
            "september septembre sept settembre septiembre",
            "october octobre ottobre octubre oktober",
            "november novembre noviembre",
            "december décembre decembre déc dicembre diciembre dezember",
        ),
        start=1,
    )
}
_ENGLISH = {
    name: datetime(2000, number, 1, tzinfo=UTC).strftime("%B") for number, all_ in _MONTHS.items() for name in all_
}
_SMALL = re.compile(r"\b(?:le|du|de|del|di|den|à|a las|alle|1er)\b", re.IGNORECASE)
_DCMI = re.compile(r"(start|end|name|scheme)\s*=\s*([^;]*)", re.IGNORECASE)


def date(value: object) -> Term:
    """Return a date or a moment as ISO 8601, as precise as it is written; days come first in « 03/04/2025 »."""
    if isinstance(value, bool):
        return Term(str(value), known=False)
    if isinstance(value, datetime):
        return Term(value.isoformat(), known=True)
    text = one_line(value).strip("\"' ")
    if not text:
        return Term("", known=True)
    for shape in (_partial, _day, _moment, _words):
        found = shape(text)
        if found:
            return Term(found, known=True)
    return Term(text, known=False)


def period(value: object) -> Period | None:
    """Return the period that a text says: ``A/B``, ``A/P1Y``, « start=A; end=B », « A - B », a year, a month, a day."""
    text = one_line(value)
    if not text:
        return None
    said = {name.lower(): date(part.strip()) for name, part in _DCMI.findall(text)}
    if "start" in said or "end" in said:
        sides = [said.get(side, Term("", known=True)) for side in ("start", "end")]
    elif text.count("/") == 1:
        sides = [date(part.strip().strip(".")) for part in text.split("/")]
        sides[1] = _after(sides[0].value, text.split("/")[1].strip()) or sides[1]
    elif re.search(r"\s(?:-|–|to|au|à|al)\s", text):
        sides = [date(part) for part in re.split(r"\s(?:-|–|to|au|à|al)\s", text, maxsplit=1)]
    elif match := re.fullmatch(r"(\d{4})\s*[-–]\s*(\d{4})", text):
        sides = [date(match[1]), date(match[2])]
    else:
        one = date(text)
        sides = [one, one]
    if not all(side.known for side in sides) or not any(side.value for side in sides):
        return None
    return Period(sides[0].value, sides[1].value)


def _after(start: str, duration: str) -> Term | None:
    """Return the last day of a period that is given by its beginning and its duration (``P1Y``)."""
    lasting = _DURATION.fullmatch(duration)
    if not lasting or not start or not any(lasting.groups()):
        return None
    years, months, days = (int(each or 0) for each in lasting.groups())
    try:
        end = parser.isoparse(start[:10]) + relativedelta(years=years, months=months, days=days - 1)
    except (ValueError, OverflowError):
        return None
    return Term(end.date().isoformat(), known=True)


def _partial(text: str) -> str:
    match = _ISO_PART.fullmatch(text)
    if not match or not 1000 <= int(match[1]) <= 2999:
        return ""
    return match[1] + (f"-{match[2]}" if match[2] else "")


def _day(text: str) -> str:
    if match := (_ISO_DAY.fullmatch(text) or _COMPACT.fullmatch(text)):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
        if month > 12 >= day:  # only an American date has such a month
            day, month = month, day
    else:
        return ""
    try:
        return datetime(year, month, day, tzinfo=UTC).date().isoformat()
    except ValueError:
        return ""


def _moment(text: str) -> str:
    if _EPOCH.fullmatch(text):
        seconds = int(text) / (1000 if len(text) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    if not re.match(r"\d{4}-?\d\d-?\d\d[T ]\d", text):
        return ""
    try:
        return datetime.fromisoformat(re.sub(r"\s+UTC$", "Z", text)).isoformat()
    except ValueError:
        pass
    try:
        return parser.isoparse(re.sub(r"(\.\d{6})\d+", r"\1", text.replace(" ", "T", 1).replace(" ", ""))).isoformat()
    except (ValueError, OverflowError):
        return ""


def _words(text: str) -> str:
    """Read a date in words, or with an hour, by dateutil once the months are in English."""
    if len(text) > 60 or not re.search(r"\d", text) or re.fullmatch(r"\d+", text):
        return ""
    english = re.sub(
        r"[^\W\d_]+", lambda word: _ENGLISH.get(word[0].lower(), word[0]), _SMALL.sub(" ", text.replace("1er", "1"))
    )
    try:
        # Read on two different days: what differs was not written.
        first, second = (
            parser.parse(english, dayfirst=True, default=default, ignoretz=False)
            for default in (datetime(1996, 1, 1), datetime(2001, 12, 31, 23, 59))  # noqa: DTZ001 - no zone is written
        )
    except (ValueError, OverflowError, TypeError):
        return ""
    if first.year != second.year:
        return ""
    if first.month != second.month:
        return f"{first.year:04}"
    if first.day != second.day:
        return f"{first.year:04}-{first.month:02}"
    return first.isoformat() if first.hour == second.hour else first.date().isoformat()
