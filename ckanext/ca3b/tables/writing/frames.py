"""What every writer shares: where rows come from, their types, and where bytes go."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias, cast

import polars as pl

from ckanext.ca3b.tables.errors import TableError
from ckanext.ca3b.tables.model import Table
from ckanext.ca3b.tables.values import typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ckanext.ca3b.tables.model import Column

    Rows: TypeAlias = Table | Iterable[pl.DataFrame]
    Target: TypeAlias = str | Path | IO[bytes]

DTYPES = {
    "text": pl.String(),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "datetime": pl.Datetime("us"),
}


def rows_of(rows: Rows, columns: Sequence[Column] | None) -> tuple[Iterable[pl.DataFrame], Sequence[Column]]:
    """Give the frames of ``rows`` and their columns; ``columns`` may be left out for a table only.

    Raises:
        ValueError: frames came without their columns.

    """
    if isinstance(rows, Table):
        return rows.batches(), rows.columns if columns is None else columns
    if columns is None:
        raise ValueError("frames need their columns")
    return rows, columns


def in_types(frame: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Give ``frame`` with each text in the type of its column; what is typed already stays."""
    kinds = frame.schema
    written = [column for column in columns if kinds[column.name] == pl.String]
    names = [column.name for column in columns]
    return frame.with_columns(typed(frame.select(c.name for c in written), written)).select(names)


def empty(columns: Sequence[Column]) -> pl.DataFrame:
    """Give a typed frame without a row."""
    schema = {
        column.name: pl.Datetime("us", "UTC") if "%z" in (column.date_format or "") else DTYPES[column.type]
        for column in columns
    }
    return pl.DataFrame(schema=schema)


@contextmanager
def opened(target: Target) -> Iterator[IO[bytes]]:
    """Open ``target`` for writing when it is a path; an open file is left open."""
    if isinstance(target, str | Path):
        with Path(target).open("wb") as stream:
            yield stream
    else:
        yield cast("IO[bytes]", target)


def refuse(code: str, message: str) -> TableError:
    """Say that an export cannot be made in this format; ``message`` tells which one to take."""
    return TableError(code, message)
