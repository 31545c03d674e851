"""Delimited text: as the room of tables reads it, or row by row with patience when it refuses."""

from __future__ import annotations

import csv
from itertools import islice
from typing import TYPE_CHECKING

from ckanext.ca3b.tables import ReadOptions, TableError
from ckanext.ca3b.tables.reading.dialect import NO_DELIMITER, find_delimiter
from ckanext.ca3b.tables.reading.encoding import find_encoding
from ckanext.ca3b.tables.reading.header import column_names, find_header
from ckanext.ca3b.tables.reading.readers.delimited import read_delimited
from ckanext.ca3b.tables.reading.readers.delimited_rows import frame_of

from .model import BATCH_ROWS, Content, Part, Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

_HARD = {"nul-bytes", "encoding", "empty", "bomb"}


def open_delimited(path: Path) -> Content:
    """Read the table, the lines above it and the notes under it."""
    try:
        raw = read_delimited(path, ReadOptions())
    except TableError as error:
        if error.code in _HARD:
            raise
        return _patient(path)
    part = Part(
        raw.names,
        lambda: raw.source(BATCH_ROWS),
        headed=raw.header_row is not None,
        line=raw.line,
        form=raw.format,
    )
    content = Content([part])
    first, last = (raw.line(1) or 1) if raw.rows else 1, (raw.line(raw.rows) or 1) if raw.rows else 1
    notes = any(notice.code == "footnotes" or "footnote" in notice.code for notice in raw.warnings)
    if first > 2 or (first > 1 and raw.header_row is None) or notes:
        encoding = raw.encoding or "utf-8"
        with path.open(encoding=encoding, errors="replace", newline=None) as stream:
            content.texts += [Text("texte hors du tableau", line) for line in islice(stream, max(0, first - 1))]
            if notes:
                content.texts += [Text("texte hors du tableau", line) for line in islice(stream, last - first, None)]
    return content


def _patient(path: Path) -> Content:
    """Read rows of any width: cells in excess get columns without a header."""
    encoding, _ = find_encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        sample = stream.read(1 << 20)
    try:
        delimiter, _ = find_delimiter(sample)
    except TableError:
        delimiter = NO_DELIMITER
    width = max((len(row) for row in _rows(path, encoding, delimiter)), default=0)
    if width > 5000:
        delimiter, width = NO_DELIMITER, 1
    head = [row + [""] * (width - len(row)) for row in islice(_rows(path, encoding, delimiter), 400)]
    header, first = find_header(head, width) if head else (None, 0)
    headers = list(head[header]) if header is not None else [None] * width
    names, _ = column_names(headers)

    def batches() -> Iterator[pl.DataFrame]:
        block: list[list[str | None]] = []
        for row in islice(_rows(path, encoding, delimiter), first, None):
            block.append([cell or None for cell in row] + [None] * (width - len(row)))
            if len(block) >= 50_000:
                yield frame_of(block, names)
                block = []
        if block:
            yield frame_of(block, names)

    content = Content([Part(names, batches, headed=header is not None)])
    above = head[:header] if header is not None else []
    content.texts += [Text("texte hors du tableau", cell) for row in above for cell in row if cell]
    return content


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    with path.open(encoding=encoding, errors="replace", newline="") as stream:
        lines = (line.replace("\0", "") for line in stream)
        # Quotes are what makes a damaged file unreadable: lines are what is sure.
        for line in lines:
            text = line.rstrip("\r\n")
            if not text.strip():
                continue
            try:
                yield next(csv.reader([text], delimiter=delimiter), [])
            except csv.Error:
                yield text.split(delimiter)
