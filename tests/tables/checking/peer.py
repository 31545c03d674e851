"""The same table and schema through our checker and through frictionless 5, as comparable errors."""

from __future__ import annotations

import warnings
from typing import Any

import polars as pl
from frictionless import Detector, Resource, Schema

from ckanext.ca3b.tables import Column, Table, check
from ckanext.ca3b.tables.schemas import Field, TableSchema

BATCH = 3
Located = tuple[int, str, str]
"""Row (0 for the header), column (empty for a whole row), code."""


def schema_of(descriptor: dict[str, Any], **more: Any) -> TableSchema:
    """Our schema for a Table Schema descriptor."""
    return TableSchema(
        name="essai",
        version="1.0.0",
        title="Essai",
        description="Essai",
        example="Essai",
        fields=tuple(field_of(field) for field in descriptor["fields"]),
        missing_values=tuple(descriptor.get("missingValues", [""])),
        primary_key=tuple(descriptor.get("primaryKey", [])),
        **more,
    )


def field_of(descriptor: dict[str, Any]) -> Field:
    """Our field for a descriptor."""
    return Field(
        name=descriptor["name"],
        type=descriptor["type"],
        title="",
        description="",
        example="",
        format=descriptor.get("format", "default"),
        constraints=descriptor.get("constraints", {}),
        true_values=tuple(descriptor.get("trueValues", ())),
        false_values=tuple(descriptor.get("falseValues", ())),
        decimal_char=descriptor.get("decimalChar"),
        group_char=descriptor.get("groupChar"),
        bare_number=descriptor.get("bareNumber", True),
    )


def table_of(rows: list[list[str]]) -> Table:
    """A table of ``rows``, the first of which is the header, as a reader gives it: by short batches, empty is null."""
    names = [f"column_{position}" for position in range(len(rows[0]))]
    frame = pl.DataFrame(
        {name: [row[position] or None for row in rows[1:]] for position, name in enumerate(names)},
        schema=dict.fromkeys(names, pl.String()),
    )
    return Table(
        format="csv",
        encoding="utf-8",
        delimiter=",",
        sheet=None,
        sheets=(),
        header_row=0,
        rows=frame.height,
        columns=tuple(
            Column(name, "text", header, position)
            for position, (name, header) in enumerate(zip(names, rows[0], strict=True))
        ),
        warnings=(),
        guesses=(),
        _source=lambda _: (frame.slice(start, BATCH) for start in range(0, frame.height, BATCH)),
        _line=lambda row: row + 1,
    )


def ours(table: Table, schema: TableSchema) -> list[Located]:
    """What we find."""
    verdict = check(table, schema, limit=10_000)
    assert verdict.valid == (not verdict.errors)
    assert verdict.error_count == len(verdict.errors) == sum(verdict.counts.values())
    return sorted((error.row or 0, error.column or "", error.code) for error in verdict.errors)


def theirs(rows: list[list[str]], descriptor: dict[str, Any]) -> list[Located]:
    """What frictionless finds, set as Validata sets it: columns by name, in whatever order."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        schema = Schema.from_descriptor(descriptor)
        resource = Resource(data=rows, schema=schema, detector=Detector(schema_sync=True))
        report = resource.validate(limit_errors=0)
    assert not report.errors, report.errors
    return sorted(_located(error) for error in report.tasks[0].errors)


def _located(error: Any) -> Located:
    row = getattr(error, "row_number", None)
    return (row - 1 if row else 0, getattr(error, "field_name", "") or "", error.type)
