"""A table given as rows of cells of any width, as documents and irregular sheets have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.tables.reading.header import column_names, find_header
from ckanext.ca3b.tables.reading.readers.delimited_rows import frame_of

from .model import BATCH_ROWS, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl


def part_of(rows: list[list[str | None]], where: str | None, form: str = "csv") -> Part:
    """Give the table under its likeliest header; titles above it and tables that follow are read as rows."""
    width = max((len(row) for row in rows), default=0)
    cells = [[*row, *[None] * (width - len(row))] for row in rows]
    header, first = find_header([[cell or "" for cell in row] for row in cells[:400]], width)
    headers: list[str | None] = list(cells[header]) if header is not None else [None] * width
    names, _ = column_names(headers)
    body = cells[first:] + (cells[:header] if header else [])

    def batches() -> Iterator[pl.DataFrame]:
        for start in range(0, len(body), BATCH_ROWS):
            yield frame_of(body[start : start + BATCH_ROWS], names)

    return Part(names, batches, where, header is not None, form=form)
