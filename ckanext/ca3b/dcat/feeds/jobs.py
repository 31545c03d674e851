"""Building in advance what will be asked. Nothing depends on it: what is missing is built when it is asked for."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.redis import connect_to_redis
from redis.exceptions import RedisError

from . import building, config, fragments, selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

log = logging.getLogger(__name__)

TITLE = "Outgoing catalogue"
_PENDING, _ASKED = "ca3b:catalogue:pending", "ca3b:catalogue:asked"
_FORGOTTEN = 3600


def follow(ids: Iterable[str]) -> None:
    """Have these datasets looked at soon, by one job for all those that change until it begins."""
    try:
        redis = connect_to_redis()
        redis.sadd(_PENDING, *ids)
        if redis.set(_ASKED, "1", nx=True, ex=_FORGOTTEN):
            tk.enqueue_job(run, title=TITLE, queue=config.queue())
    except RedisError:
        log.warning("The catalogue could not be asked to follow a change", exc_info=True)


def run() -> None:
    """Look at the datasets that changed: a job."""
    redis = connect_to_redis()
    redis.delete(_ASKED)
    while some := redis.spop(_PENDING, building.CHUNK):
        look(one.decode() for one in some if isinstance(one, bytes))
        model.Session.remove()


def look(ids: Iterable[str]) -> None:
    """Build what goes out of these datasets; withdraw those that do not go out any more."""
    given = list(ids)
    found = selection.of(given)
    fragments.withdraw([one for one in given if one not in found])
    building.ensure(list(found.values()))


def everything() -> Iterator[tuple[int, int]]:
    """Build all that is missing, and withdraw what left; yield after each chunk how many were seen and go out."""
    fragments.sweep()
    seen = out = 0
    for some in selection.windows(selection.Wanted(), building.CHUNK):
        seen += len(some.datasets)
        out += len(building.ensure(some.datasets))
        model.Session.remove()
        yield seen, out
