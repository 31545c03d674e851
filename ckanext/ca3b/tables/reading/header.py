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
_BODY = 200
_VALUE = re.compile(
    r"[+-]?[\d\s\u00a0\u202f]*[\d][\d\s\u00a0\u202f]*([.,]\d+)?\s*[€%]?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?|\S+@\S+\.\S+|https?://\S+"
)
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
        years = [value for value in values if _YEAR.fullmatch(value)]
        return (
            bool(years) and len(years) == len(values) == len(set(values)) and len(values) < len([c for c in cells if c])
        )
    named = [index for index, cell in enumerate(cells) if cell]
    columns = [[(row[index] or "").strip() for row in body[:_BODY]] for index in named]
    if any(_all_values(column) for column in columns):
        return True
    # Words over words: a first row that comes back in most of its columns is a row like the others.
    again = sum(cells[index] in column for index, column in zip(named, columns, strict=True))
    return bool(named) and again * 2 < max(len(named), 2)


def _all_values(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if cell]
    return bool(filled) and all(_VALUE.fullmatch(cell) for cell in filled)


def header_notices(
    header: int | None, rows: Sequence[Sequence[str | None]], headers: Sequence[str | None]
) -> list[Notice]:
    """Tell what is odd about the header found at index ``header`` of ``rows``."""
    if header is None:
        return [Notice("no-header", "Aucune ligne d’en-tête : les colonnes sont nommées column_1, column_2…")]
    notices = []
    if any(any(row) for row in rows[:header]):
        notices.append(Notice("title-rows", f"{header} ligne(s) au-dessus de l’en-tête, laissées de côté."))
    body = [row for row in rows[header + 1 : header + _BODY] if len(row) == len(headers) and any(row)]
    if len(body) > 3 and any(
        (body[0][index] or "").strip()
        and not _all_values([(body[0][index] or "").strip()])
        and _all_values([(row[index] or "").strip() for row in body[1:]])
        for index in range(len(headers))
    ):
        notices.append(
            Notice(
                "two-line-header",
                f"La ligne {header + 2} ressemble à une seconde ligne d’en-tête : elle est lue comme une donnée. "
                "Gardez une seule ligne d’en-tête.",
            )
        )
    return notices


def column_names(headers: Sequence[str | None]) -> tuple[tuple[str, ...], list[Notice]]:
    """Give unique names for ``headers`` and what had to be changed."""
    names: list[str] = []
    notices: list[Notice] = []
    wanted = [" ".join((header or "").split()) for header in headers]
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
