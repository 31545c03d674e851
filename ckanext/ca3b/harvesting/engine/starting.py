"""Runs that begin: a row that waits, and a worker that is told of it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from redis.exceptions import RedisError
from sqlalchemy.exc import IntegrityError

from ckanext.ca3b import database
from ckanext.ca3b.harvesting import config, files
from ckanext.ca3b.harvesting.model import HELD, WAITING, RunRow, now
from ckanext.ca3b.harvesting.store import runs, sources

if TYPE_CHECKING:
    from rq.job import Job

log = logging.getLogger(__name__)

#: A run that waits longer than this, in seconds, is put in the queue again: one that it left long ago does nothing.
LOST_AFTER = 900


class BusyError(Exception):
    """A run of this source goes on or waits already: it is :attr:`run`."""

    def __init__(self, run: RunRow) -> None:
        """Keep the run that goes on."""
        super().__init__(run.id)
        self.run = run


def start(source_id: str, cause: str, only_plan: bool = False, *, user: str = "", enqueue: bool = True) -> RunRow:
    """Write a run that waits and, with ``enqueue``, have a worker take it; return it.

    A held run that nobody confirmed is left: the new one reads again and decides in its place.

    :raises BusyError: one goes on or waits already.
    """
    settle(source_id)
    try:
        row = runs.add(source_id, cause, only_plan=only_plan, user=user)
    except IntegrityError:
        going = next((one for one in runs.unfinished(source_id) if one.state != HELD), None)
        if going is None:  # it ended meanwhile
            return start(source_id, cause, only_plan, user=user, enqueue=enqueue)
        if enqueue and going.state == WAITING and is_lost(going):
            put_in_queue(going)
        raise BusyError(going) from None
    if enqueue:
        put_in_queue(row)
    return row


def settle(source_id: str) -> bool:
    """Say interrupted the run of a source that nobody works on any more; tell whether there was one."""
    with runs.lock(source_id) as free:
        stopped = bool(free and runs.settle_interrupted(source_id))
    if stopped:
        files.announce(source_id)
    return stopped


def is_lost(run: RunRow) -> bool:
    """Tell whether a run that waits is probably in no queue any more."""
    return run.heartbeat is None or (now() - run.heartbeat).total_seconds() > LOST_AFTER


def put_in_queue(run: RunRow) -> Job | None:
    """Have a worker take a run; without Redis it stays waiting, and is found again by the scheduler."""
    from .running import work  # noqa: PLC0415 - it starts runs too

    source = sources.find(run.source_id)
    title = f"Moissonnage de {source.title if source else run.source_id}"
    try:
        limits = {"timeout": config.job_timeout()}
        job = tk.enqueue_job(work, [run.id], title=title, queue=config.queue(), rq_kwargs=limits)
    except RedisError:
        log.exception("The run %s could not be put in the queue", run.id)
        return None
    with database.session() as one:
        one.execute(sa.update(RunRow).where(RunRow.id == run.id).values(heartbeat=now()))  # pyright: ignore[reportArgumentType]
    return job
