"""What reading a file gives: a table whose values stay as they were written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from attrs import field, frozen

from .errors import TableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

TYPES = ("text", "integer", "number", "boolean", "date", "datetime")
BATCH_ROWS = 50_000


def no_line(_: int) -> int | None:
    """The line of a row in a file that has none to show."""
    return None


@frozen
class Notice:
    """Something to tell about the file, in French. ``row`` counts lines of the file from 1."""

    code: str
    message: str
    row: int | None = None
    column: str | None = None


@frozen
class Column:
    """One column: ``name`` is unique, ``header`` is what the file says, ``position`` counts from 0.

    ``reason`` says in French why this type; ``date_format`` is a strptime format, ``decimal`` and
    ``thousands`` the marks of its numbers.
    """

    name: str
    type: str
    header: str | None
    position: int
    reason: str = ""
    date_format: str | None = None
    decimal: str | None = None
    thousands: str | None = None


@frozen
class Sheet:
    """One sheet of a workbook; ``rows`` are its used rows, header and titles included."""

    name: str
    hidden: bool
    rows: int


@frozen
class ReadOptions:
    """What the user says instead of what would be guessed; ``None`` leaves the guess.

    ``header_row`` counts from 0, and -1 says that there is no header. ``date_order`` is ``dmy``,
    ``mdy`` or ``ymd``; ``types`` goes from the name of a column to its type.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    decimal: str | None = None
    date_order: str | None = None
    types: Mapping[str, str] = field(factory=dict)


@frozen
class Raw:
    """What a reader of one format gives, before types: headers, number of rows and the rows themselves.

    ``source(size)`` gives frames of at most ``size`` rows, all of strings, ``None`` for an empty cell.
    """

    format: str
    names: tuple[str, ...]
    headers: tuple[str | None, ...]
    rows: int
    source: Callable[[int], Iterator[pl.DataFrame]]
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[Sheet, ...] = ()
    warnings: tuple[Notice, ...] = ()
    guesses: tuple[Notice, ...] = ()
    line: Callable[[int], int | None] = no_line
    texts: Mapping[str, str] = field(factory=dict)
    """Columns that stay text, with the reason."""


@frozen
class Table:
    """A table as it was read. The temporary copies it needs live as long as it does."""

    format: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    sheets: tuple[Sheet, ...]
    header_row: int | None
    rows: int
    columns: tuple[Column, ...]
    warnings: tuple[Notice, ...]
    guesses: tuple[Notice, ...]
    _source: Callable[[int], Iterator[pl.DataFrame]] = field(repr=False, eq=False, alias="_source")
    _line: Callable[[int], int | None] = field(default=no_line, repr=False, eq=False, alias="_line")

    def line(self, row: int) -> int | None:
        """Give the line of the file, or of the sheet, where data row ``row`` (from 1) begins, from 1.

        Title rows, blank lines and line breaks inside cells are counted: it is the number that an editor or a
        spreadsheet shows. ``None`` for a JSON document, whose records have no line of their own.
        """
        return self._line(row)

    def batches(self, size: int = BATCH_ROWS) -> Iterator[pl.DataFrame]:
        """Give the rows in the order of the file, at most ``size`` at a time, as strings as written.

        Raises:
            TableError: the file is no longer what was read.

        """
        try:
            yield from self._source(size)
        except (OSError, UnicodeError, ValueError, pl.exceptions.PolarsError) as error:
            raise TableError("changed", "Le fichier a changé depuis sa lecture : recommencez.") from error
