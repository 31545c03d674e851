"""What is already public, examined anew by the policy and the engine in force, the newest first.

Which files are left is always asked of the database: stopped anywhere, it goes on where it was. A file stays open
while it is examined anew, and closes with what is found. The file behind a link is fetched again, within the bounds of
`remote`: the link stays, the DPO is told. A site that does not answer is asked again a day later at the soonest.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model as ckan_model
from ckan.model import meta
from sqlalchemy.orm import Session

from ckanext.ca3b import database, files
from ckanext.ca3b.privacy import config, register, resources
from ckanext.ca3b.privacy.gate import state
from ckanext.ca3b.privacy.model import DONE, FAILED, PASS, WORKING, Line, Scan, now
from ckanext.ca3b.privacy.scanning import examine, jobs, remote, store

from . import notify

if TYPE_CHECKING:
    from collections.abc import Iterator

# What came of a file: nothing, it was closed, or it is behind a link and holds something.
CLEAR, CLOSED, LINK = "clear", "closed", "link"

# How many files one job examines before it gives way to another: uploads must not wait behind thousands of files.
BATCH = 50
RETRY = dt.timedelta(days=1)


def count() -> int:
    """Return how many public files are left. Raises PolicyError."""
    return len(_left())


def later() -> None:
    """Have the files examined by background jobs."""
    limits = {"timeout": BATCH * config.job_timeout()}
    tk.enqueue_job(run_batch, title="Nouvel examen des fichiers publics", rq_kwargs=limits)


def run_batch() -> None:
    """Examine some of the files, and leave the others to another job. This is the job."""
    done = run(BATCH)
    if done["left"]:
        later()


def run(limit: int | None = None) -> dict[str, int]:
    """Examine the public files that are left, or some of them; the DPO is told once none is left.

    :returns: ``{examined, closed, links, left}``, ``links`` being those whose file holds something; nothing is done
        when another process is at it.
    """
    with database.lock("ca3b_rescan") as mine:
        return _run(limit) if mine else {"examined": 0, "closed": 0, "links": 0, "left": 0}


def _run(limit: int | None) -> dict[str, int]:
    version = {"policy": examine.policy().version, "engine": examine.ENGINE}
    outcomes: list[str] = []
    quiet = notify.quiet.set(True)
    try:
        left = _left()
        for resource_id in left[:limit]:
            outcome = _examine(resource_id, version["policy"])
            if outcome is not None:
                outcomes.append(outcome)
                _write({**version, "examined": True, "closed": outcome == CLOSED, "link": outcome == LINK}, resource_id)
    finally:
        notify.quiet.reset(quiet)
    waiting = max(0, len(left) - limit) if limit else 0
    if left and not waiting:
        done = _done(version)
        held = [*done["closed"], *done["links"]]
        _write({**version, "files": done["examined"], "closed": len(done["closed"]), "ended": True})
        notify.tell_rescan(held, examined=done["examined"], **version)
    counts = {"closed": outcomes.count(CLOSED), "links": outcomes.count(LINK)}
    return {"examined": len(outcomes), **counts, "left": waiting}


def _left() -> list[str]:
    """Return the public files that no scan of this policy and engine settled, the newest first."""
    version, engine = examine.policy().version, examine.ENGINE
    resource: Any = ckan_model.Resource
    package: Any = ckan_model.Package
    link = sa.func.coalesce(resource.url_type, "") == ""
    scan: Any = Scan
    settled = sa.not_(scan.state.in_([*WORKING, FAILED]))
    lately = (scan.state == FAILED) & (scan.finished > now() - RETRY)
    done = sa.select(scan.id).where(
        scan.resource_id == resource.id,
        scan.policy == version,
        scan.engine == engine,
        sa.or_(
            sa.not_(scan.remote) & (scan.sha256 == resource.hash) & settled,
            scan.remote & link & sa.or_(settled, lately),
        ),
    )
    query = (
        sa.select(resource.id, resource.url, resource.url_type, resource.hash)
        .join(package, package.id == resource.package_id)
        .where(resource.state == "active", package.state == "active", package.private.is_(False))
        .where(sa.or_(resource.url_type == "upload", link), sa.not_(done.exists()))
        .order_by(sa.func.coalesce(resource.last_modified, resource.created).desc(), resource.id)
    )
    with Session(meta.engine) as session:
        found = [dict(row) for row in session.execute(query).mappings()]
    states = state.among(found)
    return [one["id"] for one in found if states[one["id"]].open and (one["url_type"] or remote.is_web(one["url"]))]


def _examine(resource_id: str, policy: str) -> str | None:
    """Examine one file here and now; return what came of it, None when it is gone."""
    try:
        resource = resources.show(resource_id)
        if not resource["url_type"]:
            return _looked(resource_id)
        facts = {name: resource[name] for name in ("package_id", "size")}
        facts |= {"resource_id": resource_id, "sha256": resource["hash"], "remote": False}
        facts["filename"] = files.file_name(resource)
        jobs.run(store.ask(facts, policy, examine.ENGINE).id)
        return CLEAR if state.of(resources.show(resource_id)).open else CLOSED
    except tk.ObjectNotFound:
        return None
    finally:
        ckan_model.Session.rollback()


def _looked(resource_id: str) -> str | None:
    """Examine the file behind a link; one that cannot be had is its commune's matter."""
    scan = remote.look(resource_id)
    if scan is None:
        return None
    return LINK if scan.state == DONE and (scan.decision != PASS or scan.not_examined) else CLEAR


def _write(details: dict[str, Any], resource_id: str | None = None) -> None:
    given: dict[str, Any] = {}
    if resource_id:
        found = resources.show(resource_id)
        given = {"resource_id": resource_id, "package_id": found["package_id"], "sha256": found["hash"]}
    with Session(meta.engine) as session, session.begin():
        register.append(session, "rescan", actor="", details=details, **given)


def _done(version: dict[str, Any]) -> dict[str, Any]:
    """Return what was examined since the last examination ended: how many, those closed, links that hold something."""
    closed: list[str] = []
    links: list[str] = []
    examined = 0
    for line in _lines():
        details = line["details"]
        if details.get("ended"):
            break
        if details.get("policy") == version["policy"] and details.get("engine") == version["engine"]:
            examined += 1
            closed += [line["resource_id"]] if details.get("closed") else []
            links += [line["resource_id"]] if details.get("link") else []
    return {"examined": examined, "closed": closed, "links": links}


def _lines() -> Iterator[dict[str, Any]]:
    query = sa.select(Line.resource_id, Line.details).where(Line.event == "rescan").order_by(Line.seq.desc())
    with Session(meta.engine) as session:
        yield from (dict(row) for row in session.execute(query.execution_options(yield_per=500)).mappings())
