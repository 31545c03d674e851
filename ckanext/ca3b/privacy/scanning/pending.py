"""The links that wait to be fetched: each once, whatever the number of datasets that come in, the first asked first.

A sorted set of Redis, beside the queue of jobs: a catalogue of a thousand datasets is one job that gives way to others,
not a thousand jobs in front of everybody's uploads. What is lost with Redis is found by a new examination.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan.lib.redis import connect_to_redis

if TYPE_CHECKING:
    from collections.abc import Iterable

#: After this, in seconds, the job that was asked for is believed lost, and another may be.
LOST_AFTER = 600


def add(resource_ids: Iterable[str]) -> bool:
    """Write that some links wait; tell whether a job must be asked for. Raises RedisError."""
    redis: Any = connect_to_redis()
    names = {one: time.time() for one in resource_ids}
    if not names:
        return False
    before, *_ = redis.pipeline().zcard(_links()).zadd(_links(), names, nx=True).execute()
    # The job that empties the set goes on while there is something in it, unless it was killed.
    asked = redis.set(_asked(), "1", nx=True, ex=LOST_AFTER)
    return not before or bool(asked)


def asked() -> None:
    """Write that a job was asked for."""
    redis: Any = connect_to_redis()
    redis.set(_asked(), "1", ex=LOST_AFTER)


def take() -> str | None:
    """Return the link that waits for longest, which waits no more; None when there is none."""
    redis: Any = connect_to_redis()
    found = redis.zpopmin(_links(), 1)
    return found[0][0].decode() if found else None


def count() -> int:
    """Return how many links wait."""
    redis: Any = connect_to_redis()
    return int(redis.zcard(_links()))


def _links() -> str:
    return f"ca3b:{tk.config['ckan.site_id']}:links"


def _asked() -> str:
    return f"{_links()}:asked"
