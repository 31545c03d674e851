"""Putting the loading of a table in the queue of CKAN's workers."""

from __future__ import annotations

import logging

import ckan.plugins.toolkit as tk
from redis.exceptions import RedisError

from . import config, loading, status
from .model import FAILED, WAITING, now

log = logging.getLogger(__name__)

NO_QUEUE = "Le chargement du tableau n’a pas pu être demandé. Relancez-le."


def ask(resource_id: str) -> None:
    """Have a table loaded in the background. A job too many does nothing: the table already holds the bytes."""
    status.write(resource_id, WAITING, progress=0, error=None, asked=now(), finished=None)
    limits = {"timeout": config.job_timeout()}
    try:
        tk.enqueue_job(loading.load, [resource_id], title=f"Tableau du fichier {resource_id}", rq_kwargs=limits)
    except RedisError:
        log.exception("The loading of the table of %s could not be put in the queue", resource_id)
        status.write(resource_id, FAILED, error=NO_QUEUE, finished=now())
