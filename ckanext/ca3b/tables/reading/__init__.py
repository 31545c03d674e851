"""Reading: any tabular file to a :class:`~ckanext.ca3b.tables.model.Table`."""

from __future__ import annotations

import csv
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.tables.errors import TableError
from ckanext.ca3b.tables.model import ReadOptions, Table

from .kinds import kind_of
from .readers.archive import unpacked
from .readers.delimited import read_delimited
from .types import infer, untyped

if TYPE_CHECKING:
    from ckanext.ca3b.tables.model import Raw


def read(path: str | Path, *, name: str | None = None, options: ReadOptions | None = None, types: bool = True) -> Table:
    """Read the file at ``path``; ``name`` is the name its owner gave it, if another.

    ``types=False`` leaves every column as text without looking at its values, for who has a schema already.

    Raises:
        TableError: the file cannot be read as one table; nothing else escapes.

    """
    options = options or ReadOptions()
    source = Path(path)
    try:
        raw = _raw(source, name or source.name, options)
        columns, guesses = infer(raw, options) if types else (untyped(raw), [])
    except FileNotFoundError as error:
        raise TableError("not-found", f"Le fichier « {source.name} » n’existe pas.") from error
    except OSError as error:
        raise TableError("unreadable", f"Le fichier « {source.name} » ne peut pas être ouvert.") from error
    except UnicodeError as error:
        raise TableError("encoding", "Le texte du fichier ne se décode pas : enregistrez-le en UTF-8.") from error
    except (
        ValueError,
        ArithmeticError,
        LookupError,
        EOFError,
        csv.Error,
        zlib.error,
        pl.exceptions.PolarsError,
    ) as error:
        raise _damaged(source, name) from error
    except (MemoryError, RecursionError) as error:
        raise TableError("too-big", "Le fichier est trop grand ou trop imbriqué : exportez-le en CSV.") from error
    except BaseException as error:
        # What a parser written in Rust raises when it gives up; it is no Exception.
        if type(error).__name__ == "PanicException":
            raise _damaged(source, name) from error
        raise
    return Table(
        format=raw.format,
        encoding=raw.encoding,
        delimiter=raw.delimiter,
        sheet=raw.sheet,
        sheets=raw.sheets,
        header_row=raw.header_row,
        rows=raw.rows,
        columns=columns,
        warnings=raw.warnings,
        guesses=(*raw.guesses, *guesses),
        _source=raw.source,
        _line=raw.line,
    )


def _damaged(path: Path, name: str | None) -> TableError:
    return TableError(
        "damaged", f"Le fichier « {name or path.name} » est abîmé : enregistrez-le de nouveau puis redéposez-le."
    )


def _raw(path: Path, name: str, options: ReadOptions) -> Raw:
    kind = kind_of(path, name)
    if kind in {"gz", "zip"}:
        return unpacked(path, name, kind, options, _raw)
    if kind in {"xlsx", "xlsm", "xlsb", "xls", "ods"}:
        from .readers.excel import read_workbook  # noqa: PLC0415 - loaded only for workbooks

        return read_workbook(path, kind, options)
    if kind == "json":
        from .readers.json_records import read_json  # noqa: PLC0415 - loaded only for JSON

        return read_json(path, options)
    return read_delimited(path, options)
