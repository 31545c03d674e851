"""Notes under a table: « Source : … », told and left aside when nothing else can be meant."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from ckanext.ca3b.tables.model import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MOST = 20
_SENTENCE = 20
_TAIL = 1 << 16
_NOTE = re.compile(
    r"\s*(sources?|notes?|nb|n\.b\.?|légende|lecture|champ|total|données|mise à jour|mis à jour|édité|édition|extrait|"
    r"export|exporté|fin|copyright)\b|\s*(\*|\([0-9*]+\)|©)",
    re.IGNORECASE,
)
# Words that a value may begin with, unless something says that they present a note.
_SURE = re.compile(
    r"\s*(\*|\([0-9*]+\)|©|mise? à jour|édité|extrait d|export(é|ation)? d|copyright)|[^:]{2,20}:|.*\b(19|20)\d\d\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\s*(sous[- ]?total|total|totaux|ensemble|somme)(\s+(général|generale?|des?|du)\b.*)?\s*:?\s*", re.I
)


def count_footnotes(rows: Sequence[Sequence[str | None]], width: int) -> int:
    """Give how many of the last ``rows`` are a note, with the empty rows above it.

    A note fills the first cell only. It is one for sure when it begins as notes do, or when an empty row parts
    from the table a sentence or a line without delimiters; a value alone may as well be a row cut short.
    """
    if width < 2:
        return 0
    after, notes = 0, 0
    for row in reversed(rows):
        filled = [index for index, cell in enumerate(row) if cell and cell.strip()]
        if filled not in ([], [0]) or notes > _MOST:
            break
        after += 1
        notes += bool(filled)
    if not notes or notes > _MOST or after == len(rows):
        return 0
    # The rows above a note may have one cell and be rows all the same.
    end = rows[len(rows) - after :]
    return next((after - skipped for skipped in range(after) if _is_note(end[skipped:], width)), 0)


def _is_note(rows: Sequence[Sequence[str | None]], width: int) -> bool:
    apart = not any(cell and cell.strip() for cell in rows[0])
    note = next((row for row in rows if any(row)), None)
    if note is None:
        return False
    text = note[0] or ""
    if _NOTE.match(text) and (apart or len(note) < width or _SURE.match(text)):
        return True
    said = any(char.isalpha() for char in text) and (len(note) < width or (len(text) >= _SENTENCE and " " in text))
    return apart and said


def footnote_notice(rows: Sequence[Sequence[str | None]], line: int) -> Notice:
    """Tell the note that begins at ``line`` of the file."""
    text = next((row[0] or "" for row in rows if row and row[0] and row[0].strip()), "").strip()
    shown = text if len(text) <= 80 else text[:80] + "…"
    return Notice("footnote", f"Sous le tableau, une note est laissée de côté (« {shown} »).", row=line)


def total_notice(row: Sequence[str | None], line: int | None) -> list[Notice]:
    """Tell that the last ``row`` of a table is its total, which would be counted with the others."""
    words = next((cell for cell in row if cell and cell.strip()), "")
    if not _TOTAL.fullmatch(words) or sum(1 for cell in row if cell and cell.strip()) < 2:
        return []
    return [
        Notice(
            "total-row",
            f"La dernière ligne semble être un total (« {words.strip()} ») : elle est lue comme une donnée. "
            "Retirez-la, pour que les sommes ne comptent pas double.",
            row=line,
        )
    ]


def find_end(
    path: Path, start: int, encoding: str, delimiter: str, width: int
) -> tuple[int, list[list[str]], list[str]]:
    """Give (byte where the table ends, rows of the note below, last row); empty lines at the end are no rows.

    Only the end of the file is read. A line that closes a quoted cell belongs to the table.
    """
    size = path.stat().st_size
    begin = max(start, size - _TAIL)
    with path.open("rb") as stream:
        stream.seek(begin)
        data = stream.read()
    lines = data.splitlines(keepends=True) if b"\n" not in data else re.findall(rb"[^\n]*\n|[^\n]+", data)
    if begin > start:
        lines = lines[1:]
    rows: list[list[str]] = []
    for line in reversed(lines):
        text = line.decode(encoding, errors="replace").rstrip("\r\n")
        if text.count('"') % 2 or "\r" in text or len(rows) > 4 * _MOST:
            break
        rows.insert(0, next(csv.reader([text], delimiter=delimiter), []) if text.strip() else [])
    cut = count_footnotes(rows, width)
    if not cut:
        cut = next((count for count, row in enumerate(reversed(rows)) if row), len(rows))
        note = []
    else:
        note = rows[len(rows) - cut :]
    last = rows[len(rows) - cut - 1] if cut < len(rows) else []
    return size - sum(map(len, lines[len(lines) - cut :])), note, last
