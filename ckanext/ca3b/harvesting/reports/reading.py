"""The records of a run, read from the database a few hundred at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from ckanext.ca3b.database import session
from ckanext.ca3b.harvesting.model import RunRow, StagedRow

if TYPE_CHECKING:
    from collections.abc import Iterator

_AT_ONCE = 500


def rows(run_id: str, verdict: str | None = None) -> Iterator[dict[str, Any]]:
    """Yield the records of a run in their order, as mappings; of one verdict only when it is given.

    Nothing is asked of the visitor's rights: whoever calls has asked for the run itself.
    """
    columns = sa.inspect(StagedRow).column_attrs.keys()
    position = -1
    while True:
        query = sa.select(StagedRow).where(StagedRow.run_id == run_id, StagedRow.position > position)
        if verdict:
            query = query.where(StagedRow.verdict == verdict)
        with session() as one:
            found = [
                {name: getattr(row, name) for name in columns}
                for row in one.scalars(query.order_by(StagedRow.position).limit(_AT_ONCE))
            ]
        yield from found
        if len(found) < _AT_ONCE:
            return
        position = found[-1]["position"]


def told_run(source_id: str) -> RunRow | None:
    """Return the last run of a source whose records are kept; a real one before one that only planned."""
    kept = sa.exists().where(StagedRow.run_id == RunRow.id)
    query = sa.select(RunRow).where(RunRow.source_id == source_id, kept, RunRow.state.in_(("done", "held")))
    with session() as one:
        return one.scalars(query.order_by(RunRow.only_plan, RunRow.created.desc()).limit(1)).first()


def last_run(source_id: str) -> RunRow | None:
    """Return the last run of a source that is over, plans apart."""
    over = ("done", "held", "failed", "interrupted", "unchanged")
    query = sa.select(RunRow).where(RunRow.source_id == source_id, ~RunRow.only_plan, RunRow.state.in_(over))
    with session() as one:
        return one.scalars(query.order_by(RunRow.created.desc()).limit(1)).first()
