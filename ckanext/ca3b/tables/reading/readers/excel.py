"""XLSX, XLSM, XLSB, XLS and ODS through calamine: one sheet, one table."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import python_calamine as calamine
from attrs import define, field, frozen

from ckanext.ca3b.tables.errors import TableError
from ckanext.ca3b.tables.model import Notice, Raw, Sheet
from ckanext.ca3b.tables.reading.footnotes import count_footnotes, footnote_notice, total_notice
from ckanext.ca3b.tables.reading.header import check_width, column_names, find_header
from ckanext.ca3b.tables.reading.layout import refuse_several_tables, trimmed
from ckanext.ca3b.tables.reading.oddities import header_notices

from . import ods_parts, xlsx_parts
from .cells import Writer
from .delimited_rows import frame_of
from .workbook_file import LOCKED, check_file, hidden_zeros
from .xlsx_asides import Asides, asides_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import polars as pl

    from ckanext.ca3b.tables.model import ReadOptions

_SHOWN_ZEROS = "le tableur affiche des zéros devant ces nombres : ils sont gardés"


@frozen
class _Page:
    """The cells of one sheet, its merged ranges, what to tell, and the columns that stay text with the reason."""

    sheet: Sheet
    cells: list[list[str | None]]
    merged: list[Any]
    notices: list[Notice]
    codes: set[int]


@define
class _Beside:
    """What is read beside the values of a sheet."""

    padded: Mapping[tuple[int, int], int]
    asides: Asides = field(factory=Asides)


def read_workbook(path: Path, kind: str, options: ReadOptions) -> Raw:
    """Read one sheet of a workbook: the one asked for, or the first visible one with columns."""
    check_file(path, kind)
    try:
        with path.open("rb") as stream:
            # Not by its path: calamine would believe the extension.
            book = calamine.CalamineWorkbook.from_filelike(stream)
            sheets = _sheets(book)
            chosen = _choose(sheets, options.sheet)
            page = _page(book, chosen, _beside(path, kind, chosen.name))
    except calamine.PasswordError as error:
        raise TableError("encrypted", LOCKED) from error
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, zipfile.BadZipFile, ValueError) as error:
        raise TableError("damaged", "Le classeur ne s’ouvre pas : enregistrez-le de nouveau en XLSX.") from error
    if kind == "xls" and hidden_zeros(path):
        page.notices.append(
            Notice(
                "hidden-zeros",
                "Le classeur affiche des zéros devant certains nombres, que le format XLS ne donne pas à lire : "
                "enregistrez-le en XLSX pour les garder.",
            )
        )
    return _raw(kind, page, tuple(sheets), options)


def _sheets(book: calamine.CalamineWorkbook) -> dict[Sheet, int]:
    """Give the sheets with their width."""
    found = {}
    for meta in book.sheets_metadata:
        if meta.typ == calamine.SheetTypeEnum.WorkSheet:
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            page = book.get_sheet_by_name(meta.name)
            found[Sheet(meta.name, hidden, page.height)] = page.width
    return found


def _choose(sheets: Mapping[Sheet, int], wanted: str | None) -> Sheet:
    if wanted is not None:
        named = next((sheet for sheet in sheets if sheet.name == wanted), None)
        if named is None:
            names = ", ".join(f"« {sheet.name} »" for sheet in sheets)
            raise TableError("sheet", f"Le classeur n’a pas de feuille « {wanted} » : choisissez parmi {names}.")
        return named
    full = [sheet for sheet in sheets if sheet.rows]
    if not full:
        raise TableError("empty", "Le classeur est vide : aucune de ses feuilles n’a de donnée.")
    visible = [sheet for sheet in full if not sheet.hidden] or full
    # A page of explanations, often the first, has one column.
    return next((sheet for sheet in visible if sheets[sheet] > 1), visible[0])


def _beside(path: Path, kind: str, sheet: str) -> _Beside:
    if kind in {"xlsx", "xlsm"}:
        with zipfile.ZipFile(path) as archive:
            parts = xlsx_parts.parts_of(archive)
            member = parts.members.get(sheet)
            if member:
                padded = xlsx_parts.padded_cells(archive, member, parts.widths)
                return _Beside(padded, asides_of(archive, member))
    if kind == "ods":
        with zipfile.ZipFile(path) as archive:
            return _Beside(ods_parts.padded_cells(archive, sheet))
    return _Beside({})


def _page(book: calamine.CalamineWorkbook, chosen: Sheet, beside: _Beside) -> _Page:
    page = book.get_sheet_by_name(chosen.name)
    check_width(page.total_width)
    if page.total_width * page.total_height > xlsx_parts.MAX_CELLS:
        raise TableError("too-big", f"La feuille « {chosen.name} » est trop grande : exportez-la en CSV.")
    writer = Writer(beside.padded)
    cells = [writer.row(index, row) for index, row in enumerate(page.iter_rows())]
    writer.mend(cells)
    return _Page(chosen, cells, page.merged_cell_ranges or [], beside.asides.notices(page.total_width), writer.codes)


def _raw(kind: str, page: _Page, sheets: tuple[Sheet, ...], options: ReadOptions) -> Raw:
    chosen = page.sheet
    notices = [*_sheet_notices(chosen, sheets), *page.notices]
    left, cells = trimmed(page.cells)
    if not cells:
        raise TableError("empty", f"La feuille « {chosen.name} » est vide.")
    width = len(cells[0])
    header, first = _header(cells, width, options)
    body = cells[first:]
    cut = count_footnotes(body, width)
    if cut:
        notices.append(footnote_notice(body[-cut:], first + len(body) - cut + 1))
        body = body[:-cut]
    notices += total_notice(body[-1] if body else (), first + len(body))
    refuse_several_tables(cells[header] if header is not None else None, body, first, chosen.name)
    if _fill_merged(body, page.merged, first, left):
        notices.append(Notice("merged-cells", "Des cellules fusionnées : leur valeur est répétée sur chaque ligne."))
    headers: list[str | None] = list(cells[header]) if header is not None else [None] * width
    names, more = column_names(headers)
    notices += header_notices(header, cells, headers, first)

    def source(size: int) -> Iterator[pl.DataFrame]:
        for start in range(0, len(body), size):
            yield frame_of(body[start : start + size], names)

    return Raw(
        format=kind,
        names=names,
        headers=tuple(headers),
        rows=len(body),
        source=source,
        header_row=header,
        sheet=chosen.name,
        sheets=sheets,
        warnings=(*notices, *(more if header is not None else ())),
        guesses=(Notice("sheet", f"Feuille « {chosen.name} »."),),
        line=lambda row: first + row,
        texts={names[column - left]: _SHOWN_ZEROS for column in page.codes if 0 <= column - left < width},
    )


def _sheet_notices(chosen: Sheet, sheets: tuple[Sheet, ...]) -> list[Notice]:
    notices = [
        Notice("hidden-sheet", f"La feuille « {sheet.name} » est masquée ; elle serait publiée avec le fichier.")
        for sheet in sheets
        if sheet.hidden and sheet.rows
    ]
    others = [sheet.name for sheet in sheets if sheet.rows and sheet.name != chosen.name and not sheet.hidden]
    if others:
        said = ", ".join(f"« {name} »" for name in others)
        notices.append(Notice("other-sheets", f"Seule la feuille « {chosen.name} » est lue ; il y a aussi {said}."))
    return notices


def _header(cells: list[list[str | None]], width: int, options: ReadOptions) -> tuple[int | None, int]:
    if options.header_row is None:
        return find_header(cells[:400], width)
    if options.header_row < 0:
        return None, 0
    if options.header_row >= len(cells):
        raise TableError("header-row", f"La feuille n’a pas de ligne {options.header_row + 1}.")
    return options.header_row, options.header_row + 1


def _fill_merged(body: list[list[str | None]], merged: list[Any], first: int, left: int) -> bool:
    """Repeat the value of cells merged downwards on the rows they cover."""
    done = False
    for (top, start), (bottom, _) in merged:
        column = start - left
        if bottom > top >= first and body and 0 <= column < len(body[0]) and top - first < len(body):
            done = True
            for row in body[top - first + 1 : bottom - first + 1]:
                row[column] = row[column] or body[top - first][column]
    return done
