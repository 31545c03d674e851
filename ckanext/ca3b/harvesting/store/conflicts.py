"""URIs that two sources bring."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ckanext.ca3b import database
from ckanext.ca3b.harvesting.model import ConflictRow, now

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TABLE: sa.Table = ConflictRow.__table__  # pyright: ignore[reportAttributeAccessIssue]


def report(found: Iterable[Mapping[str, str]]) -> None:
    """Write conflicts, each once; what was settled stays so.

    :param found: ``{uri, source_id, identifier, other_source_id, other_identifier}``.
    """
    rows = [{**one, "id": str(uuid.uuid4()), "created": now()} for one in found]
    if rows:
        with database.session() as one:
            one.execute(insert(_TABLE).on_conflict_do_nothing(constraint="ca3b_harvest_conflict_once"), rows)


def get(conflict_id: str) -> ConflictRow | None:
    """Return one conflict."""
    with database.session() as one:
        return one.get(ConflictRow, conflict_id)


def listed(state: str = "open", source_id: str | None = None) -> list[ConflictRow]:
    """Return conflicts, of one source or of all, the oldest first."""
    query = sa.select(ConflictRow).filter_by(state=state) if state else sa.select(ConflictRow)
    if source_id:
        mine = (ConflictRow.source_id == source_id, ConflictRow.other_source_id == source_id)
        query = query.where(sa.or_(*mine))  # pyright: ignore[reportArgumentType]
    with database.session() as one:
        return list(one.scalars(query.order_by(ConflictRow.created, ConflictRow.id)))  # pyright: ignore[reportArgumentType]


def counts() -> dict[str, int]:
    """Return the number of open conflicts by the source that came second."""
    query = sa.select(_TABLE.c.source_id, sa.func.count()).where(_TABLE.c.state == "open").group_by(_TABLE.c.source_id)
    with database.session() as one:
        return dict(map(tuple, one.execute(query)))


def settle(conflict_id: str, authority_source_id: str, user: str) -> None:
    """Write who is authoritative."""
    _change(conflict_id, state="settled", authority_source_id=authority_source_id, settled_by=user, settled_at=now())


def authorities(source_id: str) -> dict[str, str]:
    """Return the authoritative source by URI, of the settled conflicts of a source."""
    return {one.uri: one.authority_source_id for one in listed("settled", source_id)}


def _change(conflict_id: str, **values: Any) -> None:
    with database.session() as one:
        one.execute(sa.update(_TABLE).where(_TABLE.c.id == conflict_id).values(**values))
