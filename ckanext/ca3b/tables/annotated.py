"""The clerk's own rows in a workbook where each bad cell is coloured and says what is wrong.

The first sheet counts the errors by kind and leads to the first cell of each. The second holds the rows as they were
written, all as text; with too many of them, only the rows in error, with their line in the file.
"""

from __future__ import annotations

from collections import Counter
from typing import IO, TYPE_CHECKING, Any

import polars as pl
import xlsxwriter
from attrs import define, field
from xlsxwriter.utility import xl_rowcol_to_cell

from .checking.labels import label
from .writing.frames import opened
from .writing.neutral import neutralised
from .writing.workbook import MAX_TEXT, MAX_WIDTH, OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from .checking import CheckError
    from .model import Table

MAX_ROWS = 100_000
"""With more rows than this, only the rows in error are shown, as many as this at most."""

MAX_CELLS = 50_000
"""Cells coloured and commented; what is beyond is counted on the first sheet, and is in the CSV of errors."""

SUMMARY, ROWS = "Synthèse", "Données"
_MAX_COMMENT = 1_000
_LINE = "Ligne du fichier"


@define
class _Found:
    """Errors by place: ``cells`` by data row (0: the header) and column of the sheet, ``firsts`` by kind."""

    width: int
    cells: dict[int, dict[int, list[str]]] = field(factory=dict)
    absent: dict[str, int] = field(factory=dict)
    counts: Counter[str] = field(factory=Counter)
    firsts: dict[str, tuple[int, int]] = field(factory=dict)
    shown: int = 0

    def add(self, error: CheckError, columns: dict[str, int]) -> None:
        """Keep one error, within bounds."""
        self.counts[error.code] += 1
        row, column = error.row or 0, self._place(error, columns)
        if self.shown >= MAX_CELLS:
            return
        line = self.cells.setdefault(row, {})
        self.shown += column not in line
        line.setdefault(column, []).append(error.message)
        self.firsts.setdefault(error.code, (row, column))

    def _place(self, error: CheckError, columns: dict[str, int]) -> int:
        """Give the column of the sheet; a column that the file has not is added after its own, the first else."""
        if error.column is None or error.column in columns:
            return columns.get(error.column or "", 0)
        if error.row is not None:
            return 0
        self.absent.setdefault(error.column, self.width + len(self.absent))
        return self.absent[error.column]


def write(table: Table, errors: Iterable[CheckError], target: str | Path | IO[bytes]) -> None:
    """Write the annotated workbook of ``table`` at ``target``; ``errors`` are those of its check, in any number.

    A cell longer than what a workbook holds is cut and says so: this is a report, not an export.
    """
    columns = {column.name: column.position for column in table.columns}
    # An error names the column by its header, which differs from its name for the second of two of the same header.
    columns = {**{(c.header or "").strip(): c.position for c in reversed(table.columns)}, **columns}
    columns.pop("", None)
    found = _Found(len(table.columns))
    for error in errors:
        found.add(error, columns)
    partial = table.rows > MAX_ROWS
    with opened(target) as out, xlsxwriter.Workbook(out, OPTIONS) as book:
        summary, data = book.add_worksheet(SUMMARY), book.add_worksheet(ROWS)
        places = _write_rows(book, data, table, found, partial=partial)
        _write_summary(
            book, summary, found, _links(found, places, partial=partial), _notes(table, found, partial=partial)
        )


def _write_rows(
    book: xlsxwriter.Workbook, sheet: Worksheet, table: Table, found: _Found, *, partial: bool
) -> dict[int, int]:
    """Write the rows; give where each data row in error is on the sheet."""
    shift = 1 if partial else 0
    bad = book.add_format({"bg_color": "#FFD9D6", "font_color": "#7A0C00", "border": 1, "border_color": "#B3261E"})
    bad_header = book.add_format({"bg_color": "#FFD9D6", "font_color": "#7A0C00", "bold": True, "border": 2})
    bold = book.add_format({"bold": True, "bottom": 1})
    headers = [*([_LINE] if partial else []), *(column.header or "" for column in table.columns), *found.absent]
    sheet.freeze_panes(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for at, header in enumerate(headers):
        sheet.set_column(at, at, min(max(len(header) + 2, 12), MAX_WIDTH))
    faults = found.cells.get(0, {})
    for at, header in enumerate(headers):
        _cell(sheet, (0, at), header, faults.get(at - shift), bad_header if at - shift in faults else bold, bad_header)
    places = {0: 0}
    width = len(table.columns)
    for on_sheet, (row, values) in enumerate(_rows(table, found, partial=partial), 1):
        if partial:
            line = table.line(row)
            sheet.write_number(on_sheet, 0, row if line is None else line)
        faults = found.cells.get(row, {})
        for at in range(width):
            _cell(sheet, (on_sheet, at + shift), values[at], faults.get(at), None, bad)
        if faults:
            places[row] = on_sheet
    return places


def _rows(table: Table, found: _Found, *, partial: bool) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Give (data row from 1, texts): all of them, or those in error."""
    start = 1
    for batch in table.batches():
        safe = batch.select(neutralised(pl.col(column.name)).alias(column.name) for column in table.columns)
        for row, values in enumerate(safe.iter_rows(), start):
            if not partial or row in found.cells:
                yield row, values
        start += batch.height


def _cell(  # noqa: PLR0913, PLR0917 - one cell and its two looks
    sheet: Worksheet,
    place: tuple[int, int],
    text: str | None,
    messages: list[str] | None,
    form: Format | None,
    bad: Format,
) -> None:
    row, column = place
    if not text and not messages:
        return
    shown = text or ""
    if len(shown) > MAX_TEXT:
        shown = shown[: MAX_TEXT - 20] + "… [texte coupé]"
    look = bad if messages else form
    if shown:
        sheet.write_string(row, column, shown, look)
    else:
        sheet.write_blank(row, column, None, look)
    if messages:
        said = "\n".join(dict.fromkeys(messages))
        height = min(400, 40 + 18 * (len(said) // 38 + said.count("\n") + 1))
        sheet.write_comment(
            row, column, said[:_MAX_COMMENT], {"x_scale": 2.2, "height": height, "author": "Vérification"}
        )


def _links(found: _Found, places: dict[int, int], *, partial: bool) -> dict[str, str]:
    """Give the cell where each kind of error is first."""
    return {
        code: xl_rowcol_to_cell(places[row], column + partial)
        for code, (row, column) in found.firsts.items()
        if row in places
    }


def _notes(table: Table, found: _Found, *, partial: bool) -> list[str]:
    notes = [
        f"Feuille «\u00a0{ROWS}\u00a0»\u00a0: chaque cellule en erreur est colorée et porte un commentaire.",
        "Corrigez votre fichier d’origine, puis déposez-le de nouveau.",
    ]
    if partial:
        notes.append(f"Le fichier a {table.rows} lignes\u00a0: seules les lignes en erreur sont montrées ici.")
    if sum(found.counts.values()) > found.shown >= MAX_CELLS:
        notes.append(
            f"Seules les {MAX_CELLS} premières cellules en erreur sont colorées\u00a0; le CSV des erreurs les a toutes."
        )
    return notes


def _write_summary(
    book: xlsxwriter.Workbook, sheet: Worksheet, found: _Found, links: dict[str, str], notes: list[str]
) -> None:
    title, bold = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True, "bottom": 1})
    link = book.get_default_url_format()
    total = sum(found.counts.values())
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 2, 18)
    said = "Aucune erreur" if not total else f"{total} erreur{'s' if total > 1 else ''}"
    sheet.write_string(0, 0, f"{said} dans le fichier", title)
    for at, note in enumerate(notes, 1):
        sheet.write_string(at, 0, note)
    top = len(notes) + 2
    for at, header in enumerate(("Erreur", "Nombre", "Première cellule")):
        sheet.write_string(top, at, header, bold)
    for at, (code, count) in enumerate(found.counts.most_common(), top + 1):
        sheet.write_string(at, 0, label(code))
        sheet.write_number(at, 1, count)
        if code in links:
            sheet.write_url(at, 2, f"internal:'{ROWS}'!{links[code]}", link, f"{ROWS}, cellule {links[code]}")
    sheet.activate()
