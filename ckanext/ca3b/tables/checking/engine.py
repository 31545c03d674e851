"""The check itself: batch by batch, all the columns at once; errors are told only as far as they are asked."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import polars as pl
from attrs import evolve, frozen

from ckanext.ca3b.tables.model import BATCH_ROWS

from .columns import TYPE, ColumnCheck
from .cross import View, cross_checks
from .faults import Fault, Kind, told
from .keys import Keys, scouted
from .layout import Layout, layout
from .messages import cell_message
from .model import CheckError, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from ckanext.ca3b.tables.model import Table
    from ckanext.ca3b.tables.schemas import Field, TableSchema

    from .cross import CrossCheck

_PER_COLUMN = 1_000


@frozen
class _Plan:
    """All that is to be checked in each batch."""

    layout: Layout
    columns: dict[str, ColumnCheck]
    kinds: dict[tuple[int, str], Kind]
    keys: list[Keys]
    cross: list[CrossCheck]
    quick: list[pl.Expr]
    blank: pl.Expr


def check(table: Table, schema: TableSchema, *, limit: int = 1000) -> Verdict:
    """Check ``table`` against ``schema``; keep the first ``limit`` errors, count them all.

    Errors: `SchemaError` when the schema asks for what does not exist, `TableError` when the file changed meanwhile.
    """
    plan = _plan(table, schema)
    errors = [*plan.layout.errors]
    counts = Counter(error.code for error in errors)
    del errors[limit:]
    for start, batch, faults in _faults(table, plan):
        for fault in faults:
            counts[fault.kind.code] += fault.rows.len()
        if len(errors) < limit and faults:
            errors += told(faults, batch, start, table, limit - len(errors))
    count = counts.total()
    return Verdict(
        schema=schema.name,
        version=schema.version,
        title=schema.title,
        valid=not count,
        rows=table.rows,
        error_count=count,
        counts=dict(counts.most_common()),
        errors=tuple(errors),
        warnings=plan.layout.warnings,
    )


def iter_errors(table: Table, schema: TableSchema) -> Iterator[CheckError]:
    """Give every error, those of the header first, then row by row, in the memory of one batch."""
    plan = _plan(table, schema)
    yield from plan.layout.errors
    for start, batch, faults in _faults(table, plan):
        yield from told(faults, batch, start, table)


def _plan(table: Table, schema: TableSchema) -> _Plan:
    found = layout(table, schema)
    columns = {
        field.name: ColumnCheck(field, found.sources[field.name], schema.missing_values, position)
        for position, field in enumerate(schema.fields)
        if field.name in found.sources
    }
    cross = cross_checks(schema, {name: column.source for name, column in columns.items()})
    impossible = [
        CheckError(None, None, check.kind.code, check.of_header, expected=check.kind.expected)
        for check in cross
        if check.of_header is not None
    ]
    missing = [column.missing for column in columns.values()] + [pl.col(name).is_null() for name in found.others]
    return _Plan(
        layout=evolve(found, errors=(*found.errors, *impossible)),
        columns=columns,
        kinds={},
        keys=_keys(schema, columns),
        cross=cross,
        quick=[column.quick.alias(name) for name, column in columns.items()],
        blank=pl.all_horizontal(missing) if missing else pl.lit(value=False),
    )


def _keys(schema: TableSchema, columns: dict[str, ColumnCheck]) -> list[Keys]:
    found = [Keys([column], primary=False) for column in columns.values() if column.field.constraints.get("unique")]
    if schema.primary_key and all(name in columns for name in schema.primary_key):
        found.append(Keys([columns[name] for name in schema.primary_key], primary=True))
    return found


def _faults(table: Table, plan: _Plan) -> Iterator[tuple[int, pl.DataFrame, Sequence[Fault]]]:
    """Give (first data row, batch, what is wrong in it) of each batch."""
    scouted(table, plan.keys)
    start = 1
    for batch in table.batches(BATCH_ROWS):
        yield start, batch, list(_of_batch(table, plan, batch, start))
        start += batch.height


def _of_batch(table: Table, plan: _Plan, batch: pl.DataFrame, start: int) -> Iterator[Fault]:
    good = batch.select(plan.quick).row(0, named=True) if plan.quick else {}
    blank = _blank(plan, batch)
    unreadable: dict[str, pl.Series] = {}
    for name, column in plan.columns.items():
        for kind, rows in column.faults(batch, good=good[name]):
            if kind == TYPE:
                unreadable[column.field.name] = rows
            kept = rows if blank is None else rows.filter(~rows.is_in(blank.implode()))
            if kept.len():
                yield Fault(_kind(plan, column, kind), kept)
    if blank is not None:
        yield Fault(_BLANK_ROW, blank)
    for group in plan.keys:
        yield from group.faults(batch, start, table.line)
    view = View(batch, plan.columns, unreadable)
    for check_ in plan.cross:
        yield from check_.faults(view)


def _blank(plan: _Plan, batch: pl.DataFrame) -> pl.Series | None:
    """Give the rows where every column is missing, if any; most batches have a column that is full."""
    if any(not series.null_count() for series in batch) and all(column.plain for column in plan.columns.values()):
        return None
    blank = batch.select(plan.blank).to_series()
    return blank.arg_true() if blank.any() else None


def _kind(plan: _Plan, column: ColumnCheck, what: str) -> Kind:
    known = plan.kinds.get((column.position, what))
    if known is None:
        field = column.field
        known = plan.kinds[column.position, what] = Kind(
            code="type-error" if what == TYPE else "constraint-error",
            column=field.name,
            source=column.source,
            order=column.position * _PER_COLUMN + len(plan.kinds) % _PER_COLUMN,
            tell=_teller(field, what),
            expected=field.expected,
            example=field.example,
        )
    return known


def _teller(field: Field, what: str) -> Callable[[str | None, Any], str]:
    return lambda value, _: cell_message(field, what, value)


_BLANK_ROW = Kind(
    code="blank-row",
    column=None,
    source=None,
    order=0,
    tell=lambda *_: "La ligne est vide. Supprimez-la.",
    expected="Au moins une valeur par ligne.",
)
