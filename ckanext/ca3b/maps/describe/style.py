"""What to show first: the attribute worth colouring by, and the one that calls a feature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .words import CATEGORY, FIRST_NAME, MEASURE, PERSON, PUBLIC, TITLE, is_identifier, is_measure, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .columns import Column

#: Categories that colours tell apart.
_COLOURS = 7
CLASSES = 5


def choose_style(columns: Sequence[Column], *, polygons: bool) -> dict[str, Any]:
    """Propose how to colour a layer: by a measure (polygons first), by a short list of categories, or by nothing."""
    scores = [(_score(column, polygons=polygons), -place, column) for place, column in enumerate(columns)]
    best = max(scores, key=lambda each: each[:2], default=None)
    if best is None or best[0] <= 0:
        return {"attribute": None, "kind": "single", "classes": CLASSES, "icon": None}
    column = best[2]
    kind = "classes" if is_measure(column.name, column.kind) and not _few(column, polygons) else "categories"
    return {"attribute": column.name, "kind": kind, "classes": CLASSES, "icon": None}


def choose_title(columns: Sequence[Column]) -> str | None:
    """Give the name of the attribute that calls features best, None when none does."""
    keys = {column.name: plain(column.name) for column in columns}
    people = any(FIRST_NAME.search(key) for key in keys.values())
    texts = [
        column
        for column in columns
        if column.kind == "text" and column.filled and not column.is_link and 2 <= column.mean_length <= 120
    ]
    for pattern in TITLE:
        for column in texts:
            named = pattern.search(keys[column.name]) and not (people and keys[column.name] in {"nom", "noms", "name"})
            if named and not _is_code(column) and column.filled >= 0.3 * column.rows:
                return column.name
    tellings = [
        column
        for column in texts
        if column.distinct.count() >= 0.5 * column.filled >= 1
        and not is_identifier(column.name)
        and column.mean_length >= 4
        and not _personal(keys[column.name])
    ]
    return tellings[0].name if tellings else None


def _score(column: Column, *, polygons: bool) -> float:
    """Give what a column is worth as the colour of a layer; nothing when its values have no order nor groups."""
    if column.filled < 0.5 * max(1, column.rows) or column.distinct.count() < 2 or is_identifier(column.name):
        return 0.0
    key = plain(column.name)
    if is_measure(column.name, column.kind) and not _few(column, polygons):
        known = 3.0 if MEASURE.search(key) else 1.0
        # The mean of what was counted is less than the count; a layer of areas is for measures.
        return known + (4.0 if polygons else 0.5) - (0.5 if "moyenne" in key else 0)
    if not column.is_category() or (column.kind == "integer" and not CATEGORY.search(key)):
        return 0.0
    count = column.distinct.count()
    if count > 2 * _COLOURS or _most_common(column) > 0.98:
        return 0.0
    wanted = 3.0 if CATEGORY.search(key) else 1.0
    readable = 1.0 if count <= _COLOURS else 0.0
    return wanted + readable + (0.5 if column.kind == "text" else 0) - (0.5 if column.mean_length > 30 else 0)


def _few(column: Column, polygons: bool) -> bool:
    """Whether a number has too few values to make classes of; a few areas are still worth comparing."""
    return column.distinct.count() < (2 if polygons else 5)


def _most_common(column: Column) -> float:
    most = column.frequencies.most(1)
    return most[0][1] / column.filled if most else 0.0


def _is_code(column: Column) -> bool:
    return column.mean_length < 3 or (is_identifier(column.name) and not TITLE[1].search(plain(column.name)))


def _personal(key: str) -> bool:
    return bool(PERSON.search(key) and not PUBLIC.search(key))
