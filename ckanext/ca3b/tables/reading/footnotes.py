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
    first = rows[len(rows) - after]
    note = next(row for row in rows[len(rows) - after :] if any(row))
    text = note[0] or ""
    if _NOTE.match(text):
        return after
    apart = not any(cell and cell.strip() for cell in first)
    said = any(char.isalpha() for char in text) and (len(note) < width or (len(text) >= _SENTENCE and " " in text))
    return after if apart and said else 0


def footnote_notice(rows: Sequence[Sequence[str | None]], line: int) -> Notice:
    """Tell the note that begins at ``line`` of the file."""
    text = next((row[0] or "" for row in rows if row and row[0] and row[0].strip()), "").strip()
    shown = text if len(text) <= 80 else text[:80] + "…"
    return Notice("footnote", f"Sous le tableau, une note est laissée de côté (« {shown} »).", row=line)


def find_end(path: Path, start: int, encoding: str, delimiter: str, width: int) -> tuple[int, list[list[str]]]:
    """Give (byte where the table ends, rows of the note below); empty lines at the end are no rows.

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
        return size - sum(map(len, lines[len(lines) - cut :])), []
    return size - sum(map(len, lines[len(lines) - cut :])), rows[len(rows) - cut :]
