"""What the reports tell the outgoing catalogue: that the present bytes were checked, and the schema they follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from ckanext.ca3b import catalogue
from ckanext.ca3b.database import session
from ckanext.ca3b.tables import schemas

from .model import DONE, Report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ckanext.ca3b.tables.schemas import TableSchema


def stamps(resources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return by id the bytes that were checked and the schema that they follow, with its version."""
    return {id_: f"{sha256[:16]}:{_label(schema)}" for id_, (sha256, schema) in _checked(resources).items()}


def facts(resources: Sequence[Mapping[str, Any]]) -> dict[str, list[catalogue.Fact]]:
    """Return by id ``Checked`` of each file whose report is done, and ``Conforms`` of those without error."""
    found: dict[str, list[catalogue.Fact]] = {}
    for id_, (sha256, schema) in _checked(resources).items():
        found[id_] = [catalogue.Checked(sha256)]
        if schema is not None:
            found[id_].append(catalogue.Conforms(_address(schema), schema.title, schema.version))
    return found


def _checked(resources: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, TableSchema | None]]:
    """Return the checked bytes and the schema they follow, by id: of the last asked report of the present bytes."""
    sums = {one["id"]: one["hash"] for one in resources if one.get("url_type") and one.get("hash")}
    table = Report.__table__
    query = (
        sa.select(table.c.resource_id, table.c.sha256, table.c.state, table.c.schema_name, table.c.error_count)
        .where(sa.tuple_(table.c.resource_id, table.c.sha256).in_(list(sums.items())))
        .distinct(table.c.resource_id)
        .order_by(table.c.resource_id, table.c.asked.desc(), table.c.id)
    )
    if not sums:
        return {}
    known = {one.name: one for one in schemas.all_schemas()}
    with session() as one:
        rows = one.execute(query).all()
    return {
        row.resource_id: (row.sha256, known.get(row.schema_name or "") if row.error_count == 0 else None)
        for row in rows
        if row.state == DONE
    }


def _address(schema: TableSchema) -> str:
    """Return the address of a schema with its version; that of our page for those that have no other."""
    return schema.url or catalogue.address("ca3b_schemas.schema", name=schema.name)


def _label(schema: TableSchema | None) -> str:
    return f"{schema.name}@{schema.version}" if schema else "-"
