"""The constraints of a field: the rule in Python, and expressions that tell at once most of what follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from attrs import frozen

from ckanext.ca3b.tables.schemas import SchemaError

from .patterns import linear, rule_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ckanext.ca3b.tables.schemas import Field

    from .readers import Reader

_HANDLED_APART = {"required", "unique"}


@frozen
class Constraint:
    """One constraint. ``holds`` judges a typed value and is the rule.

    ``surely``, on texts that are of the type, is true only where the constraint holds; ``None``: it never tells.
    """

    name: str
    holds: Callable[[Any], bool]
    surely: Callable[[pl.Expr], pl.Expr] | None = None


def constraints_of(field: Field, reader: Reader) -> list[Constraint]:
    """Give the constraints that look at one cell, in frictionless's order.

    Errors: `SchemaError` for one the type does not have, or whose value is not of the type.
    """
    for name in field.constraints:
        if name not in (*reader.constraints, "unique"):
            raise SchemaError(
                f"Colonne « {field.name} » : la contrainte « {name} » n'existe pas pour le type « {field.type} »."
            )
    names = [name for name in reader.constraints if name in field.constraints and name not in _HANDLED_APART]
    return [_MAKERS[name](field, reader, field.constraints[name]) for name in names]


def _least_length(field: Field, _: Reader, size: Any) -> Constraint:
    surely = (lambda text: text.str.len_chars() >= size) if field.type == "string" else None
    return Constraint("minLength", lambda value: len(value) >= size, surely)


def _most_length(field: Field, _: Reader, size: Any) -> Constraint:
    # A text has no more characters than bytes, and bytes need no counting.
    surely = (lambda text: text.str.len_bytes() <= size) if field.type == "string" else None
    return Constraint("maxLength", lambda value: len(value) <= size, surely)


def _bound(name: str) -> Callable[[Field, Reader, Any], Constraint]:
    least = name == "minimum"

    def make(field: Field, reader: Reader, written: Any) -> Constraint:
        bound = reader.coerce(written)
        if bound is None:
            raise SchemaError(f"Colonne « {field.name} » : « {written} » ({name}) n'est pas de type {field.type}.")

        def holds(value: Any) -> bool:
            try:
                return bool(value >= bound) if least else bool(value <= bound)
            except (ArithmeticError, TypeError):  # not a number; a moment with a zone against one without
                return False

        measure, exact = reader.measure, reader.exact
        literal = reader.literal(bound) if reader.literal and measure else None
        if literal is None or measure is None:
            return Constraint(name, holds)

        def surely(text: pl.Expr) -> pl.Expr:
            value = measure(text)
            within = value >= pl.lit(literal) if least else value <= pl.lit(literal)
            return within & exact(text) if exact else within

        return Constraint(name, holds, surely)

    return make


def _pattern(field: Field, _: Reader, written: Any) -> Constraint:
    found = linear(str(written))
    surely = (lambda text: text.str.contains(found)) if found is not None else None
    return Constraint("pattern", rule_of(str(written), field.name), surely)


def _enum(field: Field, reader: Reader, written: Any) -> Constraint:
    if field.type in {"string", "any"}:
        allowed = [value for value in written if isinstance(value, str)]
        return Constraint("enum", set(allowed).__contains__, lambda text: text.is_in(allowed))
    values = [reader.coerce(value) for value in written]
    return Constraint("enum", lambda value: value in values)


_MAKERS: dict[str, Callable[[Field, Reader, Any], Constraint]] = {
    "minLength": _least_length,
    "maxLength": _most_length,
    "minimum": _bound("minimum"),
    "maximum": _bound("maximum"),
    "pattern": _pattern,
    "enum": _enum,
}
