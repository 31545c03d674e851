"""One cell of a file that is not open, read where the scan located it, with the same eyes as the scan.

What is read here goes to the page of the person who asked, and nowhere else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckanext.ca3b.rgpd.sources import open_file

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from ckanext.ca3b.rgpd.sources import Part

HIDDEN = "•"
MAX_LENGTH = 2000
"""Characters shown of a cell: the rest of a long text says no more about what it is."""


def rows_of(finding: dict[str, Any], rows: int | None) -> Collection[int]:
    """Return the data rows, from 1, whose value a finding is about: those it locates, else all those of the table.

    :param rows: how many the scan read.
    """
    return finding["rows"] or range(1, (rows or 0) + 1)


def read(path: Path, name: str, wanted: Sequence[tuple[dict[str, Any], Collection[int]]]) -> list[dict[int, str]]:
    """Return the cells of the column of each finding on some of its rows (data rows from 1); '' for an empty one.

    Rows that the file does not have are left out.

    :param name: the name its owner gave the file at ``path``.
    :raises ckanext.ca3b.tables.TableError: the file cannot be read.
    """
    found: list[dict[int, str]] = [{} for _ in wanted]
    asked = [(finding, rows, cells) for (finding, rows), cells in zip(wanted, found, strict=True) if rows]
    if not asked:
        return found
    for part in open_file(path, name).parts:
        here = [one for one in asked if one[0].get("where") == part.where and one[0]["column"] in part.names]
        if here:
            _fill(part, here)
    return [{row: value[:MAX_LENGTH] for row, value in cells.items()} for cells in found]


def _fill(part: Part, wanted: list[tuple[dict[str, Any], Collection[int], dict[int, str]]]) -> None:
    first, last = 1, max(row for _, rows, _ in wanted for row in rows)
    for batch in part.batches():
        for finding, rows, cells in wanted:
            column = batch.get_column(finding["column"])
            cells |= {row: str(column[row - first] or "") for row in rows if first <= row < first + batch.height}
        first += batch.height
        if first > last:
            break


def masked(value: str) -> str:
    """Return the shape of a value: each letter and digit hidden, marks and spaces kept.

    >>> masked("jean.dupont@exemple.fr")
    '••••.••••••@•••••••.••'
    """
    shape = "".join(HIDDEN if one.isalnum() else one for one in value[:80])
    return f"{shape}…" if len(value) > 80 else shape
