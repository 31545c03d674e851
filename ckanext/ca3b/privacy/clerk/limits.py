"""How many reports of personal data are taken: no captcha, counters in Redis that forget within the hour."""

from __future__ import annotations

import hashlib
import hmac
import logging

import ckan.plugins.toolkit as tk
from ckan.lib.redis import connect_to_redis
from flask import has_request_context
from redis.exceptions import RedisError

from ckanext.ca3b.privacy import config

log = logging.getLogger(__name__)

_HOUR = 3600
# Many people may see the same thing in one file: more reports of a file are taken than of one address.
_PER_FILE = 10


def may_report(address: str, resource_id: str) -> bool:
    """Count a report of a file by an address; tell whether there were not too many of either within the hour.

    A report is more useful than a limit: it passes when Redis does not answer.
    """
    most = config.reports_per_hour()
    try:
        return _count(f"address:{_hidden(address)}") <= most and _count(f"file:{resource_id}") <= most * _PER_FILE
    except RedisError:
        log.exception("Reports of personal data are not counted: Redis does not answer")
        return True


def caller() -> str:
    """Return the address of who asks: the last one that our own proxy wrote, else that of the connection.

    Outside of a request (a command, a job) there is none.
    """
    if not has_request_context():
        return ""
    forwarded = tk.request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip()
    return forwarded or tk.request.remote_addr or ""


def _count(name: str) -> int:
    key = f"ckan:{tk.config['ckan.site_id']}:ca3b-signaler:{name}"
    with connect_to_redis().pipeline() as pipe:
        pipe.incr(key)
        pipe.expire(key, _HOUR, nx=True)
        return int(pipe.execute()[0])


def _hidden(address: str) -> str:
    # An address is a personal data too: what is counted cannot be read back.
    secret = str(tk.config["SECRET_KEY"]).encode()
    return hmac.new(secret, address.encode(), hashlib.sha256).hexdigest()
