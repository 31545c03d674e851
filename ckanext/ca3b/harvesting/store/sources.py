"""The sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from ckanext.ca3b import database
from ckanext.ca3b.harvesting.model import ACTIVE, SourceRow

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable


def find(reference: str) -> SourceRow | None:
    """Return the source of an id or a name."""
    with database.session() as one:
        query = sa.select(SourceRow).where(sa.or_(SourceRow.id == reference, SourceRow.name == reference))  # pyright: ignore[reportArgumentType]
        return one.scalars(query.limit(1)).first() if reference else None


def of_key(report_key: str) -> SourceRow | None:
    """Return the source whose report this key opens."""
    with database.session() as one:
        return one.scalars(sa.select(SourceRow).filter_by(report_key=report_key)).first() if report_key else None


def document(source_id: str) -> bytes | None:
    """Return the spreadsheet of a source."""
    with database.session() as one:
        found = one.get(SourceRow, source_id, options=[undefer(SourceRow.document)])  # pyright: ignore[reportArgumentType]
        return found.document if found else None


def listed(owner_orgs: Iterable[str] | None = None) -> list[SourceRow]:
    """Return the sources by title, those of some organisations only."""
    query = sa.select(SourceRow).order_by(SourceRow.title, SourceRow.id)  # pyright: ignore[reportArgumentType]
    if owner_orgs is not None:
        query = query.where(SourceRow.owner_org.in_(list(owner_orgs)))  # pyright: ignore[reportAttributeAccessIssue]
    with database.session() as one:
        return list(one.scalars(query))


def at(address: str, *, pasted: bool = False) -> list[SourceRow]:
    """Return the sources of an address, with a last slash or without.

    :param pasted: those too that people gave this address, when their catalogue was found at another one.
    """
    same = address.rstrip("/")
    if not same:
        return []
    known = [SourceRow.address, *([SourceRow.settings["given_address"].astext] if pasted else [])]  # pyright: ignore[reportAttributeAccessIssue, reportArgumentType]
    query = sa.select(SourceRow).where(sa.or_(*(sa.func.rtrim(one, "/") == same for one in known)))
    with database.session() as one:
        return list(one.scalars(query.order_by(SourceRow.title, SourceRow.id)))  # pyright: ignore[reportArgumentType]


def names_like(name: str) -> set[str]:
    """Return the names of sources that begin in this way."""
    with database.session() as one:
        found = one.scalars(sa.select(SourceRow.name).where(SourceRow.name.startswith(name, autoescape=True)))  # pyright: ignore[reportAttributeAccessIssue, reportArgumentType]
        return set(found)


def due(moment: dt.datetime) -> list[SourceRow]:
    """Return the active sources whose run is due, the longest waiting first."""
    query = (
        sa.select(SourceRow)
        .where(SourceRow.state == ACTIVE, SourceRow.next_run <= moment)  # pyright: ignore[reportArgumentType, reportOptionalOperand]
        .order_by(SourceRow.next_run, SourceRow.id)  # pyright: ignore[reportArgumentType]
    )
    with database.session() as one:
        return list(one.scalars(query))


def add(values: Iterable[dict[str, Any]]) -> None:
    """Write sources, all or none.

    :raises sqlalchemy.exc.IntegrityError: one has the name of another.
    """
    with database.session() as one:
        one.add_all([SourceRow(**each) for each in values])


def change(source_id: str, **values: Any) -> None:
    """Write columns of a source."""
    with database.session() as one:
        one.execute(sa.update(SourceRow).where(SourceRow.id == source_id).values(**values))  # pyright: ignore[reportArgumentType]


def remove(source_id: str) -> None:
    """Forget a source, its runs and its records; its datasets stay."""
    with database.session() as one:
        one.execute(sa.delete(SourceRow).where(SourceRow.id == source_id))  # pyright: ignore[reportArgumentType]
