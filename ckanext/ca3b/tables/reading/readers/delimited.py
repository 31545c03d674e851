"""Delimited text: found out on a sample, verified on every byte, parsed by blocks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ckanext.ca3b.tables.errors import TableError
from ckanext.ca3b.tables.model import Notice, Raw
from ckanext.ca3b.tables.reading.accents import lost_accents
from ckanext.ca3b.tables.reading.dialect import DELIMITERS, NAMES, find_delimiter, records
from ckanext.ca3b.tables.reading.encoding import MIXED, check_encoding, find_encoding, mixed_lines
from ckanext.ca3b.tables.reading.footnotes import find_end, footnote_notice, total_notice
from ckanext.ca3b.tables.reading.header import (
    check_width,
    column_names,
    find_header,
    level_header,
    refuse_lost_header,
    width_of,
)
from ckanext.ca3b.tables.reading.oddities import header_notices
from ckanext.ca3b.tables.reading.structure import scan

from .delimited_rows import Place, careful_count, careful_rows, fast_rows, stray_quote
from .plain_text import offset_of, plain_copy, sample_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl

    from ckanext.ca3b.tables.model import ReadOptions
    from ckanext.ca3b.tables.reading.lines import Lines


def read_delimited(path: Path, options: ReadOptions) -> Raw:
    """Read CSV, TSV or other delimited text."""
    encoding, why = find_encoding(path) if options.encoding is None else (check_encoding(options.encoding), "demandé")
    home, plain_path, plain_encoding, start = plain_copy(path, encoding, mixed=why is MIXED)
    text = sample_of(plain_path, plain_encoding, start)
    if not text.strip(' \t\r\n"' + "".join(DELIMITERS)):
        raise TableError("empty", "Le fichier est vide : il n’a ni en-tête ni donnée.")
    delimiter, why_delimiter = (
        find_delimiter(text) if options.delimiter is None else (_one(options.delimiter), "demandé")
    )
    rows = records(text, delimiter)
    cells = [row for _, row in rows]
    check_width(max(len(row) for row in cells))
    header, first, width = _header(cells, width_of(cells), options, delimiter)
    headers: list[str | None] = list(cells[header]) if header is not None else [None] * width
    names, notices = column_names(headers)
    lines = rows[first - 1][0] if first else 0
    offset = offset_of(plain_path, start, lines)
    end, note, last = find_end(plain_path, offset, plain_encoding, delimiter, width)
    source, count, line, stray = _verified(Place(plain_path, plain_encoding, delimiter, offset, end, lines), names)
    guesses = [
        Notice("encoding", f"Encodage : {why}."),
        Notice("delimiter", f"Séparateur : {why_delimiter}."),
        Notice("header", f"En-tête à la ligne {lines}." if header is not None else "Pas de ligne d’en-tête."),
    ]
    notices = header_notices(header, cells, headers, first) + (notices if header is not None else [])
    notices += _encoding_notices(path, text, mixed=why is MIXED)
    if stray:
        notices.append(
            Notice(
                "stray-quote",
                f"Un guillemet mal placé à la ligne {stray} : la cellule est lue au mieux. Doublez les guillemets qui "
                "sont dans le texte.",
                row=stray,
            )
        )
    if note:
        notices.append(footnote_notice(note, line(count) + 1 if count else lines + 1))
    if count:
        notices += total_notice(last, line(count))
    if width == 1:
        notices.append(Notice("one-column", "Le fichier n’a qu’une colonne."))

    def batches(size: int) -> Iterator[pl.DataFrame]:
        assert home is None or Path(home.name).exists()  # noqa: S101 - keeps the temporary copy alive
        return source(size)

    return Raw(
        format="tsv" if delimiter == "\t" else "csv",
        names=names,
        headers=tuple(headers),
        rows=count,
        source=batches,
        header_row=header,
        encoding=encoding,
        delimiter=delimiter if width > 1 or options.delimiter else None,
        warnings=tuple(notices),
        guesses=tuple(guesses),
        line=line,
    )


def _header(cells: list[list[str]], width: int, options: ReadOptions, delimiter: str) -> tuple[int | None, int, int]:
    """Give (index of the header, index of the first row of data, number of columns)."""
    wanted = options.header_row
    if wanted is None:
        level_header(cells, width)
        header, first = find_header(cells, width)
        if header is None:
            refuse_lost_header(cells, first, [mark for mark in DELIMITERS if mark != delimiter])
        return header, first, width
    if wanted < 0:
        return None, 0, width
    if wanted >= len(cells):
        raise TableError(
            "header-row", f"Le fichier n’a pas de ligne {wanted + 1} : choisissez une autre ligne d’en-tête."
        )
    return wanted, wanted + 1, len(cells[wanted])


def _encoding_notices(path: Path, text: str, *, mixed: bool) -> list[Notice]:
    notices = lost_accents(text)
    if mixed:
        lines = mixed_lines(path)
        notices.append(
            Notice(
                "mixed-encoding",
                f"Deux encodages dans le même fichier : il est en UTF-8, sauf ligne(s) {', '.join(map(str, lines))}, "
                "lue(s) en Windows-1252. Vérifiez les accents de ces lignes.",
                row=lines[0] if lines else None,
            )
        )
    return notices


def _one(delimiter: str) -> str:
    if len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n':
        raise TableError(
            "delimiter", f"« {delimiter} » n’est pas un séparateur : choisissez parmi {', '.join(NAMES.values())}."
        )
    return delimiter


def _verified(
    place: Place, names: tuple[str, ...]
) -> tuple[Callable[[int], Iterator[pl.DataFrame]], int, Lines, int | None]:
    """Give the source of rows, their number, their lines and the line of a stray quote.

    Raises:
        TableError: rows have another width.

    """
    structure = (
        scan(place.path, (place.offset, place.end), place.delimiter, len(names), place.lines + 1)
        if len(names) > 1
        else None
    )
    if structure is None or not structure.plain:
        count, ragged, faults, line = careful_count(place, len(names))
        source, stray = careful_rows(place, names), stray_quote(place)
    else:
        count, ragged, faults = structure.records, structure.ragged, structure.ragged_count
        line, stray = structure.lines, None
        source = fast_rows(place, names, structure.chunks)
    if faults:
        shown = ", ".join(f"ligne {line} ({fields})" for line, fields in ragged[:10])
        more = f" et {faults - 10} autre(s)" if faults > 10 else ""
        raise TableError(
            "ragged-rows",
            f"{faults} ligne(s) n’ont pas {len(names)} colonnes : {shown}{more}. "
            "Vérifiez les séparateurs et les guillemets de ces lignes, et retirez les notes hors du tableau.",
        )
    return source, count, line, stray
