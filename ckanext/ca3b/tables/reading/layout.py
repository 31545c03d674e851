"""How cells are laid on a sheet: the used area, and whether it holds one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.tables.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Sequence


def trimmed(cells: list[list[str | None]]) -> tuple[int, list[list[str | None]]]:
    """Give (empty columns dropped on the left, cells without the empty rows below and columns around)."""
    while cells and not any(cells[-1]):
        cells.pop()
    used = [index for row in cells for index, cell in enumerate(row) if cell]
    if not used:
        return 0, []
    left, right = min(used), max(used) + 1
    return left, [row[left:right] for row in cells]


def refuse_several_tables(
    header: Sequence[str | None] | None, body: Sequence[Sequence[str | None]], first: int, sheet: str
) -> None:
    """Refuse a sheet where an empty column or row parts two tables.

    Two blocks are two tables when they are not of the same height (side by side) or when a second row
    of names follows an empty row (one below the other).
    """
    if header is None or not body:
        return
    for index in range(1, len(header) - 1):
        if not header[index] and not any(row[index] for row in body):
            heights = [max((i for i, row in enumerate(body) if any(row[part])), default=-1) for part in _sides(index)]
            if heights[0] != heights[1] and min(heights) >= 0 and any(header[index + 1 :]):
                raise _several(sheet, f"une colonne vide (la {index + 1}ᵉ) les sépare")
    for index in range(1, len(body) - 2):
        if any(body[index]) or not any(body[index + 1]):
            continue
        names = [cell for cell in body[index + 1] if cell]
        above = [cell for cell in body[0] if cell]
        after = [cell for cell in body[index + 2] if cell]
        if len(names) > 1 and _all_words(names) and after and not (_all_words(above) and _all_words(after)):
            raise _several(sheet, f"un second en-tête se trouve à la ligne {first + index + 2}")


def _sides(index: int) -> tuple[slice, slice]:
    return slice(0, index), slice(index + 1, None)


def _all_words(cells: Sequence[str]) -> bool:
    return not any(any(char.isdigit() for char in cell) for cell in cells)


def _several(sheet: str, why: str) -> TableError:
    return TableError(
        "several-tables",
        f"La feuille « {sheet} » contient plusieurs tableaux : {why}. Mettez un seul tableau par feuille.",
    )
