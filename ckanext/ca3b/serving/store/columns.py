"""From the columns of a file to those of a table: type in PostgreSQL, text for COPY, words for the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from attrs import frozen

from ckanext.ca3b.tables import values

from .names import legal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ckanext.ca3b.tables import Column

# numeric keeps every decimal as it was written (12,50 stays 12.50); a moment that says its zone keeps it.
PG_TYPES = {"text": "text", "integer": "int8", "number": "numeric", "boolean": "bool", "date": "date"}
# What COPY's text format writes as a backslash and a letter, the backslash itself first.
ESCAPES = (("\\", "\\\\"), ("\b", "\\b"), ("\f", "\\f"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"), ("\v", "\\v"))
_TO_ESCAPE = "[" + "".join(f"\\x{ord(mark):02x}" for mark, _ in ESCAPES) + "]"


@frozen
class Stored:
    """A column of a table: ``name`` in PostgreSQL, ``type`` there, and the column of the file it comes from."""

    name: str
    type: str
    source: Column

    @property
    def quoted(self) -> str:
        """The name as SQL writes it."""
        return quoted(self.name)


def quoted(name: str) -> str:
    """Write a name as SQL does."""
    return '"' + name.replace('"', '""') + '"'


def stored(columns: Sequence[Column]) -> tuple[Stored, ...]:
    """Give the columns of the table for those of a file."""
    names = legal([column.header or column.name for column in columns])
    return tuple(Stored(name, _pg_type(column), column) for name, column in zip(names, columns, strict=True))


def _pg_type(column: Column) -> str:
    if column.type == "datetime":
        return "timestamptz" if "%z" in (column.date_format or "") else "timestamp"
    return PG_TYPES[column.type]


def copy_text(frame: pl.DataFrame, columns: Sequence[Stored]) -> bytes:
    """Write rows as PostgreSQL itself writes them with ``COPY ... TO``, so that the two can be compared byte by byte.

    :param frame: rows as read, all strings.
    :raises ckanext.ca3b.tables.TableError: a value is not of its column's type.
    """
    typed = values.typed(frame, [column.source for column in columns])
    written = typed.select(
        _as_postgres(typed[column.source.name], frame[column.source.name], column) for column in columns
    )
    return written.write_csv(separator="\t", include_header=False, quote_style="never", null_value="\\N").encode()


def _as_postgres(typed: pl.Series, read: pl.Series, column: Stored) -> pl.Series:
    kind = column.source.type
    if kind == "text":
        return _escaped(typed)
    if kind == "number":
        return _decimal(read, column.source)
    if kind == "boolean":
        return pl.select(pl.when(typed).then(pl.lit("t")).when(~typed).then(pl.lit("f"))).to_series().alias(typed.name)
    if kind == "date":
        return typed.dt.to_string("%Y-%m-%d")
    if kind == "datetime":
        text = typed.dt.to_string("%Y-%m-%d %H:%M:%S%.6f").str.replace(r"\.?0*$", "")
        # "12:30:00.000000" loses its fraction and nothing else.
        whole = typed.dt.to_string("%Y-%m-%d %H:%M:%S")
        text = pl.select(pl.when(typed.dt.microsecond() == 0).then(whole).otherwise(text)).to_series()
        return (text + "+00" if column.type == "timestamptz" else text).alias(typed.name)
    return typed


def _escaped(series: pl.Series) -> pl.Series:
    if not series.str.contains(_TO_ESCAPE).any():
        return series
    for mark, escape in ESCAPES:
        series = series.str.replace_all(mark, escape, literal=True)
    return series


def _decimal(series: pl.Series, column: Column) -> pl.Series:
    """Write a number as ``numeric`` does, with the decimals of the file: a float would drop the last zeros."""
    text = series.str.replace_all(f"[{values.SPACES}]", "").str.strip_chars()
    if column.decimal not in {None, "."}:
        text = text.str.replace(column.decimal or "", ".", literal=True)
    # numeric knows no negative zero.
    text = text.str.replace(r"^-(0(?:\.0*)?)$", "$1")
    return pl.select(pl.when(text != "").then(text)).to_series().alias(series.name)
