"""The workbook of a schema: the sheet to fill in, then « Aide », then « Listes » for the long lists of values."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import IO, TYPE_CHECKING

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from ckanext.ca3b.tables.wording import NBSP

from . import cells
from .aid import write_aid

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.worksheet import Worksheet

    from ckanext.ca3b.tables.schemas import Field, TableSchema

LAST_ROW = 1_048_575
MAX_SHEET_NAME = 31
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
_HEADER = {
    "bold": True,
    "font_color": "#FFFFFF",
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
    "num_format": "@",
}
_REQUIRED = {"bg_color": "#1F3A5F", "bottom": 5}
_OPTIONAL = {"bg_color": "#5B6B7F", "italic": True}


def write_model(schema: TableSchema, target: Path | IO[bytes]) -> None:
    """Write the empty model of ``schema`` at ``target``, a path or an open binary file."""
    _write(schema, (), target)


def write_example(schema: TableSchema, target: Path | IO[bytes]) -> None:
    """Write the model of ``schema`` filled with its valid samples."""
    _write(schema, schema.samples["valid"], target)


def _write(schema: TableSchema, rows: Sequence[Mapping[str, str]], target: Path | IO[bytes]) -> None:
    book = xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, _OPTIONS)
    book.set_properties(
        {"title": schema.title, "subject": f"{schema.name} {schema.version}", "comments": schema.url or ""}
    )
    sheet = book.add_worksheet(schema.name[:MAX_SHEET_NAME])
    write_aid(book, schema)
    lists = _lists(book, schema)
    for index, field in enumerate(schema.fields):
        _column(book, sheet, index, field, lists.get(field.name))
    for number, row in enumerate(rows, start=1):
        for index, field in enumerate(schema.fields):
            _cell(sheet, number, index, cells.value(field, row[field.name]))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_row(0, 30)
    sheet.activate()
    book.close()


def _column(book: xlsxwriter.Workbook, sheet: Worksheet, index: int, field: Field, source: str | None) -> None:
    """Write the header of a column, its comment, and what its cells accept."""
    width = min(max(len(field.name) + 2, len(field.example) + 2, 12), 40)
    sheet.set_column(index, index, width, book.add_format({"num_format": cells.number_format(field)}))
    header = book.add_format(_HEADER | (_REQUIRED if field.required else _OPTIONAL))
    sheet.write_string(0, index, field.name, header)
    sheet.write_comment(0, index, _comment(field), {"x_scale": 2.5, "y_scale": 2.2, "font_size": 9})
    rule = cells.validation(field, source)
    if rule is not None:
        sheet.data_validation(1, index, LAST_ROW, index, rule)


def _comment(field: Field) -> str:
    return "\n".join(
        (
            f"{field.title} ({'obligatoire' if field.required else 'facultatif'})",
            field.description,
            field.expected,
            f"Exemple{NBSP}: {field.example}",
        )
    )


def _cell(sheet: Worksheet, row: int, index: int, value: str | float | dt.date) -> None:
    """Write a value without a format of its own: the column gives it, a day aside."""
    if isinstance(value, dt.date):
        sheet.write_datetime(row, index, dt.datetime(value.year, value.month, value.day))  # noqa: DTZ001 - a day
    elif isinstance(value, str):
        if value:
            sheet.write_string(row, index, value)
    else:
        sheet.write_number(row, index, value)


def _lists(book: xlsxwriter.Workbook, schema: TableSchema) -> dict[str, str]:
    """Write the lists too long for a data validation; give where each is, by column.

    The sheet is visible: a hidden one would be published unseen, and reading warns about it.
    """
    long = [(field, values) for field in schema.fields if not cells.fits_inline(values := cells.choices(field))]
    if not long:
        return {}
    sheet = book.add_worksheet("Listes")
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    places = {}
    for index, (field, values) in enumerate(long):
        sheet.set_column(index, index, 40, text)
        sheet.write_string(0, index, field.name, bold)
        for number, word in enumerate(values, start=1):
            value = cells.value(field, word)
            if isinstance(value, str):
                sheet.write_string(number, index, value)
            else:
                sheet.write_number(number, index, float(str(value)))
        letter = xl_col_to_name(index)
        places[field.name] = f"=Listes!${letter}$2:${letter}${len(values) + 1}"
    return places
