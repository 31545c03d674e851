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
from redis.exceptions import RedisError
from rq.timeouts import JobTimeoutException

from ckanext.ca3b import files
from ckanext.ca3b.fetching import FetchError, Limits, fetch
from ckanext.ca3b.privacy import config, resources
from ckanext.ca3b.privacy.model import FAILED, UNREADABLE
from ckanext.ca3b.rgpd import PolicyError
from ckanext.ca3b.tables import TableError

from . import examine, jobs, store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ckanext.ca3b.privacy.model import Scan

log = logging.getLogger(__name__)


def is_web(url: Any) -> bool:
    """Tell whether a link can be fetched at all."""
    try:
        parts = urlsplit(url or "")
    except (TypeError, ValueError):
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def ask(resource_ids: Iterable[str]) -> None:
    """Have the files behind some links scanned, in one job."""
    wanted = list(resource_ids)
    if not wanted:
        return
    limits: dict[str, Any] = {"timeout": len(wanted) * (config.remote_timeout() + config.job_timeout())}
    try:
        tk.enqueue_job(run, [wanted], title=f"Examen de {len(wanted)} fichiers liés", rq_kwargs=limits)
    except RedisError:
        log.exception("The links %s could not be put in the queue", wanted)


def run(resource_ids: list[str]) -> None:
    """Fetch and scan the files behind some links. This is the job; one that fails does not keep the others."""
    for resource_id in resource_ids:
        try:
            look(resource_id)
        except JobTimeoutException:
            raise
        except Exception:
            log.exception("The file behind the link %s was not scanned", resource_id)


def look(resource_id: str) -> Scan | None:
    """Fetch and scan the file behind one link; None when there is no such link any more, or no policy."""
    try:
        resource = resources.show(resource_id)
        policy = examine.policy().version
    except (tk.ObjectNotFound, PolicyError):
        return None
    if resource["url_type"] or not is_web(resource["url"]):
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
    """Scan a copy, unless its bytes were scanned already."""
    with store.lock(asked.id) as mine:
        scan = store.take(asked.id) if mine else None
        if scan is None:
            return store.get(asked.id) or asked
        try:
            if problem is not None:
                done = store.fail(scan.id, FAILED, problem.code, str(problem))
            else:
                done = store.finish(scan.id, examine.examine(copy, scan.filename))
        except TableError as error:
            done = store.fail(scan.id, UNREADABLE, error.code, error.message)
        except JobTimeoutException:
            store.fail(scan.id, FAILED, "too-long", "L’examen du fichier lié a pris trop de temps.")
            raise
        except Exception:
            log.exception("The scan %s of the link %s failed", scan.id, scan.resource_id)
            done = store.fail(scan.id, FAILED, "internal", "Le portail n’a pas su examiner ce fichier lié.")
    if done is not None:
        jobs.settle(done)
    return done or scan


def _digest(copy: Path) -> dict[str, Any]:
    found = files.digest_of(copy)
    return {"sha256": found.sha256, "size": found.size}


def _name(resource: dict[str, Any]) -> str:
    name = unquote(urlsplit(resource["url"]).path.rsplit("/", 1)[-1])
    return name or f"{resource['id']}.{(resource['format'] or 'csv').lower()}"
