"""The job that looks at linked files: one at a time, site after site, and none twice in a row without a pause."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.redis import connect_to_redis
from redis.exceptions import RedisError
from rq.timeouts import JobTimeoutException

from ckanext.ca3b import database, interfaces
from ckanext.ca3b.harvesting import config
from ckanext.ca3b.harvesting.model import now

from . import store

if TYPE_CHECKING:
    from .model import FileRow

log = logging.getLogger(__name__)

#: Seconds after which a job gives way to others: nobody's upload waits behind a whole catalogue.
TURN = 60.0
#: Seconds that a job waits for a site; for longer, the next look at what is due takes it up.
_PATIENCE = 5.0
#: A file that kills its worker each time, or that never comes, is not tried for ever.
ATTEMPTS = 3
_JOB_TIMEOUT = 4 * 3600
#: Seconds after which a job that was asked for is believed lost with its queue, and another may be.
_LOST_AFTER = 900


def wake() -> bool:
    """Have waiting links looked at, if the site of one may be asked; tell whether a job was asked for."""
    if _wait() > _PATIENCE:
        return False
    limits: dict[str, Any] = {"timeout": _JOB_TIMEOUT}
    try:
        redis: Any = connect_to_redis()
        if not redis.set(_asked(), "1", nx=True, ex=_LOST_AFTER):
            return False  # one for all the sources of a night
        tk.enqueue_job(run, title="Fichiers des jeux moissonnés", queue=config.queue(), rq_kwargs=limits)
    except RedisError:
        # The links stay waiting: found by the next look at what is due.
        log.exception("The files of harvested datasets could not be put in the queue")
        return False
    return True


def run() -> None:
    """Look at waiting links for a while, then leave the others to another job. This is the job."""
    with database.lock("ca3b_harvest_files") as mine:
        _begun()
        if not mine:
            return
        end = time.monotonic() + TURN
        while (wait := _wait()) <= _PATIENCE and time.monotonic() + wait < end:
            time.sleep(max(0.0, wait))
            site = store.next_site()
            found = store.take(site.host) if site else None
            if found is not None:
                _look(found)
    wake()


def _begun() -> None:
    """Write that the job that was asked for is there: another may be."""
    try:
        redis: Any = connect_to_redis()
        redis.delete(_asked())
    except RedisError:
        log.warning("Redis does not answer", exc_info=True)


def _asked() -> str:
    return f"ca3b:{tk.config['ckan.site_id']}:harvest:files:asked"


def _wait() -> float:
    """Return the seconds before a site may be asked; for ever when no link waits."""
    site = store.next_site()
    return (site.due - now()).total_seconds() if site else float("inf")


def _look(found: FileRow) -> None:
    answers, done = True, False
    try:
        answers = interfaces.follow_link(found.resource_id, shown=found.shown)
        done = answers
    except JobTimeoutException:
        store.silent(found.host)
        raise
    except Exception:  # one that fails does not keep the others
        log.exception("The file behind the link %s could not be looked at", found.resource_id)
    finally:
        model.Session.rollback()
        model.Session.remove()
    if done or found.attempts >= ATTEMPTS:
        store.looked(found, done=done)
    if answers:
        store.answered(found.host, config.files_delay())
    else:
        store.silent(found.host)
    if not found.host:
        store.forget([found.resource_id])
