"""Which row names the columns, and what the columns are called."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ckanext.ca3b.tables.errors import TableError
from ckanext.ca3b.tables.model import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_COLUMNS = 5_000
LOOKED_AT = 200
_VALUE = re.compile(
    r"[+-]?[\d\s\u00a0\u202f]*[\d][\d\s\u00a0\u202f]*([.,]\d+)?\s*[€%]?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?|\S+@\S+\.\S+|https?://\S+"
)
# A mark of the order of bytes is left where files were put end to end.
_MARKS = " \t\ufeff"
_DAY = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d{1,2}-\d{1,2}")
_YEAR = re.compile(r"(19|20)\d\d")


def width_of(rows: Sequence[Sequence[str | None]]) -> int:
    """Give the number of columns most rows have, the wider on equality."""
    counts = Counter(len(row) for row in rows if any(row))
    return max(counts, key=lambda size: (counts[size], size)) if counts else 0


def check_width(width: int) -> None:
    """Refuse what no table of a portal has."""
    if width > MAX_COLUMNS:
        raise TableError(
            "too-many-columns",
            f"Le fichier a {width} colonnes, la limite est de {MAX_COLUMNS} : vérifiez le séparateur, "
            "ou mettez les valeurs en lignes.",
        )


def level_header(rows: list[list[str]], width: int) -> None:
    """Give the row above the first of ``width`` cells as many, when only empty cells at the end part them.

    Many programs end each row with a delimiter, but not the header, or the header alone.
    """
    wide = [row for row in rows if len(row) == width]
    first = next((index for index, row in enumerate(rows) if len(row) == width), 0)
    above = next((index for index in range(first - 1, -1, -1) if rows[index]), None)
    if above is None or len(rows[above]) < 2:
        return
    row = rows[above]
    if len(row) < width and all(row) and not any(cell.strip() for other in wide for cell in other[len(row) :]):
        rows[above] = row + [""] * (width - len(row))
    elif len(row) > width and all(row[:width]) and not any(row[width:]):
        rows[above] = row[:width]


def refuse_lost_header(rows: Sequence[Sequence[str]], first: int, delimiters: Sequence[str]) -> None:
    """Refuse a table without header below rows that seem to hold one, of another width: nothing is dropped silently."""
    width = len(rows[first]) if first < len(rows) else 0
    for index, row in enumerate(rows[:first]):
        if sum(1 for cell in row if cell.strip()) > 1:
            raise TableError(
                "ragged-rows",
                f"La ligne {index + 1} a {len(row)} colonnes et les suivantes {width} : vérifiez les séparateurs, "
                "et les guillemets autour des cellules qui en contiennent.",
            )
        if len(row) == 1 and any(len(row[0].split(mark)) == width for mark in delimiters):
            raise TableError(
                "two-delimiters",
                f"La ligne {index + 1} n’a pas le même séparateur que les suivantes : "
                "mettez le même partout, de préférence le point-virgule.",
            )


def find_header(rows: Sequence[Sequence[str | None]], width: int) -> tuple[int | None, int]:
    """Give (index of the header or None, index of the first data row) among the first ``rows``."""
    first = 0
    for index, row in enumerate(rows):
        filled = sum(1 for cell in row if cell and cell.strip())
        if len(row) == width and (width == 1 or filled > 1) and filled:
            first = index
            if filled * 2 > width:
                break
            later = next((r for r in rows[index + 1 :] if any(r)), None)
            if later is None or sum(1 for cell in later if cell) <= filled:
                break
    else:
        first = min(first, max(len(rows) - 1, 0))
    row = rows[first] if rows else ()
    if _names(row, [r for r in rows[first + 1 :] if len(r) == width]):
        return first, first + 1
    return None, first


def _names(row: Sequence[str | None], body: Sequence[Sequence[str | None]]) -> bool:
    cells = [(cell or "").strip() for cell in row]
    values = [cell for cell in cells if cell and _VALUE.fullmatch(cell)]
    if values:
        # Years name columns, and days do above columns that hold none.
        days = all(_DAY.fullmatch(value) for value in values) and not any(
            _DAY.fullmatch((cell or "").strip()) for other in body[:LOOKED_AT] for cell in other
        )
        years = values if days else [value for value in values if _YEAR.fullmatch(value)]
        return (
            bool(years) and len(years) == len(values) == len(set(values)) and len(values) < len([c for c in cells if c])
        )
    named = [index for index, cell in enumerate(cells) if cell]
    columns = [[(row[index] or "").strip() for row in body[:LOOKED_AT]] for index in named]
    # The header of files put end to end comes back whole.
    others = others_than(cells, body)
    if any(all_values([cell for cell, kept in zip(column, others, strict=True) if kept]) for column in columns):
        return True
    # Words over words: a first row that comes back in most of its columns is a row like the others.
    back = sum(cells[index] in column for index, column in zip(named, columns, strict=True))
    return bool(named) and back * 2 < max(len(named), 2)


def others_than(names: Sequence[str | None], body: Sequence[Sequence[str | None]]) -> list[bool]:
    """Tell which of the rows of ``body`` that are looked at are not ``names`` again."""
    bare = [(name or "").strip(_MARKS) for name in names]
    return [[(cell or "").strip(_MARKS) for cell in row] != bare for row in body[:LOOKED_AT]]


def all_values(column: Sequence[str]) -> bool:
    """Tell whether ``column`` holds numbers, dates or addresses, and no word."""
    filled = [cell for cell in column if cell]
    return bool(filled) and all(_VALUE.fullmatch(cell) for cell in filled)


def column_names(headers: Sequence[str | None]) -> tuple[tuple[str, ...], list[Notice]]:
    """Give unique names for ``headers`` and what had to be changed."""
    names: list[str] = []
    notices: list[Notice] = []
    wanted = [" ".join((header or "").replace("\ufeff", "").split()) for header in headers]
    taken = set(wanted)
    seen: set[str] = set()
    for position, name in enumerate(wanted, 1):
        final = name or f"column_{position}"
        if not name:
            notices.append(
                Notice("empty-header", f"La colonne {position} n’a pas de nom : elle est lue comme « {final} ».")
            )
        number = 2
        while final in seen or (final != name and final in taken):
            final, number = f"{name or f'column_{position}'}_{number}", number + 1
        if name and final != name:
            notices.append(
                Notice(
                    "duplicate-header",
                    f"Deux colonnes s’appellent « {name} » : la colonne {position} est lue comme « {final} ».",
                    column=final,
                )
            )
        seen.add(final)
        names.append(final)
    return tuple(names), notices
