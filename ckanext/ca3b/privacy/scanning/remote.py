"""The files behind links: fetched in a job and scanned, so that a commune knows what its own site publishes.

The link itself stays: the portal does not keep the file. Nothing of it is shown here unless its scan is clear.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import ckan.plugins.toolkit as tk
from ckan import model
from redis.exceptions import RedisError
from rq.timeouts import JobTimeoutException

from ckanext.ca3b import database, files
from ckanext.ca3b.fetching import SILENT, FetchError, Limits, fetch
from ckanext.ca3b.privacy import config, resources
from ckanext.ca3b.privacy.model import FAILED, UNREADABLE
from ckanext.ca3b.rgpd import PolicyError
from ckanext.ca3b.tables import TableError

from . import examine, jobs, pending, store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ckanext.ca3b.privacy.model import Scan

log = logging.getLogger(__name__)

# How many links one job looks at before it gives way to another: uploads must not wait behind a whole catalogue.
BATCH = 20


def is_web(url: Any) -> bool:
    """Tell whether a link can be fetched at all."""
    try:
        parts = urlsplit(url or "")
    except (TypeError, ValueError):
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def ask(resource_ids: Iterable[str]) -> None:
    """Have the files behind some links scanned: one job for all the links that wait, each of them once."""
    wanted = list(resource_ids)
    try:
        if pending.add(wanted):
            _enqueue()
    except RedisError:
        # Found again by « ckan ca3b rgpd rescan », which looks at links that nobody saw.
        log.exception("The links %s could not be put in the queue", wanted)


def run() -> None:
    """Fetch and scan some of the links that wait, and leave the others to another job. This is the job."""
    mine = False
    try:
        with database.lock("ca3b_links") as mine:
            if mine:
                _look_at_some()
    finally:
        if mine and pending.count():
            _enqueue()


def look(resource_id: str) -> Scan | None:
    """Fetch and scan the file behind one link; None when there is none to scan, or another process is at it."""
    with database.lock(f"ca3b_link:{resource_id}") as mine:
        scan, seen = None, None
        # An address that is changed meanwhile is asked again: the last one counts.
        while mine and (resource := _link(resource_id)) is not None and resource["url"] != seen:
            seen = resource["url"]
            scan = _looked(resource)
        return scan


def follow(resource_id: str) -> bool:
    """Look at the file behind a link now; tell whether its site answered."""
    scan = look(resource_id)
    return scan is None or (scan.error or {}).get("code") not in SILENT


def _look_at_some() -> None:
    for _ in range(BATCH):
        resource_id = pending.take()
        if resource_id is None:
            return
        try:
            look(resource_id)
        except JobTimeoutException:
            raise
        except Exception:  # one that fails does not keep the others
            log.exception("The file behind the link %s was not scanned", resource_id)


def _enqueue() -> None:
    limits: dict[str, Any] = {"timeout": BATCH * (config.remote_timeout() + config.job_timeout())}
    pending.asked()
    tk.enqueue_job(run, title="Examen de fichiers liés", rq_kwargs=limits)


def _link(resource_id: str) -> dict[str, Any] | None:
    model.Session.rollback()
    try:
        resource = resources.show(resource_id)
    except tk.ObjectNotFound:
        return None
    return None if resource["url_type"] or not is_web(resource["url"]) else resource


def _looked(resource: dict[str, Any]) -> Scan | None:
    try:
        policy = examine.policy().version
    except PolicyError:
        log.exception("No link can be examined: the policy cannot be read")
        return None
    limits = Limits(config.remote_max_size(), config.remote_timeout(), config.remote_allow_private())
    with tempfile.TemporaryDirectory(prefix="ca3b-link-") as folder:
        copy = Path(folder) / "file"
        problem: FetchError | None = None
        try:
            with copy.open("wb") as out:
                fetch(resource["url"], out, limits)
        except FetchError as error:
            problem = error
        facts = {
            "resource_id": resource["id"],
            "package_id": resource["package_id"],
            **({"sha256": "", "size": 0} if problem else _digest(copy)),
            "filename": _name(resource),
            "remote": True,
        }
        asked = store.ask(facts, policy, examine.ENGINE)
        return _scanned(asked, copy, problem)


def _scanned(asked: Scan, copy: Path, problem: FetchError | None) -> Scan:
    """Scan a copy; of bytes that were scanned already, say that they are those of the link again."""
    with store.lock(asked.id) as mine:
        scan = store.take(asked.id) if mine else None
        done = _made(scan, copy, problem) if scan else store.again(asked.id) if mine else None
    if done is not None:
        jobs.settle(done)
    return done or store.get(asked.id) or asked


def _made(scan: Scan, copy: Path, problem: FetchError | None) -> Scan | None:
    try:
        if problem is not None:
            return store.fail(scan.id, FAILED, problem.code, str(problem))
        return store.finish(scan.id, examine.examine(copy, scan.filename))
    except TableError as error:
        return store.fail(scan.id, UNREADABLE, error.code, error.message)
    except JobTimeoutException:
        store.fail(scan.id, FAILED, "too-long", "L’examen du fichier lié a pris trop de temps.")
        raise
    except Exception:
        log.exception("The scan %s of the link %s failed", scan.id, scan.resource_id)
        return store.fail(scan.id, FAILED, "internal", "Le portail n’a pas su examiner ce fichier lié.")


def _digest(copy: Path) -> dict[str, Any]:
    found = files.digest_of(copy)
    return {"sha256": found.sha256, "size": found.size}


def _name(resource: dict[str, Any]) -> str:
    name = unquote(urlsplit(resource["url"]).path.rsplit("/", 1)[-1])
    return name or f"{resource['id']}.{(resource['format'] or 'csv').lower()}"
