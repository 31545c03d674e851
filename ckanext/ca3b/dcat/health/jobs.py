"""Describing and measuring, in the background, all that was not: one job at a time for everybody who asks."""

from __future__ import annotations

import logging

import ckan.plugins.toolkit as tk
from ckan.lib.redis import connect_to_redis
from redis.exceptions import RedisError

from ckanext.ca3b import database
from ckanext.ca3b.dcat.feeds import config

from . import measuring

log = logging.getLogger(__name__)

ASKED = "ca3b:health:asked"
#: Asked again within this time, in seconds, it is the same question: a page that is looked at often asks it once.
_SAME = 300
_TIMEOUT = 3600


def ask() -> None:
    """Have all that is not measured measured by a job."""
    try:
        if connect_to_redis().set(ASKED, "1", nx=True, ex=_SAME):
            limits = {"timeout": _TIMEOUT}
            tk.enqueue_job(run, title="Quality of the catalogue", queue=config.queue(), rq_kwargs=limits)
    except RedisError:
        log.warning("The measure of the catalogue could not be asked for", exc_info=True)


def run() -> None:
    """Measure all that is not: this is the job."""
    with database.lock("ca3b_health") as mine:
        for done in measuring.everything() if mine else ():
            log.debug("%s descriptions measured", done)
