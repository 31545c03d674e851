"""What people decide of one record that waits for them: published now, or refused until it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b import database
from ckanext.ca3b.harvest import export
from ckanext.ca3b.harvesting import files, writing
from ckanext.ca3b.harvesting.store import records, runs, staged

from . import facts
from .deciding import mapped

if TYPE_CHECKING:
    from ckanext.ca3b.harvesting.model import RunRow, SourceRow, StagedRow
    from ckanext.ca3b.harvesting.writing import Outcome


def accept(run: RunRow, source: SourceRow, row: StagedRow) -> Outcome:
    """Write the dataset of a record."""
    package, problems = mapped(row, row.dataset_id, None, facts.of_source(source))
    record = facts.present(row, package)
    work = writing.Work(row.identifier, "added", row.dataset_id, row.position, package, record=record)
    (outcome,) = writing.apply(source, [work])
    told = [*row.problems, *problems, *(export.problem(one) for one in outcome.problems)]
    said = {"position": row.position, "dataset_id": row.dataset_id}
    if outcome.ok:
        staged.decide(run.id, [{**said, "verdict": "added", "reason": "accepted", "outcome": "done"}])
        writing.index(records.late(source.id))
        files.announce(source.id)
    result = {"outcome": "done" if outcome.ok else "failed", "outcome_message": outcome.message, "problems": told}
    staged.conclude(run.id, [{**said, **result}])
    _count(run)
    return outcome


def refuse(run: RunRow, source: SourceRow, row: StagedRow) -> None:
    """Leave a record out until its source changes it."""
    with database.session() as session:
        records.put(session, source.id, row.identifier, state="refused", content_hash=row.content_hash,
                    dataset_id=row.dataset_id, title=row.title, uri=row.uri, indexed=True)  # fmt: skip
    said = {"position": row.position, "dataset_id": row.dataset_id}
    staged.decide(run.id, [{**said, "verdict": "refused", "reason": "refused", "outcome": "skipped"}])
    _count(run)


def _count(run: RunRow) -> None:
    runs.change(
        run.id, counts={**run.counts, **dict.fromkeys(("review", "added", "refused"), 0), **staged.counts(run.id)}
    )
