"""One run, under the lock of its source."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from ckan import model
from rq.timeouts import JobTimeoutException

from ckanext.ca3b.harvest.sources import SourceError
from ckanext.ca3b.harvesting import config, files, writing
from ckanext.ca3b.harvesting.model import (
    ACTIVE,
    APPLYING,
    CANCELLED,
    DONE,
    FAILED,
    HELD,
    PLANNING,
    READING,
    UNCHANGED,
    WAITING,
    WORKING,
    now,
)
from ckanext.ca3b.harvesting.store import conflicts, records, runs, sources

from . import applying, deciding, facts, reading, words
from .taking import TakenError, advance

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ckanext.ca3b.harvesting.model import RunRow, SourceRow

log = logging.getLogger(__name__)

#: The lock is held for a moment by whoever looks whether it is free.
_TRIES, _PAUSE = 20, 0.25
#: Among the validators of a source: which mapping wrote its datasets.
MAPPED = "mapping"


def work(run_id: str) -> None:
    """Do a run: this is the job."""
    run(run_id)


def run(run_id: str) -> None:
    """Read, stage, plan and, unless the run only plans or is held, apply. Nothing when it is over or taken.

    What fails is said in the row of the run, in French; nothing of it is raised, but that the database is gone.
    """
    row = runs.get(run_id)
    if row is None or row.state != WAITING:
        return
    for _ in range(_TRIES):
        with runs.lock(row.source_id) as mine:
            if mine:
                _under_lock(run_id)
                return
        time.sleep(_PAUSE)
    log.info("The run %s waits: another process works on its source", run_id)


def _under_lock(run_id: str) -> None:
    row = runs.get(run_id)
    source = sources.find(row.source_id) if row else None
    if row is None or source is None or row.state != WAITING:
        return
    try:
        _go(row, source)
    except TakenError:
        log.warning("The run %s was stopped, taken over or deleted", run_id)
        _follow(source.id)
    except SourceError as error:
        _fail(run_id, error.code, str(error))
    except JobTimeoutException:
        _fail(run_id, "too-long", words.TOO_LONG)
        _follow(source.id)
    except MemoryError:
        _fail(run_id, "too-big", words.TOO_BIG)
    except Exception:  # a defect of ours is told in French, never as a traceback
        log.exception("The run %s failed", run_id)
        _fail(run_id, "internal", words.INTERNAL)
        _follow(source.id)
    finally:
        model.Session.remove()


def _go(row: RunRow, source: SourceRow) -> None:
    confirmed = bool(row.confirmed_by)
    first = PLANNING if confirmed else READING
    advance(row.id, WAITING, first, started=row.started or now(), code="", message="", held_for=None)
    if model.Group.get(source.owner_org) is None:
        raise SourceError("no-organization", words.NO_ORGANIZATION)
    if not confirmed:
        known = source.validators.get(MAPPED) == facts.MAPPING
        if not reading.stage(row, source, conditional=known and not row.only_plan):
            _unchanged(row, source)
            return
        advance(row.id, READING, PLANNING, step=words.PLANNING)
    _decide(runs.get(row.id) or row, sources.find(source.id) or source, confirmed=confirmed)


def _decide(row: RunRow, source: SourceRow, *, confirmed: bool) -> None:
    decided = deciding.decide(row, source, confirmed=confirmed)
    _supersede(row)
    held = decided.plan.held
    told: dict[str, Any] = {"counts": decided.counts}
    if held is not None:
        told["held_for"] = {"code": held.code, "message": held.message}
    if row.only_plan:
        advance(row.id, PLANNING, DONE, step="", ended=now(), **told)
        return
    if held is not None:
        advance(row.id, PLANNING, HELD, step="", **told)
        return
    advance(row.id, PLANNING, APPLYING, **told)
    counts = applying.carry_out(row, source, decided)
    advance(row.id, APPLYING, DONE, step="", ended=now(), counts=counts)
    _conclude(row, source, counts)


def _unchanged(row: RunRow, source: SourceRow) -> None:
    """End a run whose catalogue is the one that was applied already."""
    advance(row.id, READING, APPLYING, complete=True)
    applying.finish(row, source)
    present = records.count(source.id).get("present", 0)
    advance(row.id, APPLYING, UNCHANGED, step="", ended=now(), counts={"unchanged": present})
    _supersede(row)


def _conclude(row: RunRow, source: SourceRow, counts: Mapping[str, int]) -> None:
    """Remember what tells that the catalogue did not change, if nothing of it is left to do; forget old rows."""
    vanished = records.count(source.id).get("vanished", 0)
    settled = not (vanished or counts["failed"] or counts["conflicting"])
    sources.change(source.id, validators={**row.validators, MAPPED: facts.MAPPING} if settled else {})
    runs.forget_old(source.id, config.runs_kept())
    _have_others_follow(source)


def _have_others_follow(source: SourceRow) -> None:
    """Have the sources read soon that still have what this one was said to be authoritative for, and has now.

    Until then both are shown: a dataset is never missing because somebody settled whose it is.
    """
    own = [uri for uri, authority in conflicts.authorities(source.id).items() if authority == source.id]
    for record in records.claims(own, other_than=source.id):
        other = sources.find(record.source_id)
        if other is not None and other.state == ACTIVE and record.state in {"present", "vanished"}:
            sources.change(other.id, validators={}, next_run=now())


def _supersede(row: RunRow) -> None:
    """End the older runs of the source that wait for somebody: this one has read after them."""
    for one in runs.unfinished(row.source_id):
        if one.id != row.id and one.state == HELD and not row.only_plan:
            runs.move(one.id, CANCELLED, of={HELD}, ended=now(), code="superseded", message=words.REPLACED)


def _follow(source_id: str) -> None:
    """Have the search engine and the files follow what a run wrote before it was stopped; else the next run does."""
    try:
        if late := records.late(source_id):
            writing.index(late)
            files.announce(source_id)
    except Exception:  # the database may be what stopped the run
        log.exception("What was written of the source %s is not searched yet", source_id)


def _fail(run_id: str, code: str, message: str) -> None:
    model.Session.rollback()
    runs.move(run_id, FAILED, of=WORKING, step="", ended=now(), code=code, message=message)
