"""When the answer of an address last became another one: what « Last-Modified » says.

No date of a dataset tells it: a page changes too when a dataset leaves it. So each address is remembered with the
stamp of its answer and the second since when it has it. What Redis forgets is taken for new, and asked again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging

from ckan.lib.redis import connect_to_redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

_KEPT = 90 * 24 * 3600
_PREFIX = "ca3b:catalogue:"


def since(address: str, tag: str) -> dt.datetime | None:
    """Return since when the answer of an address has this tag, to the second; None when it cannot be remembered."""
    key = _PREFIX + hashlib.sha256(address.encode()).hexdigest()
    moment = int(dt.datetime.now(dt.UTC).timestamp())
    try:
        redis = connect_to_redis()
        known = redis.get(key)
        before, _, date = known.decode().partition(" ") if isinstance(known, bytes) else ("", "", "")
        if before == tag and date:
            return dt.datetime.fromtimestamp(int(date), dt.UTC)
        # Twice in a second: the second answer must not look like the first.
        moment = max(moment, int(date) + 1) if date else moment
        redis.set(key, f"{tag} {moment}", ex=_KEPT)
    except RedisError:
        log.warning("Redis does not answer: the catalogue goes out without « Last-Modified »", exc_info=True)
        return None
    return dt.datetime.fromtimestamp(moment, dt.UTC)
