"""What was read in a run, record by record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ckanext.ca3b import database
from ckanext.ca3b.harvesting.model import StagedRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_TABLE: sa.Table = StagedRow.__table__  # pyright: ignore[reportAttributeAccessIssue]
CHUNK = 200
_DECIDED = ("verdict", "reason", "outcome", "dataset_id")


def add(rows: Sequence[Mapping[str, Any]]) -> None:
    """Write records that were read, all with the same keys; one that has the position of another takes its place."""
    if not rows:
        return
    clean = [database.storable(dict(row)) for row in rows]
    statement = insert(_TABLE)
    kept = {name: statement.excluded[name] for name in clean[0] if name not in {"run_id", "position"}}
    with database.session() as one:
        key = [_TABLE.c.run_id, _TABLE.c.position]
        one.execute(statement.on_conflict_do_update(index_elements=key, set_=kept), clean)


def clear(run_id: str, after: int = -1) -> None:
    """Forget what was read in a run, from a position on."""
    with database.session() as one:
        one.execute(sa.delete(_TABLE).where(_TABLE.c.run_id == run_id, _TABLE.c.position > after))


def light(run_id: str) -> list[Any]:
    """Return ``position, identifier, content_hash, uri, title, review, read, outcome, verdict`` of each, in order.

    ``read`` tells whether it has a description.
    """
    columns = [_TABLE.c[name] for name in ("position", "identifier", "content_hash", "uri", "title", "review",
                                           "outcome", "verdict")]  # fmt: skip
    read = _TABLE.c.description.is_not(None).label("read")
    with database.session() as one:
        query = sa.select(*columns, read).where(_TABLE.c.run_id == run_id).order_by(_TABLE.c.position)
        return list(one.execute(query))


def positions(run_id: str, verdicts: Iterable[str]) -> list[int]:
    """Return the positions of the records of some verdicts that nothing came of yet."""
    query = sa.select(_TABLE.c.position).where(
        _TABLE.c.run_id == run_id, _TABLE.c.verdict.in_(list(verdicts)), _TABLE.c.outcome == "pending"
    )
    with database.session() as one:
        return sorted(one.scalars(query))


def named(run_id: str, verdicts: Iterable[str]) -> list[Any]:
    """Return ``identifier, verdict, reason, uri, title, content_hash`` of the records of some verdicts."""
    names = ("identifier", "verdict", "reason", "uri", "title", "content_hash")
    query = sa.select(*(_TABLE.c[name] for name in names)).where(
        _TABLE.c.run_id == run_id, _TABLE.c.verdict.in_(list(verdicts))
    )
    with database.session() as one:
        return list(one.execute(query.order_by(_TABLE.c.position)))


def groups(run_id: str, wanted: Sequence[int]) -> Iterator[list[StagedRow]]:
    """Yield the whole records at some positions, in their order, a few at a time."""
    for start in range(0, len(wanted), CHUNK):
        query = sa.select(
            StagedRow
        ).where(
            StagedRow.run_id == run_id,  # pyright: ignore[reportArgumentType]
            StagedRow.position.in_(wanted[start : start + CHUNK]),  # pyright: ignore[reportAttributeAccessIssue]
        )
        with database.session() as one:
            found = list(one.scalars(query.order_by(StagedRow.position)))  # pyright: ignore[reportArgumentType]
        if found:
            yield found


def of_identifier(run_id: str, identifier: str, verdict: str = "") -> StagedRow | None:
    """Return the record of an identifier, of a verdict when it is given."""
    asked = {"verdict": verdict} if verdict else {}
    query = sa.select(StagedRow).filter_by(run_id=run_id, identifier=identifier, **asked)
    with database.session() as one:
        return one.scalars(query.order_by(StagedRow.position)).first()  # pyright: ignore[reportArgumentType]


def page(  # noqa: PLR0913 - what a list is asked with
    run_id: str, *, verdict: str = "", outcome: str = "", q: str = "", offset: int = 0, limit: int = 50
) -> tuple[int, list[StagedRow]]:
    """Return how many records answer, and some of them in order. ``q`` is looked for in titles and identifiers."""
    query = sa.select(StagedRow).filter_by(run_id=run_id)
    if verdict:
        query = query.filter_by(verdict=verdict)
    if outcome:
        query = query.filter_by(outcome=outcome)
    if q:
        sought = [StagedRow.title.icontains(q, autoescape=True), StagedRow.identifier.icontains(q, autoescape=True)]  # pyright: ignore[reportAttributeAccessIssue]
        query = query.where(sa.or_(*sought))
    with database.session() as one:
        count = one.scalar(sa.select(sa.func.count()).select_from(query.subquery())) or 0
        return count, list(one.scalars(query.order_by(StagedRow.position).offset(offset).limit(limit)))  # pyright: ignore[reportArgumentType]


def decide(run_id: str, decisions: Sequence[Mapping[str, Any]]) -> None:
    """Write by position the ``verdict``, ``reason``, ``outcome`` and ``dataset_id`` of records, all in one statement.

    What was said to have changed is forgotten.
    """
    if not decisions:
        return
    values = {name: [row[name] for row in decisions] for name in ("position", *_DECIDED)}
    arrays = ", ".join(f"CAST(:{name} AS {'int' if name == 'position' else 'text'}[])" for name in values)
    said = ", ".join(f"{name} = v.{name}" for name in _DECIDED)
    statement = sa.text(
        f"UPDATE {_TABLE.name} AS s SET {said}, changes = '[]'"  # noqa: S608 - names of our own columns
        f" FROM unnest({arrays}) AS v({', '.join(values)}) WHERE s.run_id = :run_id AND s.position = v.position"
    )
    with database.session() as one:
        one.execute(statement, {**values, "run_id": run_id})


def differ(run_id: str, differences: Sequence[Mapping[str, Any]]) -> None:
    """Write by position the ``changes`` of records."""
    _update(run_id, differences, ("changes",))


def conclude(run_id: str, outcomes: Sequence[Mapping[str, Any]]) -> None:
    """Write by position the ``outcome``, ``outcome_message``, ``dataset_id`` and ``problems`` of records."""
    _update(run_id, outcomes, ("outcome", "outcome_message", "dataset_id", "problems"))


def counts(run_id: str) -> dict[str, int]:
    """Return the number of records by verdict, and ``failed``: those whose writing failed."""
    query = sa.select(_TABLE.c.verdict, sa.func.count()).where(_TABLE.c.run_id == run_id).group_by(_TABLE.c.verdict)
    failed = sa.select(sa.func.count()).where(_TABLE.c.run_id == run_id, _TABLE.c.outcome == "failed")
    with database.session() as one:
        found = {verdict: number for verdict, number in one.execute(query) if verdict}
        return {**found, "failed": one.scalar(failed) or 0}


def _update(run_id: str, rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> None:
    if not rows:
        return
    told = [name for name in names if name in rows[0]]
    statement = (
        sa.update(_TABLE)
        .where(_TABLE.c.run_id == run_id, _TABLE.c.position == sa.bindparam("_position"))
        .values({name: sa.bindparam(f"_{name}", type_=_TABLE.c[name].type) for name in told})
    )
    values = [
        {"_position": row["position"], **{f"_{name}": database.storable(row[name]) for name in told}} for row in rows
    ]
    with database.session() as one:
        one.connection().execute(statement, values)
