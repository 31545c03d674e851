"""The rows of a table as a file: taken from the database in one go, then written while they are sent.

The rows go first to a temporary file: a slow visitor never holds the table, which its next version replaces.
"""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import polars as pl

from ckanext.ca3b.tables import Column, Table, writing

from .selection import NUMBERS, select
from .store.columns import ESCAPES, quoted
from .store.shape import reading, shape_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .query import Query
    from .store.shape import Field

TIMEOUT_MS = 600_000
_CHUNK = 1 << 18
_LINES = 8 << 20
MIMETYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "parquet": "application/vnd.apache.parquet",
}
# A workbook and a Parquet file end with their table of contents: they are complete before they leave.
_WHOLE = frozenset({"xlsx", "parquet"})
_WRITERS: dict[str, Callable[[Table, Any], int]] = {
    "csv": writing.write_csv,
    "xlsx": writing.write_xlsx,
    "json": writing.write_json,
    "parquet": writing.write_parquet,
}


def export(resource_id: str, asked: Query, form: str) -> Iterator[bytes]:
    """Write the rows of a question as ``form`` (``csv``, ``xlsx``, ``json``, ``parquet``), column names as in the file.

    The rows are there when this returns; the bytes come as they are taken.

    :raises NoTableError: the resource has no table.
    :raises SlowError: the database needed too much time.
    :raises ckanext.ca3b.tables.TableError: the format cannot hold the table; says which one can.
    """
    folder = tempfile.TemporaryDirectory(prefix="ca3b-export-")
    try:
        table = _taken(resource_id, asked, Path(folder.name) / "rows")
        write = _WRITERS[form]
        if form not in _WHOLE:
            return _piped(lambda out: write(table, out), folder)
        target = Path(folder.name) / f"table.{form}"
        write(table, target)
        return _sent(target, folder)
    except BaseException:
        folder.cleanup()
        raise


def _taken(resource_id: str, asked: Query, target: Path) -> Table:
    with reading(TIMEOUT_MS) as cursor, target.open("wb") as out:
        shape = shape_of(cursor, resource_id)
        selection = select(shape, asked)
        sql = f"SELECT {selection.columns()} FROM {quoted(resource_id)} {selection.where} {selection.order}"  # noqa: S608 - names are quoted
        copy = cursor.mogrify(f"COPY ({sql}) TO STDOUT", selection.parameters or {"": ""})
        cursor.copy_expert(copy.decode(), out, _CHUNK)
        rows = cursor.rowcount
    columns = columns_of(selection.fields)
    return Table(
        format="csv", encoding="utf-8", delimiter="\t", sheet=None, sheets=(), header_row=None, rows=rows,
        columns=columns, warnings=(), guesses=(), _source=lambda _size: _frames(target, columns),
    )  # fmt: skip


def columns_of(fields: Sequence[Field]) -> tuple[Column, ...]:
    """Give the columns of an export: the headers of the file, or the names of the API when two headers are alike."""
    headers = [field.header for field in fields]
    names = headers if len(set(headers)) == len(headers) else [field.id for field in fields]
    return tuple(_column(field, name, place) for place, (field, name) in enumerate(zip(fields, names, strict=True)))


# How each type of the DataStore is read again: type of the column, format of its moments.
_AS = {
    **dict.fromkeys(("int2", "int4", "int8"), ("integer", None)),
    **dict.fromkeys(NUMBERS - {"int2", "int4", "int8"}, ("number", None)),
    "bool": ("boolean", None),
    "date": ("date", "%Y-%m-%d"),
    "timestamp": ("datetime", "%Y-%m-%dT%H:%M:%S%.f"),
    "timestamptz": ("datetime", "%Y-%m-%dT%H:%M:%S%.f%z"),
}


def _column(field: Field, name: str, place: int) -> Column:
    kind, form = _AS.get(field.type, ("text", None))
    return Column(name, kind, name, place, date_format=form, decimal="." if kind == "number" else None)


def _frames(path: Path, columns: Sequence[Column]) -> Iterator[pl.DataFrame]:
    with path.open("rb") as file:
        while lines := file.readlines(_LINES):
            frame = pl.read_csv(
                b"".join(lines), separator="\t", has_header=False, quote_char=None, null_values="\\N",
                infer_schema=False, new_columns=[column.name for column in columns], empty_string_is_null=False,
            )  # fmt: skip
            yield frame.select(_written(frame[column.name], column) for column in columns)


def _written(series: pl.Series, column: Column) -> pl.Series:
    """Undo the escapes of COPY, and write what PostgreSQL wrote as the exports do."""
    if column.type == "boolean":
        return series.replace({"t": "true", "f": "false"})
    if column.type == "datetime":
        iso = series.str.replace(" ", "T", literal=True)
        return iso.str.replace(r"\+00$", "Z") if "%z" in (column.date_format or "") else iso
    if column.type != "text" or not series.str.contains("\\", literal=True).any():
        return series
    # No text of PostgreSQL holds a NUL: it stands for the backslashes that are none of an escape.
    series = series.str.replace_all("\\\\", "\0", literal=True)
    for mark, escape in ESCAPES[1:]:
        series = series.str.replace_all(escape, mark, literal=True)
    return series.str.replace_all("\0", "\\", literal=True)


def _piped(write: Callable[[IO[bytes]], Any], folder: tempfile.TemporaryDirectory[str]) -> Iterator[bytes]:
    """Give what ``write`` writes, as it is written by a thread."""
    entry, exit_ = os.pipe()
    failures: list[Exception] = []

    def fill() -> None:
        try:
            with os.fdopen(exit_, "wb", _CHUNK) as out:
                write(out)
        except BrokenPipeError:
            return  # the visitor left
        except Exception as failure:  # noqa: BLE001 - raised again where the bytes are read
            failures.append(failure)

    def chunks() -> Iterator[bytes]:
        thread = threading.Thread(target=fill, name="ca3b-export", daemon=True)
        thread.start()
        with folder:
            try:
                with os.fdopen(entry, "rb", 0) as source:
                    while chunk := source.read(_CHUNK):
                        yield chunk
            finally:
                thread.join()
            if failures:
                # The answer stays cut, which a browser tells, rather than passing for the whole table.
                raise failures[0]

    return chunks()


def _sent(path: Path, folder: tempfile.TemporaryDirectory[str]) -> Iterator[bytes]:
    with folder, path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            yield chunk
