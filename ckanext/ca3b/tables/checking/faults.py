"""Faults of a batch of rows: kept as columns of row numbers, told one by one only when asked."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Any

from attrs import frozen

from .model import CheckError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import polars as pl

    from ckanext.ca3b.tables.model import Table


@frozen
class Kind:
    """One way of being wrong. ``order`` sorts the errors of one row.

    ``source`` is the column of the table that holds the value; ``tell`` gives the message from the value and the
    detail of the fault.
    """

    code: str
    column: str | None
    source: str | None
    order: int
    tell: Callable[[str | None, Any], str]
    expected: str = ""
    example: str = ""


@frozen
class Fault:
    """The rows of a batch, from 0 and in order, that are wrong in one way; ``detail`` says more of one row."""

    kind: Kind
    rows: pl.Series
    detail: Callable[[int], Any] | None = None


def told(
    faults: Sequence[Fault], batch: pl.DataFrame, start: int, table: Table, limit: int | None = None
) -> Iterator[CheckError]:
    """Give the errors of ``batch``, whose first row is data row ``start`` (from 1), row by row; at most ``limit``."""

    def of(fault: Fault) -> Iterator[tuple[int, int, str | None, Fault]]:
        rows = fault.rows if limit is None else fault.rows.head(limit)
        kind = fault.kind
        values = batch[kind.source].gather(rows).to_list() if kind.source is not None else [None] * rows.len()
        return ((row, kind.order, value, fault) for row, value in zip(rows.to_list(), values, strict=True))

    merged = heapq.merge(*(of(fault) for fault in faults), key=lambda found: (found[0], found[1]))
    for number, (row, _, value, fault) in enumerate(merged):
        if limit is not None and number >= limit:
            return
        kind = fault.kind
        yield CheckError(
            row=start + row,
            column=kind.column,
            code=kind.code,
            message=kind.tell(value, fault.detail(row) if fault.detail else None),
            value=value,
            line=table.line(start + row),
            sheet=table.sheet,
            expected=kind.expected,
            example=kind.example,
        )
