"""Repeating rows of a form: from ``contact-0-name`` as a browser posts them to a list of rows.

ckanext-scheming reads them only when the field is not already in the data, which ``package_patch``
of a form page always puts there; and it sorts ``contact-10-…`` before ``contact-2-…``. So rows are
folded here, before any action sees them (see docs/upstream.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

MARK = "-posted"
REMOVE = "remove"


def fold(data: MutableMapping[str, Any], fields: Iterable[str]) -> None:
    """Replace, in place, the posted keys of each of ``fields`` by one list of rows.

    A field is posted when ``<field>-posted`` or any ``<field>-<n>-<subfield>`` is there; rows ticked
    for removal and what was left empty are dropped, so that removing the last row leaves an empty list.
    """
    for field in fields:
        rows = _posted(data, field)
        if rows is not None:
            data[field] = [_filled(row) for row in rows if not _is_dropped(row)]


def shown(data: Mapping[str, Any], field: str) -> list[dict[str, Any]]:
    """Return the rows of ``field`` to show in a form: those just posted if any, else those stored."""
    rows = _posted(dict(data), field)
    if rows is not None:
        return [row for row in rows if not _is_dropped(row)]
    stored = data.get(field)
    return [dict(row) for row in stored if isinstance(row, Mapping)] if isinstance(stored, list) else []


def _posted(data: MutableMapping[str, Any], field: str) -> list[dict[str, Any]] | None:
    marked = data.pop(field + MARK, None) is not None
    numbered: dict[int, dict[str, Any]] = {}
    for key in list(data):
        name, _, rest = key.partition("-")
        number, _, subfield = rest.partition("-")
        if name == field and number.isdecimal() and subfield:
            numbered.setdefault(int(number), {})[subfield] = data.pop(key)
    if not numbered and not marked:
        return None
    return [numbered[number] for number in sorted(numbered)]


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != REMOVE and value not in ("", None)}


def _is_dropped(row: Mapping[str, Any]) -> bool:
    values = [value for key, value in row.items() if key != REMOVE]
    return bool(row.get(REMOVE)) or not any(str(value).strip() for value in values if value is not None)
