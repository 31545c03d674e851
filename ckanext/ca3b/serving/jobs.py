"""Having a table loaded: at once when it is small, else in the queue of CKAN's workers."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from redis.exceptions import RedisError

from . import config, loading, status
from .model import FAILED, WAITING, now

if TYPE_CHECKING:
    from collections.abc import Iterable

log = logging.getLogger(__name__)

NO_QUEUE = "Le chargement du tableau n’a pas pu être demandé. Relancez-le."
# A dataset saved with many small files must not keep its clerk waiting: after this, the rest goes to the queue.
_PATIENCE = 2.0


def ask(resource_id: str) -> None:
    """Have a table loaded in the background. A job too many does nothing: the table already holds the bytes."""
    status.write(resource_id, WAITING, progress=0, error=None, asked=now(), finished=None)
    limits = {"timeout": config.job_timeout()}
    try:
        tk.enqueue_job(loading.load, [resource_id], title=f"Tableau du fichier {resource_id}", rq_kwargs=limits)
    except RedisError:
        log.exception("The loading of the table of %s could not be put in the queue", resource_id)
        status.write(resource_id, FAILED, error=NO_QUEUE, finished=now())


def close_later(resource_id: str) -> None:
    """Have the table of a file looked at again in the background, once whoever is at it has done."""
    limits = {"timeout": config.job_timeout()}
    try:
        tk.enqueue_job(loading.follow_gate, [resource_id], title=f"Tableau du fichier {resource_id}", rq_kwargs=limits)
    except RedisError:
        # Nobody who may not see the file reaches its table meanwhile; it goes when the file is saved again.
        log.exception("The table of %s could not be looked at again", resource_id)


def serve(resource_ids: Iterable[str]) -> None:
    """Load the small tables now, so that the page that follows shows them; have the others loaded."""
    end = time.monotonic() + _PATIENCE
    for resource_id in resource_ids:
        if time.monotonic() < end and _is_small(resource_id) and not status.is_locked(resource_id):
            loading.load(resource_id)
        else:
            ask(resource_id)


def _is_small(resource_id: str) -> bool:
    """Whether the report counted few cells: the bytes of a compressed file tell nothing of its table."""
    report: dict[str, Any] = loading.report_of(resource_id) or {}
    if report.get("state") == "unreadable":
        return True  # no table to load, and the one of the file before must not stay
    reading = report.get("reading") if report.get("state") == "done" else None
    return bool(reading) and reading["rows"] * len(reading["columns"]) <= config.inline_cells()
