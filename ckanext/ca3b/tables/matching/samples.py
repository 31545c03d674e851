"""Whether a few values look like what a column of a schema holds, however they are written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .words import compact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ckanext.ca3b.tables.model import Table
    from ckanext.ca3b.tables.schemas import Field

SAMPLE_ROWS = 2_000
SAMPLE_VALUES = 40

_DATE = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d\d)"
_SHAPES = {
    "integer": r"[+-]?[\d\s]+(?:[.,]0+)?",
    "number": r"[+-]?[\d\s]*\d(?:[.,]\d+)?(?:[eE][+-]?\d+)?\s*[€%]?",
    "year": r"\d{4}(?:\.0)?",
    "date": rf"(?:{_DATE})(?:[ T]00:00(?::00)?)?|\d{{4}}",
    "datetime": rf"(?:{_DATE})(?:[ T].*)?",
    "geopoint": r"\[?\s*-?\d+(?:[.,]\d+)?\s*[,;]\s*-?\d+(?:[.,]\d+)?\s*\]?",
}
_FORMATS = {"email": r"\S+@\S+", "uri": r"(?:https?://|www\.)\S+"}
_BOOLEANS = frozenset(("oui", "non", "vrai", "faux", "true", "false", "yes", "no", "o", "n", "0", "1"))


def sample(table: Table) -> dict[str, tuple[str, ...]]:
    """Give a few different values of each column, from the first rows."""
    frame = next(iter(table.batches(SAMPLE_ROWS)), None)
    if frame is None:
        return {}
    return {
        column.name: tuple(
            value.strip()
            for value in frame[column.name].drop_nulls().unique(maintain_order=True).head(SAMPLE_VALUES).to_list()
            if value.strip()
        )
        for column in table.columns
    }


def fit(values: Sequence[str], field: Field) -> float | None:
    """Give the part of ``values`` that ``field`` may hold, repaired if need be; ``None`` when nothing tells."""
    test = _test(field.type, field.format, field.constraints.get("pattern"))
    words = {compact(str(value)) for value in field.constraints.get("enum", ())}
    if not values or (test is None and not words and field.type != "boolean"):
        return None
    if field.type == "boolean":
        words = _BOOLEANS | {compact(word) for word in (*field.true_values, *field.false_values)}
    if words:
        return sum(compact(value) in words for value in values) / len(values)
    assert test is not None  # noqa: S101 - the branch above
    return sum(_holds(test, value) for value in values) / len(values)


@lru_cache(maxsize=2_000)
def _test(kind: str, form: str, pattern: str | None) -> re.Pattern[str] | None:
    shape = pattern if pattern is not None else _SHAPES.get(kind) or _FORMATS.get(form)
    if shape is None:
        return None
    try:
        return re.compile(shape)
    except re.error:
        return None


def _holds(test: re.Pattern[str], value: str) -> bool:
    if len(value) > 200:  # a pattern of an open standard may be slow on long text
        return False
    digits = re.sub(r"\s", "", value)
    padded = digits.zfill(5 if len(digits) == 4 else 14 if len(digits) == 13 else 9 if len(digits) == 8 else 0)
    return any(test.fullmatch(form) for form in {value, digits, padded})
