"""What each record of a source became."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import undefer

from ckanext.ca3b import database
from ckanext.ca3b.harvesting.model import RecordRow, now

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session, scoped_session

_TABLE: sa.Table = RecordRow.__table__  # pyright: ignore[reportAttributeAccessIssue]
_CHUNK = 1000


def put(session: Session | scoped_session[Any], source_id: str, identifier: str, **values: Any) -> None:
    """Write what a record became, in the transaction of ``session``: columns that are not given stay as they were.

    A new one needs ``dataset_id`` at least.
    """
    put_all(session, source_id, [{**values, "identifier": identifier}])


def put_all(session: Session | scoped_session[Any], source_id: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write what several records became, each with its ``identifier``, in one statement for those of the same columns.

    As :func:`put` does for one; none is given twice.
    """
    moment = now()
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        clean = {"last_seen": moment, **database.storable(dict(row))}
        whole = {"first_seen": moment, **clean, "source_id": source_id}
        alike.setdefault(tuple(sorted(clean.keys() - {"identifier"})), []).append(whole)
    for names, some in alike.items():
        statement = insert(_TABLE)
        kept = {name: statement.excluded[name] for name in names}
        key = [_TABLE.c.source_id, _TABLE.c.identifier]
        session.execute(statement.on_conflict_do_update(index_elements=key, set_=kept), some)


def change(source_id: str, identifiers: Iterable[str], **values: Any) -> None:
    """Write the same columns of several records of a source."""
    wanted = list(identifiers)
    for start in range(0, len(wanted), _CHUNK):
        some = _TABLE.c.identifier.in_(wanted[start : start + _CHUNK])
        with database.session() as one:
            one.execute(sa.update(_TABLE).where(_TABLE.c.source_id == source_id, some).values(**values))


def remove(source_id: str, identifiers: Iterable[str]) -> None:
    """Forget records of a source."""
    with database.session() as one:
        some = _TABLE.c.identifier.in_(list(identifiers))
        one.execute(sa.delete(_TABLE).where(_TABLE.c.source_id == source_id, some))


def known(source_id: str) -> list[RecordRow]:
    """Return the records of a source, without what was applied."""
    with database.session() as one:
        return list(one.scalars(sa.select(RecordRow).filter_by(source_id=source_id).order_by(RecordRow.identifier)))  # pyright: ignore[reportArgumentType]


def get(source_id: str, identifier: str) -> RecordRow | None:
    """Return one record, with what was applied."""
    with database.session() as one:
        options = [undefer(RecordRow.applied)]  # pyright: ignore[reportArgumentType]
        return one.get(RecordRow, (source_id, identifier), options=options)


def of_dataset(dataset_id: str) -> RecordRow | None:
    """Return the record that brought a dataset, with what was applied."""
    with database.session() as one:
        query = sa.select(RecordRow).filter_by(dataset_id=dataset_id).options(undefer(RecordRow.applied))  # pyright: ignore[reportArgumentType]
        return one.scalars(query).first()


def applied(source_id: str, identifiers: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what was last applied of records, by identifier."""
    query = sa.select(_TABLE.c.identifier, _TABLE.c.applied).where(
        _TABLE.c.source_id == source_id, _TABLE.c.identifier.in_(list(identifiers)), _TABLE.c.applied.is_not(None)
    )
    with database.session() as one:
        return dict(map(tuple, one.execute(query)))


def claims(uris: Iterable[str], *, other_than: str) -> list[RecordRow]:
    """Return the records of other sources that have one of these URIs."""
    wanted, found = [uri for uri in dict.fromkeys(uris) if uri], []
    for start in range(0, len(wanted), _CHUNK):
        with database.session() as one:
            query = sa.select(RecordRow).where(
                RecordRow.uri.in_(wanted[start : start + _CHUNK]),  # pyright: ignore[reportAttributeAccessIssue]
                RecordRow.source_id != other_than,  # pyright: ignore[reportArgumentType]
            )
            found += one.scalars(query.order_by(RecordRow.first_seen, RecordRow.source_id))  # pyright: ignore[reportArgumentType]
    return found


def late(source_id: str | None = None) -> list[str]:
    """Return the ids of the datasets that the index does not have as they are."""
    query = sa.select(_TABLE.c.dataset_id).where(_TABLE.c.indexed.is_(False))
    with database.session() as one:
        return list(one.scalars(query if source_id is None else query.where(_TABLE.c.source_id == source_id)))


def set_indexed(dataset_ids: Iterable[str]) -> None:
    """Write that the index has these datasets as they are."""
    wanted = list(dataset_ids)
    for start in range(0, len(wanted), _CHUNK):
        with database.session() as one:
            some = _TABLE.c.dataset_id.in_(wanted[start : start + _CHUNK])
            one.execute(sa.update(_TABLE).where(some).values(indexed=True))


def counts(source_ids: Iterable[str]) -> dict[str, dict[str, int]]:
    """Return the number of records of some sources by state."""
    query = (
        sa.select(_TABLE.c.source_id, _TABLE.c.state, sa.func.count())
        .where(_TABLE.c.source_id.in_(list(source_ids)))
        .group_by(_TABLE.c.source_id, _TABLE.c.state)
    )
    found: dict[str, dict[str, int]] = {}
    with database.session() as one:
        for source_id, state, number in one.execute(query):
            found.setdefault(source_id, {})[state] = number
    return found


def count(source_id: str) -> dict[str, int]:
    """Return the number of records of a source by state."""
    return counts([source_id]).get(source_id, {})
