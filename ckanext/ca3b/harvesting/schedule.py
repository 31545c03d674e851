"""When sources are harvested: at night, spread out by their ids, by one look at what is due every few minutes.

The look (:func:`tick`) is a job that RQ's scheduler, which every CKAN worker has, puts in the queue; each plans the
next one (:func:`ensure`). Its id is made of its moment: whoever plans the same one twice plans it once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import time
from typing import TYPE_CHECKING, Any

from ckan.lib import jobs
from redis.exceptions import RedisError
from rq.exceptions import DuplicateJobError

from ckanext.ca3b import database

from . import config, engine, files
from .engine.starting import is_lost, put_in_queue, settle
from .model import INTERRUPTED, WAITING, WORKING, now
from .reports import digest
from .store import runs, sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from .model import RunRow

log = logging.getLogger(__name__)

NIGHT = "night"
_DAYS = {"daily": 1, "weekly": 7, "monthly": 28}


def next_run(source_id: str, schedule: str, after: dt.datetime) -> dt.datetime | None:
    """Return the first moment of a source later than ``after``, None when it is harvested by hand only.

    Always the same hour of the night for a source, the same day of the week, or of the month up to the 28th.
    """
    if schedule not in _DAYS:
        return None
    night, zone = config.night(), config.timezone()
    digest_ = hashlib.sha256(source_id.encode()).digest()
    second = int.from_bytes(digest_[:4]) % (night.hours * 3600)
    day = int.from_bytes(digest_[4:8])
    date = after.astimezone(zone).date() - dt.timedelta(days=1)
    while True:
        if _is_its_day(date, schedule, day):
            local = dt.datetime.combine(date, dt.time(night.start), tzinfo=zone) + dt.timedelta(seconds=second)
            moment = local.astimezone(dt.UTC)
            if moment > after:
                return moment
        date += dt.timedelta(days=1)


def tick() -> int:
    """Look at all that is due: stopped runs are told so, lost ones queued again, due ones begun; return how many.

    Does nothing when another process is at it.
    """
    with database.lock("ca3b_harvest_tick") as mine:
        if not mine:
            return 0
        begun = _again(runs.unfinished()) + _due(now())
    for follow in (digest.send, files.wake):
        _safely(follow)
    return begun


def work() -> None:
    """Look at all that is due, and have it looked at again: this is the job."""
    ensure()
    tick()


def ensure() -> None:
    """Have the next look planned, once, if the settings want any; without Redis it is left to the next occasion."""
    every = config.tick()
    if not every:
        return
    slot = int(time.time()) // every + 1
    moment = dt.datetime.fromtimestamp(slot * every, dt.UTC)
    limits: dict[str, Any] = {"job_id": f"ca3b-harvest-tick-{slot}", "unique": True, "result_ttl": 2 * every}
    try:
        queue = jobs.get_queue(config.queue())
        queue.enqueue_at(moment, work, job_timeout=600, meta={"title": "Catalogues to harvest"}, **limits)
    except DuplicateJobError:
        return
    except RedisError:
        log.warning("The next look at the catalogues to harvest could not be planned", exc_info=True)


def _again(unfinished: list[RunRow]) -> int:
    """Put lost runs back in the queue; a night run that was stopped is begun again, once."""
    begun = 0
    for run in unfinished:
        if run.state == WAITING and is_lost(run):
            put_in_queue(run)
        elif run.state in WORKING and settle(run.source_id):
            last = runs.last([run.source_id], 2).get(run.source_id, [])
            stopped_twice = len(last) > 1 and all(one.state == INTERRUPTED for one in last)
            if run.cause == NIGHT and not stopped_twice:
                begun += _begin(run.source_id)
    return begun


def _due(moment: dt.datetime) -> int:
    begun = 0
    for source in sources.due(moment):
        sources.change(source.id, next_run=next_run(source.id, source.schedule, moment))
        begun += _begin(source.id)
    return begun


def _begin(source_id: str) -> int:
    try:
        engine.start(source_id, NIGHT)
    except engine.BusyError:
        return 0
    return 1


def _is_its_day(date: dt.date, schedule: str, day: int) -> bool:
    if schedule == "weekly":
        return date.weekday() == day % 7
    if schedule == "monthly":
        return date.day == day % 28 + 1
    return True


def _safely(follow: Callable[[], Any]) -> None:
    try:
        follow()
    except Exception:  # what follows the look never stops the next one
        log.exception("%s failed", follow.__module__)
