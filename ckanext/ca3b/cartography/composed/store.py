"""Composed maps as rows of the database."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from ckan import model

from ckanext.ca3b import database

from .model import PUBLISHED, ComposedMap

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


def get(name_or_id: str) -> ComposedMap | None:
    """Return one map by its name or its identifier."""
    with database.session() as session:
        found = sa.or_(ComposedMap.id == name_or_id, ComposedMap.name == name_or_id)
        return session.scalar(sa.select(ComposedMap).where(found).limit(1))


def save(facts: dict[str, Any], id_: str | None = None) -> ComposedMap | None:
    """Write a new map, or change the one of this identifier (None when there is none any more).

    :raises sqlalchemy.exc.IntegrityError: another map took the name in between.
    """
    now = dt.datetime.now(dt.UTC)
    with database.session() as session:
        row = session.get(ComposedMap, id_) if id_ else ComposedMap(id=str(uuid.uuid4()), created=now)
        if row is None:
            return None
        for name, value in database.storable(facts).items():
            setattr(row, name, value)
        row.updated = now
        session.add(row)
    return row


def delete(id_: str) -> None:
    """Forget a map."""
    with database.session() as session:
        session.execute(sa.delete(ComposedMap).where(ComposedMap.id == id_))


def listed(organizations: Collection[str], *, everything: bool = False) -> list[ComposedMap]:
    """Return the published maps and the drafts of these producers, the last changed first."""
    seen = sa.true() if everything else sa.or_(
        ComposedMap.state == PUBLISHED, ComposedMap.owner_org.in_(list(organizations))
    )  # fmt: skip
    with database.session() as session:
        return list(session.scalars(sa.select(ComposedMap).where(seen).order_by(ComposedMap.updated.desc())))


def showing(resource_id: str) -> list[ComposedMap]:
    """Return the published maps on which a file is."""
    with database.session() as session:
        found = sa.select(ComposedMap).where(
            ComposedMap.state == PUBLISHED, ComposedMap.layers.contains([{"resource_id": resource_id}])
        )
        return list(session.scalars(found.order_by(ComposedMap.title)))


def titles(organizations: Iterable[str]) -> dict[str, str]:
    """Return the titles of organisations by identifier; ``organization_list`` knows them by name alone."""
    group = model.Group
    found = sa.select(group.id, group.title, group.name).where(group.id.in_(set(organizations)))
    return {id_: title or name for id_, title, name in model.Session.execute(found)}
