"""The values of a table in their types, nothing lost: what reading decided, applied to a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from .errors import TableError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import Column

SPACES = " \u00a0\u202f"
TRUE_WORDS = ("oui", "vrai", "true", "o", "yes")
FALSE_WORDS = ("non", "faux", "false", "n", "no")


def typed(frame: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Give ``frame`` (strings as written, one column per ``columns``) with a dtype per column.

    integer is Int64, number Float64, boolean Boolean, date Date, datetime Datetime in microseconds (in UTC when
    values say their zone), text String as written. A cell of blanks only is null, except in text.

    Raises:
        TableError: a value is not of the type of its column, which reading never gives.

    """
    # Few columns have blanks around their values or spaces within their numbers: those are read a second time.
    result = frame.select(_plain(pl.col(column.name), column).alias(column.name) for column in columns)
    short = [column for column in columns if result[column.name].null_count() > frame[column.name].null_count()]
    if short:
        result = result.with_columns(frame.select(expression(column).alias(column.name) for column in short))
    for column in short:
        _refuse_lost(frame[column.name], result[column.name], column)
    return result


def expression(column: Column) -> pl.Expr:
    """Give the expression that reads ``column`` in its type; null where a value is of another one."""
    values = pl.col(column.name)
    if column.type == "text":
        return values
    values = values.str.strip_chars()
    return _plain(values.str.replace_all(f"[{SPACES}]", "") if column.thousands else values, column)


def _plain(values: pl.Expr, column: Column) -> pl.Expr:
    """Read values without blanks around them nor spaces in their numbers."""
    if column.type == "text":
        return values
    if column.type == "integer":
        return values.cast(pl.Int64, strict=False)
    if column.type == "number":
        if column.decimal and column.decimal != ".":
            values = values.str.replace(column.decimal, ".", literal=True)
        return values.cast(pl.Float64, strict=False)
    if column.type == "boolean":
        words = values.str.to_lowercase()
        return (
            pl.when(words.is_in(TRUE_WORDS)).then(statement=True).when(words.is_in(FALSE_WORDS)).then(statement=False)
        )
    return moment(values, column.type, column.date_format or "")


def moment(values: pl.Expr, kind: str, form: str) -> pl.Expr:
    """Read dates (``kind`` is ``date``) or dates and times written as ``form``; null where it is not one."""
    if kind == "date":
        return values.str.strptime(pl.Date, form, strict=False)
    if "%z" in form:
        return values.str.to_datetime("%+", strict=False, time_unit="us", time_zone="UTC")
    return values.str.strptime(pl.Datetime("us"), form, strict=False)


def _refuse_lost(written: pl.Series, read: pl.Series, column: Column) -> None:
    lost = written.filter(read.is_null() & written.is_not_null() & (written.str.strip_chars() != ""))
    if lost.len():
        raise TableError(
            "type",
            f"Colonne « {column.name} » : « {lost[0]} » ne se lit pas en « {column.type} » : laissez-la en texte.",
        )
