"""A question in SQL, on the columns that the table really has."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from attrs import frozen

from .query import BEGINS, CONTAINS, EMPTY, EQUALS, FILLED, MAX, MIN, Filter, Query
from .store import fulltext
from .store.columns import quoted

if TYPE_CHECKING:
    from .store.shape import Field, Shape

NUMBERS = frozenset({"int2", "int4", "int8", "numeric", "float4", "float8"})
DAYS = frozenset({"date", "timestamp", "timestamptz"})
_FROM, _TO = "àâäáãåçèéêëìíîïñòóôöõùúûüýÿ", "aaaaaaceeeeiiiinooooouuuuyy"
_ACCENTS = str.maketrans(_FROM, _TO)
_TRUE, _FALSE = frozenset({"oui", "o", "vrai", "true", "t", "1"}), frozenset({"non", "n", "faux", "false", "f", "0"})


@frozen
class Selection:
    """``where`` and ``order`` in SQL with named parameters; ``problems`` are sentences for the visitor."""

    fields: tuple[Field, ...]
    where: str
    order: str
    parameters: dict[str, Any]
    problems: tuple[str, ...]

    def columns(self) -> str:
        """List the columns in SQL."""
        return ", ".join(_name(field) for field in self.fields)


def select(shape: Shape, query: Query) -> Selection:
    """Say a question in SQL; a column that is not there or a value of another type is told and left out."""
    clauses, parameters, problems = [], {}, []
    if query.q:
        clauses.append(f"_full_text @@ websearch_to_tsquery('{fulltext.language()}', %(q)s)")
        parameters["q"] = query.q
    for number, one in enumerate(query.filters):
        field = shape.field(one.column)
        if field is None:
            problems.append(tk._("This table has no column “{column}” any more.").format(column=one.column))
            continue
        try:
            clause, values = _clause(field, one, f"f{number}")
        except ValueError:
            problems.append(_unreadable(field, one))
            continue
        clauses.append(clause)
        parameters.update(values)
    sort = shape.field(query.sort)
    if query.sort and sort is None:
        problems.append(tk._("This table has no column “{column}” any more.").format(column=query.sort))
    shown = tuple(field for field in shape.fields if field.id in query.shown) or shape.fields
    where = f"WHERE {' AND '.join(clauses)}" if clauses else ""
    return Selection(shown, where, _order(shape, sort, down=query.down), parameters, tuple(problems))


def _order(shape: Shape, sort: Field | None, *, down: bool) -> str:
    if sort is None:
        return "ORDER BY _id"
    collation = ' COLLATE "fr-x-icu"' if sort.type == "text" and shape.french_order else ""
    return f"ORDER BY {_name(sort)}{collation} {'DESC' if down else 'ASC'} NULLS LAST, _id"


def _name(field: Field) -> str:
    # psycopg2 reads percent signs as places of parameters.
    return quoted(field.id).replace("%", "%%")


def _clause(field: Field, one: Filter, key: str) -> tuple[str, dict[str, Any]]:  # noqa: PLR0911 - one per test
    name = _name(field)
    if one.test == EMPTY:
        return f"{name} IS NULL", {}
    if one.test == FILLED:
        return f"{name} IS NOT NULL", {}
    if field.type == "bool":
        return f"{name} = %({key})s", {key: _yes(one.value)}
    if field.type in NUMBERS and one.test in {EQUALS, MIN, MAX}:
        return f"{name} {_sign(one.test)} %({key})s", {key: number(one.value)}
    if field.type in DAYS and one.test in {EQUALS, MIN, MAX}:
        return f"{name}::date {_sign(one.test)} %({key})s", {key: day(one.value)}
    if one.test in {MIN, MAX}:
        return f"{name} {_sign(one.test)} %({key})s", {key: one.value}
    folded = f"translate(lower({name}::text), '{_FROM}', '{_TO}')"
    value = one.value.replace("\0", "").lower().translate(_ACCENTS)
    if one.test == EQUALS:
        return f"{folded} = %({key})s", {key: value}
    pattern = re.sub(r"([\\%_])", r"\\\1", value)
    begins = {BEGINS: "", CONTAINS: "%"}[one.test]
    return f"{folded} LIKE %({key})s", {key: f"{begins}{pattern}%"}


def _sign(test: str) -> str:
    return {EQUALS: "=", MIN: ">=", MAX: "<="}[test]


def number(value: str) -> Decimal:
    """Read a number as people write it: ``1 204,5``. Raises ValueError."""
    plain = re.sub(r"\s", "", value).replace(",", ".")
    try:
        found = Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(value) from error
    if not found.is_finite() or abs(found.adjusted()) > 300:
        raise ValueError(value)
    return found


def day(value: str) -> dt.date:
    """Read a day as people write it: ``3/05/2024`` or ``2024-05-03``. Raises ValueError."""
    parts = re.split(r"[-/.]", value.strip())
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(value)
    first, month, last = map(int, parts)
    return dt.date(first, month, last) if len(parts[0]) == 4 else dt.date(last, month, first)


def _yes(value: str) -> bool:
    word = value.lower()
    if word not in _TRUE | _FALSE:
        raise ValueError(value)
    return word in _TRUE


def _unreadable(field: Field, one: Filter) -> str:
    if field.type in NUMBERS:
        message = tk._("Column “{column}”: “{value}” is not a number. Write it like 1204.5.")
    elif field.type in DAYS:
        message = tk._("Column “{column}”: “{value}” is not a date. Write it like 2026-11-22.")
    else:
        message = tk._("Column “{column}”: write yes or no instead of “{value}”.")
    return message.format(column=field.label, value=one.value)
