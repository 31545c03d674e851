"""The delimiter of a text file, and its first records."""

from __future__ import annotations

import csv
import re
from collections import Counter
from typing import TYPE_CHECKING

from ckanext.ca3b.tables.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = (";", ",", "\t", "|")
# What no cell holds, for a file of one column: its commas are text.
NO_DELIMITER = "\x1f"
NAMES = {";": "point-virgule", ",": "virgule", "\t": "tabulation", "|": "barre verticale"}
_SAMPLE_RECORDS = 400
_STRANGE = re.compile(r"[~^¤§¦#!*:$¶\x1c-\x1f\\]|  +")

LONGEST_CELL = 1 << 24
csv.field_size_limit(LONGEST_CELL)


def lines_of(text: str) -> Iterator[str]:
    """Cut at line feeds only, as the exact pass does."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start : end + 1]
        start = end + 1
    if start < len(text):
        yield text[start:]


def records(text: str, delimiter: str, limit: int = _SAMPLE_RECORDS) -> list[tuple[int, list[str]]]:
    """Give the first records of ``text`` as (lines read so far, cells)."""
    reader = csv.reader(lines_of(text), delimiter=delimiter)
    found: list[tuple[int, list[str]]] = []
    try:
        for row in reader:
            found.append((reader.line_num, row))
            if len(found) >= limit:
                break
    except csv.Error as error:
        if not found:
            raise TableError(
                "syntax", f"La ligne {reader.line_num} ne se lit pas comme du CSV : vérifiez ses guillemets."
            ) from error
    return found


def find_delimiter(text: str) -> tuple[str, str]:
    """Give (delimiter, reason in French); :data:`NO_DELIMITER` when the file has one column.

    Raises:
        TableError: the file is cut by something else than the delimiters known here.

    """
    best, best_score, said = "", (0.0, False, 0), ""
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for _, row in records(text, delimiter) if row]
        except TableError:
            continue
        counts = Counter(width for width in widths if width > 1)
        if not counts:
            continue
        width, most = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
        body = widths[widths.index(width) :]
        # Titles may be above the table: what counts is how regular the lines are from the first one that is cut.
        regular, covered = most / len(body), sum(1 for size in widths if size > 1) / len(widths)
        # A comma may be of the text, in every line too; another mark that cuts every line alike is there to cut.
        score = (round(regular * covered, 2), delimiter != "," and most == len(widths), width)
        if score > best_score and max(regular, covered) >= 0.5 and (most > 1 or covered >= 0.5):
            best, best_score = delimiter, score
            said = f"{NAMES[best]} : {round(regular * 100)} % des lignes ont {width} colonnes"
    if best:
        return best, said
    _refuse_strange(text)
    return NO_DELIMITER, "une seule colonne"


def _refuse_strange(text: str) -> None:
    lines = [line for _, line in zip(range(50), lines_of(text), strict=False) if line.strip()]
    if len(lines) < 3:
        return
    found = [["  " if mark.isspace() else mark for mark in _STRANGE.findall(line)] for line in lines]
    if found[0] and all(len(marks) == len(found[0]) for marks in found):
        marks = set.intersection(*map(set, found))
        if marks:
            mark = sorted(marks)[0]
            shown = f"« {mark} »" if mark.strip() and mark.isprintable() else "des espaces ou un caractère invisible"
            raise TableError(
                "strange-delimiter",
                f"Les colonnes semblent séparées par {shown}, que le portail ne lit pas : "
                "exportez le fichier avec des points-virgules.",
            )
