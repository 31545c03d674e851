"""How a column of a schema becomes cells of a workbook: format, value, and what Excel lets one type."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from ckanext.ca3b.tables import wording

if TYPE_CHECKING:
    from ckanext.ca3b.tables.schemas import Field

TEXT = "@"
MAX_TITLE, MAX_MESSAGE, MAX_INLINE = 32, 255, 255
"""Limits of Excel: title and message of a data validation, list of values written inside it."""

_YEAR_FORMATS = {"%Y"}
_EXACT_LENGTH = re.compile(r"^\^\\d\{(\d+)\}\$$")
_INSEE = r"^([013-9]\d|2[AB1-9])\d{3}$"
_FAR = 10**15
_FIRST_DAY, _LAST_DAY = dt.date(1900, 3, 1), dt.date(9999, 12, 31)


def is_year(field: Field) -> bool:
    """Whether ``field`` holds years of 4 digits."""
    return field.type == "year" or (field.type == "date" and field.format in _YEAR_FORMATS)


def number_format(field: Field) -> str:
    """The Excel format of the cells of ``field``: text for all that is not surely a number or a day.

    A moment is text too: Excel has no time zone, and midnight would come back as a day.
    """
    if field.type == "integer" or is_year(field):
        return "0"
    if field.type == "number":
        return "General"
    if field.type == "date" and field.format == "default":
        return "yyyy-mm-dd"
    return TEXT


def value(field: Field, text: str) -> str | float | dt.date:
    """What to write in a cell for ``text``, a value of a sample."""
    try:
        if field.type == "integer" or is_year(field):
            return int(text)
        if field.type == "number":
            return float(text)
        if number_format(field) == "yyyy-mm-dd":
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    return text


def choices(field: Field) -> tuple[str, ...]:
    """What the drop-down list of ``field`` offers; nothing when one types freely."""
    if field.type == "boolean":
        yes, no = wording.boolean_words(field)
        return yes[0], no[0]
    return wording.values_of(field)


def fits_inline(values: tuple[str, ...]) -> bool:
    """Whether ``values`` can be written inside a data validation, which parts them with commas."""
    return not any(mark in word for word in values for mark in ',"') and len(",".join(values)) <= MAX_INLINE


def validation(field: Field, source: str | None) -> dict[str, Any] | None:
    """The data validation of the cells of ``field`` for xlsxwriter; ``source`` is where a long list is written."""
    rule = _rule(field, source)
    if rule is None:
        return None
    said = _cut(f"Attendu{wording.NBSP}: {field.expected}", MAX_MESSAGE)
    return rule | {
        "input_title": _cut(field.title, MAX_TITLE),
        "input_message": _cut(field.expected, MAX_MESSAGE),
        "error_title": "Valeur refusée",
        "error_message": said,
    }


def _rule(field: Field, source: str | None) -> dict[str, Any] | None:
    values = choices(field)
    if values:
        return {"validate": "list", "source": source or list(values)}
    least, most = field.constraints.get("minimum"), field.constraints.get("maximum")
    if is_year(field):
        return _between("integer", int(least or 1000), int(most or 9999))
    if field.type in {"integer", "number"}:
        kind = "integer" if field.type == "integer" else "decimal"
        return _between(kind, -_FAR if least is None else _bound(least), _FAR if most is None else _bound(most))
    if number_format(field) == "yyyy-mm-dd":
        return _between("date", _day(least) or _FIRST_DAY, _day(most) or _LAST_DAY)
    if field.type == "string":
        return _length(field)
    return {"validate": "any"}


def _length(field: Field) -> dict[str, Any]:
    pattern = str(field.constraints.get("pattern", ""))
    exact = _EXACT_LENGTH.match(pattern)
    if exact or pattern == _INSEE:
        size = int(exact[1]) if exact else 5
        return {"validate": "length", "criteria": "==", "value": size}
    if "minLength" in field.constraints or "maxLength" in field.constraints:
        return _between("length", field.constraints.get("minLength", 0), field.constraints.get("maxLength", 32_767))
    return {"validate": "any"}


def _between(kind: str, least: Any, most: Any) -> dict[str, Any]:
    return {"validate": kind, "criteria": "between", "minimum": least, "maximum": most}


def _bound(bound: float | str) -> float:
    """A bound, that some schemas write between quotes."""
    number = float(bound)
    return int(number) if number.is_integer() else number


def _day(bound: Any) -> dt.date | None:
    return bound if isinstance(bound, dt.date) or bound is None else dt.date.fromisoformat(str(bound))


def _cut(text: str, size: int) -> str:
    return text if len(text) <= size else f"{text[: size - 1]}…"
