"""XLSX, XLSM, XLS and ODS through calamine: one sheet, one table."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING, Any

import python_calamine as calamine
from attrs import frozen

from ckanext.ca3b.tables.errors import TableError
from ckanext.ca3b.tables.model import Notice, Raw, Sheet
from ckanext.ca3b.tables.reading.header import check_width, column_names, find_header
from ckanext.ca3b.tables.reading.layout import refuse_several_tables, trimmed

from .archive import copy_bounded
from .delimited_rows import frame_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

    from ckanext.ca3b.tables.model import ReadOptions

MAX_UNPACKED = 1 << 30
_LOCKED = "Le classeur est protégé par un mot de passe : enregistrez-le sans mot de passe."


@frozen
class _Page:
    """The cells of one sheet and its merged ranges."""

    sheet: Sheet
    cells: list[list[str | None]]
    merged: list[Any]


def read_workbook(path: Path, kind: str, options: ReadOptions) -> Raw:
    """Read one sheet of a workbook: the one asked for, or the first visible one that holds something."""
    _safe(path, kind)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        sheets = _sheets(book)
        chosen = _choose(sheets, options.sheet)
        page = book.get_sheet_by_name(chosen.name)
        check_width(page.total_width)
        cells = [[_written(cell) for cell in row] for row in page.to_python(skip_empty_area=False)]
        merged = page.merged_cell_ranges or []
    except calamine.PasswordError as error:
        raise TableError("encrypted", _LOCKED) from error
    except (calamine.CalamineError, zipfile.BadZipFile) as error:
        raise TableError("damaged", "Le classeur ne s’ouvre pas : enregistrez-le de nouveau en XLSX.") from error
    return _raw(kind, _Page(chosen, cells, merged), sheets, options)


def _safe(path: Path, kind: str) -> None:
    """Refuse what is locked or swells, before anything parses it."""
    if kind == "xls":
        content = path.read_bytes() if path.stat().st_size < MAX_UNPACKED else b""
        if not content:
            raise TableError("too-big", "Le classeur dépasse 1 Go : exportez-le en CSV.")
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise TableError("encrypted", _LOCKED)
        return
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > MAX_UNPACKED or len(members) > 10_000:
            raise TableError("bomb", "Le classeur grossit démesurément une fois ouvert : il est refusé.")
        for member in members:
            if member.flag_bits & 1:
                raise TableError("encrypted", _LOCKED)
            try:
                with archive.open(member) as stream:
                    copy_bounded(stream, None, member.compress_size)
            except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
                raise TableError("damaged", "Le classeur est abîmé : enregistrez-le de nouveau.") from error
        if kind == "ods" and "META-INF/manifest.xml" in archive.namelist():
            manifest = archive.read("META-INF/manifest.xml")
            if b"encryption-data" in manifest:
                raise TableError("encrypted", _LOCKED)


def _sheets(book: calamine.CalamineWorkbook) -> tuple[Sheet, ...]:
    found = []
    for meta in book.sheets_metadata:
        if meta.typ == calamine.SheetTypeEnum.WorkSheet:
            hidden = meta.visible != calamine.SheetVisibleEnum.Visible
            found.append(Sheet(meta.name, hidden, book.get_sheet_by_name(meta.name).height))
    return tuple(found)


def _choose(sheets: tuple[Sheet, ...], wanted: str | None) -> Sheet:
    if wanted is not None:
        named = next((sheet for sheet in sheets if sheet.name == wanted), None)
        if named is None:
            names = ", ".join(f"« {sheet.name} »" for sheet in sheets)
            raise TableError("sheet", f"Le classeur n’a pas de feuille « {wanted} » : choisissez parmi {names}.")
        return named
    full = [sheet for sheet in sheets if sheet.rows]
    if not full:
        raise TableError("empty", "Le classeur est vide : aucune de ses feuilles n’a de donnée.")
    return next((sheet for sheet in full if not sheet.hidden), full[0])


def _written(cell: Any) -> str | None:
    """Give the text of a cell; whole numbers lose the ``.0`` that spreadsheets store."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, (dt.date, dt.time)) else str(cell)


def _raw(kind: str, page: _Page, sheets: tuple[Sheet, ...], options: ReadOptions) -> Raw:
    chosen = page.sheet
    notices = _sheet_notices(chosen, sheets)
    left, cells = trimmed(page.cells)
    if not cells:
        raise TableError("empty", f"La feuille « {chosen.name} » est vide.")
    width = len(cells[0])
    header, first = _header(cells, width, options)
    body = cells[first:]
    refuse_several_tables(cells[header] if header is not None else None, body, first, chosen.name)
    if _fill_merged(body, page.merged, first, left):
        notices.append(Notice("merged-cells", "Des cellules fusionnées : leur valeur est répétée sur chaque ligne."))
    headers: list[str | None] = list(cells[header]) if header is not None else [None] * width
    names, more = column_names(headers)
    if header is None:
        more = [Notice("no-header", "Aucune ligne d’en-tête : les colonnes sont nommées column_1, column_2…")]
    elif any(any(row) for row in cells[:header]):
        notices.append(Notice("title-rows", f"{header} ligne(s) au-dessus de l’en-tête, laissées de côté."))

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
        warnings=(*notices, *more),
        guesses=(Notice("sheet", f"Feuille « {chosen.name} »."),),
        line=lambda row: first + row,
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
        if bottom > top >= first and 0 <= column < len(body[0]) and top - first < len(body):
            done = True
            for row in body[top - first + 1 : bottom - first + 1]:
                row[column] = row[column] or body[top - first][column]
    return done
