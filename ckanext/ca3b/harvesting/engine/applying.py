"""The plan of a run carried out by :mod:`ckanext.ca3b.harvesting.writing`; each row is told what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from ckanext.ca3b import database
from ckanext.ca3b.harvest import export, planning
from ckanext.ca3b.harvesting import files, writing
from ckanext.ca3b.harvesting.model import APPLYING, now
from ckanext.ca3b.harvesting.store import records, staged

from . import facts, words
from .deciding import WRITTEN, mapped
from .taking import beat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.harvesting.model import RunRow, SourceRow, StagedRow
    from ckanext.ca3b.harvesting.writing import Beside, Outcome, Work

    from .deciding import Decided


def carry_out(run: RunRow, source: SourceRow, decided: Decided) -> dict[str, int]:
    """Apply a plan and return the counts of the run, ``failed`` among them."""
    _remember(source, run, decided)
    failed = 0
    total = sum(action.verdict in WRITTEN for action in decided.plan.actions)
    with writing.beside(total) as indexer:
        if total:
            failed = _applied(run, source, decided, total, indexer)
        finish(run, source, indexer)
    counts = {**decided.counts, "failed": failed}
    if total:
        writing.activity(source, run, counts)
    return counts


def finish(run: RunRow, source: SourceRow, indexer: Beside | None = None) -> None:
    """Have the search engine follow what was written, now or by a run that was stopped before it could.

    ``indexer`` may have sent a part of it already.
    """
    late = records.late(source.id)
    if late:
        # Before the index says that it has them: a run stopped in between is done again, files included.
        files.announce(source.id)
        beat(run.id, APPLYING, step=words.INDEXING)
        writing.index(late, indexer.taken() if indexer else ())


def _applied(run: RunRow, source: SourceRow, decided: Decided, total: int, indexer: Beside) -> int:
    made = _Works(run, source, decided)
    waiting: list[Outcome] = []
    done = failed = 0
    for outcome in writing.apply(source, made.all()):
        waiting.append(outcome)
        done += 1
        failed += not outcome.ok
        if len(waiting) >= writing.BATCH:  # those of one transaction are told together
            made.tell(waiting)
            indexer.give([one.dataset_id for one in waiting if one.ok])
            waiting = []
            beat(run.id, APPLYING, step=words.applying(done, total))
    made.tell(waiting)
    indexer.give([one.dataset_id for one in waiting if one.ok])
    beat(run.id, APPLYING, step=words.applying(done, total))
    return failed


@attrs.define
class _Works:
    """What is to be written of a run, made as it is asked for, a few rows at a time."""

    run: RunRow
    source: SourceRow
    decided: Decided
    _problems: dict[int, list[dict[str, Any]]] = attrs.field(factory=dict)

    def all(self) -> Iterator[Work]:
        """Yield the works in the order of the plan."""
        given = facts.of_source(self.source)
        positions = staged.positions(self.run.id, WRITTEN)
        for some in staged.groups(self.run.id, positions):
            applied = records.applied(self.source.id, [row.identifier for row in some])
            there = facts.existing(self._dataset(row) for row in some)
            for row in some:
                yield self._work(row, applied.get(row.identifier) or None, given, there)

    def _dataset(self, row: StagedRow) -> str:
        record = self.decided.known.get(row.identifier)
        return record.dataset_id if record else row.dataset_id

    def _work(self, row: StagedRow, before: dict[str, Any] | None, given: Any, there: set[str]) -> Work:
        record = self.decided.known.get(row.identifier)
        dataset_id = self._dataset(row)
        self._problems[row.position] = list(row.problems)
        package, columns = None, {}
        if row.verdict in {"added", "changed", "returned"}:
            package, problems = mapped(row, dataset_id, before, given, is_new=not before and dataset_id not in there)
            self._problems[row.position] += problems
            columns = facts.present(row, package)
        elif row.verdict == "vanished":
            # Its page says so, and what tells the index of that is only here.
            columns = {"state": "vanished", "vanished_at": now(), "indexed": False}
        else:
            columns = {"state": "archived"}
        return writing.Work(
            identifier=row.identifier,
            verdict=row.verdict,
            dataset_id=dataset_id,
            position=row.position,
            package=package,
            before=before,
            kept_fields=tuple(record.kept_fields or ()) if record else (),
            record=columns,
        )

    def tell(self, outcomes: list[Outcome]) -> None:
        """Write what came of works."""
        told = []
        for one in outcomes:
            if one.position is None:
                continue
            problems = [*self._problems.pop(one.position, []), *(export.problem(each) for each in one.problems)]
            told.append({
                "position": one.position, "outcome": "done" if one.ok else "failed", "outcome_message": one.message,
                "dataset_id": one.dataset_id, "problems": problems,
            })  # fmt: skip
        staged.conclude(self.run.id, told)


def _remember(source: SourceRow, run: RunRow, decided: Decided) -> None:
    """Write the records that wait for somebody, and those that cannot be read; no dataset is made of them."""
    written = {one.identifier for one in decided.plan.actions if one.verdict not in {"review", "refused"}}
    lacks = _lacks(decided)
    rows: dict[str, dict[str, Any]] = {}
    for row in staged.named(run.id, {"review", "refused"}):
        record = decided.known.get(row.identifier)
        unwritten = record is None or record.state in {"refused", "review"}
        # An entry that cannot be read may be the one that is missing: it is remembered when nothing is.
        known = row.verdict == "review" or (row.reason == "unreadable" and not lacks)
        if row.identifier and unwritten and known and row.identifier not in written:
            rows[row.identifier] = {
                "identifier": row.identifier, "state": row.verdict, "uri": row.uri, "title": row.title,
                "content_hash": row.content_hash, "indexed": True,
                "dataset_id": planning.dataset_id(source.id, row.identifier),
            }  # fmt: skip
    if rows:
        with database.session() as session:
            records.put_all(session, source.id, rows.values())


def _lacks(decided: Decided) -> bool:
    """Tell whether the catalogue lacks something that it had."""
    named = {one.identifier for one in decided.plan.actions if one.position is not None}
    return any(one.state == "present" and one.identifier not in named for one in decided.known.values())
