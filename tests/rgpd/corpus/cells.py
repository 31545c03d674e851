"""The cells of a document by column, for tools that read texts rather than files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.rgpd.corpus.registry import Book, Document, Features, Records, Table


def cells(document: Document) -> dict[str, list[str]]:
    """Distinct values by column, in their order: hidden sheets and columns included, as if reading were perfect."""
    found: dict[str, dict[str, None]] = {}
    for column, value in _pairs(document):
        if value not in (None, ""):
            found.setdefault(column, {})[str(value)] = None
    return {column: list(values) for column, values in found.items()}


def _pairs(document: Document) -> Iterator[tuple[str, Any]]:
    if isinstance(document, Table):
        header = document.header or [f"column_{rank}" for rank in range(1, len(document.rows[0]) + 1)]
        for row in document.rows:
            yield from zip(header, row, strict=True)
    elif isinstance(document, Book):
        for sheet in document.sheets.values():
            for row in sheet.rows:
                yield from zip(sheet.header, row, strict=True)
            yield from (("*", comment) for comment in sheet.comments.values())
        yield from (("*", text) for text in document.properties.values())
    elif isinstance(document, Records):
        yield from _leaves("", document.value)
    elif isinstance(document, Features):
        for _, attributes in document.items:
            yield from attributes.items()


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(f"{path}.{key}" if path else key, each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(path, each)
    else:
        yield path, value
