"""Delimited text: found out on a sample, verified on every byte, parsed by blocks."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from ckanext.ca3b.tables.errors import TableError
from ckanext.ca3b.tables.model import Notice, Raw
from ckanext.ca3b.tables.reading.accents import lost_accents
from ckanext.ca3b.tables.reading.dialect import DELIMITERS, NAMES, find_delimiter, records
from ckanext.ca3b.tables.reading.encoding import BLOCK, MIXED, MIXED_ERRORS, check_encoding, find_encoding, mixed_lines
from ckanext.ca3b.tables.reading.footnotes import find_end, footnote_notice, total_notice
from ckanext.ca3b.tables.reading.header import (
    check_width,
    column_names,
    find_header,
    header_notices,
    level_header,
    refuse_lost_header,
    width_of,
)
from ckanext.ca3b.tables.reading.structure import scan

from .delimited_rows import Place, careful_count, careful_rows, fast_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl

    from ckanext.ca3b.tables.model import ReadOptions
    from ckanext.ca3b.tables.reading.lines import Lines

_SAMPLE = 1 << 22
_ASCII_LIKE = {"utf-8", "cp1252", "latin-1", "iso8859-1", "mac-roman", "mac_roman", "iso8859-15"}


def read_delimited(path: Path, options: ReadOptions) -> Raw:
    """Read CSV, TSV or other delimited text."""
    encoding, why = find_encoding(path) if options.encoding is None else (check_encoding(options.encoding), "demandé")
    home, plain_path, plain_encoding, start = _plain(path, encoding, mixed=why is MIXED)
    text = _sample(plain_path, plain_encoding, start)
    if not text.strip(' \t\r\n"' + "".join(DELIMITERS)):
        raise TableError("empty", "Le fichier est vide : il n’a ni en-tête ni donnée.")
    delimiter, why_delimiter = (
        find_delimiter(text) if options.delimiter is None else (_one(options.delimiter), "demandé")
    )
    rows = records(text, delimiter)
    cells = [row for _, row in rows]
    check_width(max(len(row) for row in cells))
    width = width_of(cells)
    if options.header_row is None:
        level_header(cells, width)
        header, first = find_header(cells, width)
        if header is None:
            refuse_lost_header(cells, first, [mark for mark in DELIMITERS if mark != delimiter])
    elif options.header_row < 0:
        header, first = None, 0
    else:
        header, first = options.header_row, options.header_row + 1
        if header >= len(rows):
            raise TableError(
                "header-row", f"Le fichier n’a pas de ligne {header + 1} : choisissez une autre ligne d’en-tête."
            )
        width = len(cells[header])
    headers: list[str | None] = list(cells[header]) if header is not None else [None] * width
    names, notices = column_names(headers)
    lines = rows[first - 1][0] if first else 0
    offset = _offset(plain_path, start, lines)
    end, note, last = find_end(plain_path, offset, plain_encoding, delimiter, width)
    source, count, line = _verified(Place(plain_path, plain_encoding, delimiter, offset, end, lines), names)
    guesses = [
        Notice("encoding", f"Encodage : {why}."),
        Notice("delimiter", f"Séparateur : {why_delimiter}."),
        Notice("header", f"En-tête à la ligne {lines}." if header is not None else "Pas de ligne d’en-tête."),
    ]
    notices = header_notices(header, cells, headers, first) + (notices if header is not None else [])
    notices += _encoding_notices(path, text, mixed=why is MIXED)
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


def _plain(path: Path, encoding: str, *, mixed: bool) -> tuple[tempfile.TemporaryDirectory[str] | None, Path, str, int]:
    """Give (home of the copy, file, encoding, first byte) such that ASCII is itself and lines end with a line feed."""
    with path.open("rb") as stream:
        head = stream.read(1 << 20)
    carriage_only = b"\r" in head and b"\n" not in head and not encoding.startswith("utf-16")
    if encoding == "utf-8-sig" and not carriage_only and not mixed:
        return None, path, "utf-8", 3 if head.startswith(b"\xef\xbb\xbf") else 0
    if encoding in _ASCII_LIKE and not carriage_only and not mixed:
        return None, path, encoding, 0
    home: tempfile.TemporaryDirectory[str] = tempfile.TemporaryDirectory(prefix="ca3b-table-")
    copy = Path(home.name) / "table.csv"
    try:
        errors = MIXED_ERRORS if mixed else "strict"
        with (
            path.open(encoding=encoding, errors=errors, newline="") as source,
            copy.open("w", encoding="utf-8", newline="") as target,
        ):
            first = True
            while block := source.read(BLOCK):
                text = block.removeprefix("\ufeff") if first else block
                if first and "\n" not in text and "\r" in text:
                    carriage_only = True
                if "\0" in text:
                    raise TableError("nul-bytes", "Le fichier contient des caractères nuls : exportez-le de nouveau.")
                first = False
                target.write(text.replace("\r", "\n") if carriage_only else text)
    except UnicodeError as error:
        raise _undecodable(encoding) from error
    return home, copy, "utf-8", 0


def _undecodable(encoding: str) -> TableError:
    return TableError(
        "encoding", f"Le fichier ne se lit pas en {encoding} : choisissez un autre encodage ou enregistrez-le en UTF-8."
    )


def _sample(path: Path, encoding: str, start: int) -> str:
    with path.open("rb") as stream:
        stream.seek(start)
        data = stream.read(_SAMPLE)
        if stream.read(1):
            data = data[: data.rfind(b"\n") + 1] or data
    return data.decode(encoding, errors="replace")


def _offset(path: Path, start: int, lines: int) -> int:
    with path.open("rb") as stream:
        stream.seek(start)
        for _ in range(lines):
            stream.readline()
        return stream.tell()


def _verified(place: Place, names: tuple[str, ...]) -> tuple[Callable[[int], Iterator[pl.DataFrame]], int, Lines]:
    """Give the source of rows, their number and their lines, or refuse the rows of another width."""
    structure = (
        scan(place.path, (place.offset, place.end), place.delimiter, len(names), place.lines + 1)
        if len(names) > 1
        else None
    )
    if structure is None or not structure.plain:
        count, ragged, faults, line = careful_count(place, len(names))
        source = careful_rows(place, names)
    else:
        count, ragged, faults = structure.records, structure.ragged, structure.ragged_count
        line = structure.lines
        source = fast_rows(place, names, structure.chunks)
    if faults:
        shown = ", ".join(f"ligne {line} ({fields})" for line, fields in ragged[:10])
        more = f" et {faults - 10} autre(s)" if faults > 10 else ""
        raise TableError(
            "ragged-rows",
            f"{faults} ligne(s) n’ont pas {len(names)} colonnes : {shown}{more}. "
            "Vérifiez les séparateurs et les guillemets de ces lignes, et retirez les notes hors du tableau.",
        )
    return source, count, line
