"""The runs."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from ckanext.ca3b import database
from ckanext.ca3b.harvesting.model import INTERRUPTED, OPEN, WORKING, RunRow, StagedRow, now

if TYPE_CHECKING:
    from collections.abc import Iterable

_INTERRUPTED = (
    "Le moissonnage s’est interrompu avant la fin (machine arrêtée, mémoire ou base de données manquante)."
    " Rien n’est perdu\xa0: le prochain reprend là où celui-ci s’est arrêté."
)


def add(source_id: str, cause: str, *, only_plan: bool = False, user: str = "") -> RunRow:
    """Write a run that waits for a worker.

    :raises sqlalchemy.exc.IntegrityError: the source has one that waits or goes on, or is no more.
    """
    row = RunRow(
        id=str(uuid.uuid4()), source_id=source_id, cause=cause, only_plan=only_plan, created=now(), created_by=user,
        state="waiting", step="", counts={}, message="", code="", complete=False, pages=0, size=0, problems=[],
        validators={}, confirmed_by="",
    )  # fmt: skip
    with database.session() as one:
        one.add(row)
    return row


def get(run_id: str) -> RunRow | None:
    """Return a run."""
    with database.session() as one:
        return one.get(RunRow, run_id)


def of_source(source_id: str, *, offset: int = 0, limit: int = 20) -> list[RunRow]:
    """Return some of the runs of a source, the last first."""
    order = (RunRow.created.desc(), RunRow.id)  # pyright: ignore[reportAttributeAccessIssue]
    query = sa.select(RunRow).filter_by(source_id=source_id).order_by(*order).offset(offset).limit(limit)  # pyright: ignore[reportArgumentType]
    with database.session() as one:
        return list(one.scalars(query))


def last(source_ids: Iterable[str], each: int = 1, *, plans: bool = True) -> dict[str, list[RunRow]]:
    """Return the last runs of each of some sources, the last first; without ``plans``, those that could write only."""
    rank = sa.func.row_number().over(partition_by=RunRow.source_id, order_by=(RunRow.created.desc(), RunRow.id))  # pyright: ignore[reportAttributeAccessIssue, reportArgumentType]
    query = sa.select(RunRow.id, rank.label("rank")).where(RunRow.source_id.in_(list(source_ids)))  # pyright: ignore[reportAttributeAccessIssue, reportArgumentType]
    if not plans:
        query = query.where(RunRow.only_plan.is_(False))  # pyright: ignore[reportAttributeAccessIssue]
    ranked = query.subquery()
    wanted = sa.select(RunRow).join(ranked, ranked.c.id == RunRow.id).where(ranked.c.rank <= each)  # pyright: ignore[reportArgumentType]
    found: dict[str, list[RunRow]] = {}
    with database.session() as one:
        for row in one.scalars(wanted.order_by(RunRow.created.desc(), RunRow.id)):  # pyright: ignore[reportAttributeAccessIssue]
            found.setdefault(row.source_id, []).append(row)
    return found


def unfinished(source_id: str | None = None) -> list[RunRow]:
    """Return the runs that are not over, of one source or of all, the oldest first."""
    query = sa.select(RunRow).where(RunRow.state.in_(OPEN)).order_by(RunRow.created, RunRow.id)  # pyright: ignore[reportAttributeAccessIssue, reportArgumentType]
    if source_id is not None:
        query = query.where(RunRow.source_id == source_id)  # pyright: ignore[reportArgumentType]
    with database.session() as one:
        return list(one.scalars(query))


def change(run_id: str, **values: Any) -> None:
    """Write columns of a run; its heart beats."""
    with database.session() as one:
        clean = database.storable(values)
        one.execute(sa.update(RunRow).where(RunRow.id == run_id).values(heartbeat=now(), **clean))  # pyright: ignore[reportArgumentType]


def move(run_id: str, state: str, *, of: Iterable[str], **values: Any) -> bool:
    """Bring a run from one of some states to another; False when it is in none of them (any more)."""
    with database.session() as one:
        found = one.execute(
            sa.update(RunRow)
            .where(RunRow.id == run_id, RunRow.state.in_(list(of)))  # pyright: ignore[reportAttributeAccessIssue, reportArgumentType]
            .values(state=state, heartbeat=now(), **database.storable(values))
        )
        return bool(found.rowcount)  # pyright: ignore[reportAttributeAccessIssue]


def lock(source_id: str) -> Any:
    """Hold the right to run a source; gives False when another process has it."""
    return database.lock(f"ca3b_harvest:{source_id}")


def settle_interrupted(source_id: str) -> int:
    """Say interrupted the runs of a source that nobody works on; call under :func:`lock`. Return how many."""
    with database.session() as one:
        found = one.execute(
            sa.update(RunRow)
            .where(RunRow.source_id == source_id, RunRow.state.in_(WORKING))  # pyright: ignore[reportAttributeAccessIssue, reportArgumentType]
            .values(state=INTERRUPTED, code="interrupted", message=_INTERRUPTED, ended=now())
        )
        return found.rowcount  # pyright: ignore[reportAttributeAccessIssue]


def forget_old(source_id: str, keep: int) -> None:
    """Forget the records read in all runs of a source but the last ones; the runs themselves stay."""
    order = (RunRow.created.desc(), RunRow.id)  # pyright: ignore[reportAttributeAccessIssue]
    old = sa.select(RunRow.id).filter_by(source_id=source_id).order_by(*order).offset(keep)  # pyright: ignore[reportArgumentType]
    with database.session() as one:
        one.execute(sa.delete(StagedRow).where(StagedRow.run_id.in_(old)))  # pyright: ignore[reportAttributeAccessIssue]
