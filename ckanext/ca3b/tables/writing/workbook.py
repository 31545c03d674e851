"""XLSX, row by row: numbers and dates where reading found some, texts as texts and never as formulas or links."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl
import xlsxwriter

from .frames import in_types, opened, refuse, rows_of
from .neutral import neutralised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from ckanext.ca3b.tables.model import Column

    from .frames import Rows, Target

SHEET_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_TEXT = 32_767
MAX_WIDTH = 60
# Before 1 March 1900 the calendar of Excel has a day that never was.
_FIRST_DAY = dt.date(1900, 3, 1)

OPTIONS: dict[str, Any] = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


class _Pages:
    """The sheets of one workbook, each begun with the headers when the one before is full."""

    def __init__(self, book: xlsxwriter.Workbook, title: str, names: Sequence[str], height: int) -> None:
        self.book, self.title, self.names, self.height = book, title, names, height
        self.bold = book.add_format({"bold": True, "bottom": 1})
        self.number, self.row = 0, 0
        self.sheet: Worksheet

    def next(self) -> int:
        """Give the index of the next free row, on a new sheet when needed."""
        if self.row >= self.height:
            self.begin()
        self.row += 1
        return self.row - 1

    def begin(self) -> None:
        """Begin a new sheet."""
        self.number += 1
        self.sheet = self.book.add_worksheet(self.title if self.number == 1 else f"{self.title} {self.number}")
        self.sheet.freeze_panes(1, 0)
        for index, header in enumerate(self.names):
            self.sheet.set_column(index, index, min(max(len(header) + 2, 12), MAX_WIDTH))
            put(self.sheet, 0, index, neutralised(header), self.bold)
        self.row = 1


def write_xlsx(
    rows: Rows,
    target: Target,
    *,
    columns: Sequence[Column] | None = None,
    title: str = "Données",
    sheet_rows: int = SHEET_ROWS,
) -> int:
    """Write ``rows`` as a workbook and give their number; beyond ``sheet_rows`` rows they go on on a second sheet.

    Raises:
        TableError: the table does not fit (16,384 columns, 32,767 characters in a cell); nothing is cut short.

    """
    frames, columns = rows_of(rows, columns)
    if len(columns) > MAX_COLUMNS:
        raise refuse(
            "too-many-columns", f"Un classeur a au plus {MAX_COLUMNS} colonnes : prenez le fichier CSV ou Parquet."
        )
    count = 0
    with opened(target) as out, xlsxwriter.Workbook(out, OPTIONS) as book:
        pages = _Pages(book, title, [column.name for column in columns], sheet_rows)
        forms = {
            dt.date: book.add_format({"num_format": "yyyy-mm-dd"}),
            dt.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        pages.begin()
        for frame in frames:
            for values in _cells(in_types(frame, columns)).iter_rows():
                row = pages.next()
                for index, value in enumerate(values):
                    put(pages.sheet, row, index, value, forms.get(type(value)))
            count += frame.height
    return count


def put(sheet: Worksheet, row: int, column: int, value: Any, form: Format | None = None) -> None:
    """Write one cell as what it is, in the format ``form`` for dates and texts."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        if abs(value) < 1e15:
            sheet.write_number(row, column, value)
        else:
            sheet.write_string(row, column, str(value))
    elif isinstance(value, dt.date):
        _put_date(sheet, row, column, value, form)
    elif len(value) > MAX_TEXT:
        raise refuse(
            "cell-too-long",
            f"Une cellule de la ligne {row + 1} dépasse {MAX_TEXT} caractères, la limite d’un classeur : "
            "prenez le fichier CSV ou JSON.",
        )
    else:
        sheet.write_string(row, column, value, form)


def _put_date(sheet: Worksheet, row: int, column: int, value: dt.date, form: Format | None) -> None:
    day = value.date() if isinstance(value, dt.datetime) else value
    zoned = isinstance(value, dt.datetime) and value.tzinfo is not None
    if day < _FIRST_DAY or zoned:
        sheet.write_string(row, column, value.isoformat())
    else:
        sheet.write_datetime(row, column, value, form)  # pyright: ignore[reportArgumentType] - takes a date too


def _cells(frame: pl.DataFrame) -> pl.DataFrame:
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    finite = [name for name, kind in frame.schema.items() if kind in {pl.Float64, pl.Float32}]
    return frame.with_columns(
        *(neutralised(pl.col(name)).alias(name) for name in texts),
        *(pl.when(pl.col(name).is_finite()).then(pl.col(name)).alias(name) for name in finite),
    )
