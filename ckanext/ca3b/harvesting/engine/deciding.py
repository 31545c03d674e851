"""What a run is about to do: the plan of its rows against what is known of the source, written where people see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from ckanext.ca3b.harvest import export, planning, restoring
from ckanext.ca3b.harvest.mapping import package
from ckanext.ca3b.harvest.model import Problem
from ckanext.ca3b.harvesting import labels, settings
from ckanext.ca3b.harvesting.store import conflicts, records, sources, staged

from . import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ckanext.ca3b.harvesting.model import RecordRow, RunRow, SourceRow, StagedRow

#: Verdicts by which something is written of the dataset.
WRITTEN = frozenset({"added", "changed", "returned", "vanished", "archived"})
#: States of records whose dataset is shown.
_SHOWN = frozenset({"present", "vanished"})
_CHUNK = 200
#: Verdicts that one statement writes.
_MANY = 2000


@attrs.frozen
class Decided:
    """A plan, and what it was made against."""

    plan: planning.Plan
    known: dict[str, RecordRow]

    @property
    def counts(self) -> dict[str, int]:
        """Return the counts of the run."""
        return {**self.plan.counts, "failed": 0}


def decide(run: RunRow, source: SourceRow, *, confirmed: bool) -> Decided:
    """Plan a run on its rows, and write into each what was decided; vanished records get rows of their own."""
    rows = [row for row in staged.light(run.id) if row.verdict not in {"vanished", "archived"} or row.read]
    staged.clear(run.id, after=max((row.position for row in rows), default=-1))
    known = {record.identifier: record for record in records.known(source.id)}
    given = settings.of(source.settings, source.kind)
    claimed = _claims(source, rows, given.authority)
    unread = {row.identifier for row in rows if not row.read}
    plan = planning.plan(
        [_staged(row) for row in rows],
        [facts.known(record) for record in known.values()],
        # What could not be read and was never heard of may be what seems absent.
        complete=run.complete and all(identifier in known for identifier in unread),
        today=facts.today(),
        grace_days=given.grace_days,
        claimed=claimed,
        shrink_ratio=given.shrink_ratio,
        confirmed=confirmed,
        first=source.approved_at is None,
    )
    _write(run, source, plan, known, {row.position for row in rows})
    _conflicts(source, plan, {row.identifier: row.uri for row in rows}, claimed)
    return Decided(plan, known)


def _staged(row: Any) -> planning.Staged:
    return planning.Staged(
        identifier=row.identifier,
        content_hash=row.content_hash,
        uri=row.uri,
        title=row.title,
        has_description=row.read,
        review=row.review,
        position=row.position,
    )


def _claims(source: SourceRow, rows: Iterable[Any], authority: int) -> dict[str, planning.ForeignClaim]:
    """Return who else has the URIs of a run: the operator's word first, then the authority of the sources."""
    settled = conflicts.authorities(source.id)
    others: dict[str, SourceRow | None] = {}
    found: dict[str, planning.ForeignClaim] = {}
    for record in records.claims((row.uri for row in rows), other_than=source.id):
        if record.state not in _SHOWN or record.uri in found:
            continue
        if record.source_id not in others:
            others[record.source_id] = sources.find(record.source_id)
        other = others[record.source_id]
        theirs = settings.of(other.settings, other.kind).authority if other else 0
        said = settled.get(record.uri)
        if said is not None:
            verdict = "ours" if said == source.id else "theirs"
        else:
            verdict = "" if theirs == authority else "ours" if authority > theirs else "theirs"
        found[record.uri] = planning.ForeignClaim(record.source_id, record.identifier, record.title, verdict)
    return found


def _write(
    run: RunRow, source: SourceRow, plan: planning.Plan, known: dict[str, RecordRow], positions: set[int]
) -> None:
    """Write the verdicts into the rows, and rows for what the catalogue lacks."""
    free = max(positions, default=-1) + 1
    gone, told = [], []
    for action in plan.actions:
        record = known.get(action.identifier)
        written = action.verdict in WRITTEN
        said = {
            "verdict": action.verdict,
            "reason": action.reason,
            "changes": [],
            "outcome": "pending" if written else "skipped",
            "dataset_id": record.dataset_id if record else planning.dataset_id(source.id, action.identifier),
        }
        if action.position is not None:
            told.append({"position": action.position, **said})
        elif record is not None:
            row = {"content_hash": record.content_hash, "title": record.title, "uri": record.uri, "review": False,
                   "description": None, "problems": []}  # fmt: skip
            gone.append({**row, **said, "run_id": run.id, "position": free, "identifier": action.identifier})
            free += 1
    for start in range(0, len(told), _MANY):
        staged.decide(run.id, told[start : start + _MANY])
    for start in range(0, len(gone), _CHUNK):
        staged.add(gone[start : start + _CHUNK])
    changed = [action.position for action in plan.actions if action.verdict in {"changed", "returned"}]
    _differences(run, source, known, [position for position in changed if position is not None])


def _differences(run: RunRow, source: SourceRow, known: dict[str, RecordRow], positions: Sequence[int]) -> None:
    """Write what changed, field by field, since the source last gave these records."""
    given = facts.of_source(source)
    for some in staged.groups(run.id, positions):
        applied = records.applied(source.id, [row.identifier for row in some])
        told = []
        for row in some:
            record = known.get(row.identifier)
            if record is None:
                continue
            before = applied.get(row.identifier) or None
            after, _ = mapped(row, record.dataset_id, before, given)
            differences = planning.changes(before or {}, after) if before else ()
            told.append({"position": row.position, "changes": [_difference(one) for one in differences]})
        staged.differ(run.id, told)


def mapped(
    row: StagedRow, dataset_id: str, before: dict[str, Any] | None, given: Any, *, is_new: bool = False
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the dataset that a row makes, and the problems of making it.

    ``is_new``: no dataset has this id; it is not looked for.
    """
    said, problems = package(
        restoring.from_json(row.description or {}),
        source=given,
        dataset_id=dataset_id,
        known_resources=[] if is_new else facts.known_resources(dataset_id, before),
        told=[Problem(**one) for one in row.problems],
    )
    return said, [export.problem(one) for one in problems]


def _difference(change: planning.Change) -> dict[str, Any]:
    return restoring.holdable(attrs.asdict(change) | {"label": labels.of_change(change.field, change.name)})


def _conflicts(
    source: SourceRow, plan: planning.Plan, uris: dict[str, str], claimed: dict[str, planning.ForeignClaim]
) -> None:
    """Write the conflicts that a person must settle."""
    found = []
    for action in plan.actions:
        claim = claimed.get(uris.get(action.identifier, ""))
        if action.verdict == "conflicting" and action.reason == "same-uri" and claim is not None:
            found.append({
                "uri": uris[action.identifier], "source_id": source.id, "identifier": action.identifier,
                "other_source_id": claim.source_id, "other_identifier": claim.identifier,
            })  # fmt: skip
    conflicts.report(found)
