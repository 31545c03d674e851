"""JSON: one array of records, or one record a line. Values have their types, texts are as written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from .frames import in_types, opened, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ckanext.ca3b.tables.model import Column

    from .frames import Rows, Target


def write_ndjson(rows: Rows, target: Target, *, columns: Sequence[Column] | None = None) -> int:
    """Write one JSON record a line (JSON Lines, UTF-8) and give their number."""
    count = 0
    with opened(target) as out:
        for height, text in _records(rows, columns):
            out.write(text)
            count += height
    return count


def write_json(rows: Rows, target: Target, *, columns: Sequence[Column] | None = None) -> int:
    """Write one array of JSON records (UTF-8), one a line, and give their number."""
    count = 0
    with opened(target) as out:
        out.write(b"[")
        for height, text in _records(rows, columns):
            if not height:
                continue
            out.write(b",\n" if count else b"\n")
            # A line feed inside a value is escaped: each one left ends a record.
            out.write(text.removesuffix(b"\n").replace(b"\n", b",\n"))
            count += height
        out.write(b"\n]\n")
    return count


def _records(rows: Rows, columns: Sequence[Column] | None) -> Iterator[tuple[int, bytes]]:
    frames, columns = rows_of(rows, columns)
    for frame in frames:
        values = in_types(frame, columns)
        moments = [name for name, kind in values.schema.items() if kind == pl.Datetime]
        iso = values.with_columns(_iso(pl.col(name), values.schema[name]).alias(name) for name in moments)
        yield frame.height, iso.write_ndjson().encode()


def _iso(moments: pl.Expr, kind: pl.DataType) -> pl.Expr:
    zoned = isinstance(kind, pl.Datetime) and kind.time_zone is not None
    return moments.dt.strftime("%Y-%m-%dT%H:%M:%S%.f" + ("%:z" if zoned else ""))
