"""The constraints of a field: the rule in Python, and the same on whole columns for sure values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from attrs import frozen

from ckanext.ca3b.tables.schemas import SchemaError

from .patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from ckanext.ca3b.tables.schemas import Field

    from .readers import Reader

_HANDLED_APART = {"required", "unique"}


@frozen
class Constraint:
    """One constraint. ``holds`` judges a typed value and is the rule.

    ``broken`` judges whole columns of sure texts, where ``told`` is true; without it all goes through ``holds``.
    """

    name: str
    value: Any
    holds: Callable[[Any], bool]
    broken: Callable[[pl.Expr], pl.Expr] | None = None
    told: Callable[[pl.Expr], pl.Expr] | None = None


def constraints_of(field: Field, reader: Reader) -> list[Constraint]:
    """Give the constraints that look at one cell, in frictionless's order.

    Errors: `SchemaError` for one the type does not have, or whose value is not of the type.
    """
    for name in field.constraints:
        if name not in (*reader.constraints, "unique"):
            raise SchemaError(
                f"Colonne « {field.name} » : la contrainte « {name} » n’existe pas pour le type « {field.type} »."
            )
    names = [name for name in reader.constraints if name in field.constraints and name not in _HANDLED_APART]
    return [_MAKERS[name](field, reader, field.constraints[name]) for name in names]


def _length(name: str) -> Callable[[Field, Reader, Any], Constraint]:
    least = name == "minLength"

    def make(field: Field, _: Reader, size: Any) -> Constraint:
        def holds(value: Any) -> bool:
            return len(value) >= size if least else len(value) <= size

        def broken(text: pl.Expr) -> pl.Expr:
            return text.str.len_chars() < size if least else text.str.len_chars() > size

        return Constraint(name, size, holds, broken if field.type == "string" else None)

    return make


def _bound(name: str) -> Callable[[Field, Reader, Any], Constraint]:
    least = name == "minimum"

    def make(field: Field, reader: Reader, written: Any) -> Constraint:
        bound = reader.coerce(written)
        if bound is None:
            raise SchemaError(f"Colonne « {field.name} » : « {written} » ({name}) n’est pas de type {field.type}.")

        def holds(value: Any) -> bool:
            try:
                return bool(value >= bound) if least else bool(value <= bound)
            except (ArithmeticError, TypeError):  # not a number; a moment with a zone against one without
                return False

        literal = reader.literal(bound) if reader.literal and reader.measure else None
        if literal is None or reader.measure is None:
            return Constraint(name, written, holds)
        measure = reader.measure

        def broken(text: pl.Expr) -> pl.Expr:
            return measure(text) < pl.lit(literal) if least else measure(text) > pl.lit(literal)

        return Constraint(name, written, holds, broken, reader.exact)

    return make


def _pattern(field: Field, _: Reader, written: Any) -> Constraint:
    pattern = compiled(str(written), field.name)
    return Constraint("pattern", written, pattern.matches, pattern.found and _not(pattern.found), pattern.told)


def _not(found: Callable[[pl.Expr], pl.Expr]) -> Callable[[pl.Expr], pl.Expr]:
    return lambda text: ~found(text)


def _enum(field: Field, reader: Reader, written: Any) -> Constraint:
    if field.type in {"string", "any"}:
        allowed = [value for value in written if isinstance(value, str)]
        return Constraint("enum", written, set(allowed).__contains__, lambda text: ~text.is_in(allowed))
    values = [reader.coerce(value) for value in written]
    return Constraint("enum", written, lambda value: value in values)


_MAKERS: dict[str, Callable[[Field, Reader, Any], Constraint]] = {
    "minLength": _length("minLength"),
    "maxLength": _length("maxLength"),
    "minimum": _bound("minimum"),
    "maximum": _bound("maximum"),
    "pattern": _pattern,
    "enum": _enum,
}
