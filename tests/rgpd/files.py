"""Writing the sample tables as files."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

Rows = tuple[list[str], list[list[object]]]


def write_csv(path: Path, rows: Rows, delimiter: str = ";") -> Path:
    """Write (headers, rows) as delimited text."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(rows[0])
        writer.writerows(rows[1])
    return path


def workbook(sheets: dict[str, Rows]) -> openpyxl.Workbook:
    """Make a workbook of these sheets."""
    book = openpyxl.Workbook()
    for sheet in list(book.worksheets):
        book.remove(sheet)
    for name, (headers, rows) in sheets.items():
        page = book.create_sheet(name)
        page.append(headers)
        for row in rows:
            page.append([str(cell) if cell != "" else None for cell in row])
    return book


def held_categories(report) -> set[str]:
    """Give the categories which hold the file."""
    return {found.category for found in report.findings if found.decision != "pass"}
