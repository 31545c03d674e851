"""Reading and writing the scans, each time in a short transaction of its own.

A large file is scanned for seconds: nothing of CKAN may be held meanwhile, and what is written must be seen at once.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ckanext.ca3b import database
from ckanext.ca3b.database import session
from ckanext.ca3b.privacy import register
from ckanext.ca3b.privacy.model import DONE, FAILED, PASS, RUNNING, UNREADABLE, WAITING, WORKING, Scan, now

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy.orm import Session

#: A scan that waits longer than this, in seconds, was lost with its queue: it is put there again.
LOST_AFTER = 600


def ask(facts: dict[str, Any], policy: str, engine: int) -> Scan:
    """Return the scan of these bytes by this policy and engine, made if need be; one that failed begins again.

    :param facts: ``resource_id, package_id, sha256, size, filename, remote``.
    """
    moment = now()
    same = {name: facts[name] for name in ("resource_id", "sha256", "remote")} | {"policy": policy, "engine": engine}
    values = {**facts, **same, "id": str(uuid.uuid4()), "state": WAITING, "created": moment, "updated": moment}
    kept = {"filename": facts["filename"], "package_id": facts["package_id"]}
    with session() as one:
        one.execute(insert(Scan).values(**values).on_conflict_do_update(constraint="ca3b_scan_once", set_=kept))
        found = one.scalars(sa.select(Scan).filter_by(**same).with_for_update()).one()
        if found.state == FAILED:
            found.state, found.attempts, found.updated = WAITING, 0, moment
        return found


def get(scan_id: str) -> Scan | None:
    """Return a scan, None when there is none of this id."""
    with session() as one:
        return one.get(Scan, scan_id)


def current(resource_id: str, sha256: str | None = None) -> Scan | None:
    """Return the last scan of these bytes, or of any bytes of the resource: what is being done, else what was done."""
    query = sa.select(Scan).filter_by(resource_id=resource_id)
    if sha256 is not None:
        query = query.filter_by(sha256=sha256)
    # One that is not finished comes first: NULLs are first in descending order.
    order = (Scan.finished.desc(), Scan.created.desc())  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
    with session() as one:
        return one.scalars(query.order_by(*order).limit(1)).first()


def take(scan_id: str) -> Scan | None:
    """Mark a scan as being made, once more; None when there is nothing to do. Call under :func:`lock`."""
    with session() as one:
        found = one.get(Scan, scan_id, with_for_update=True)
        if found is None or found.state not in WORKING:
            return None
        found.state, found.attempts, found.updated, found.finished = RUNNING, found.attempts + 1, now(), None
        return found


def touch(scan_id: str) -> None:
    """Write that a scan was put in the queue again."""
    with session() as one:
        one.execute(sa.update(Scan).where(_is(scan_id)).values(updated=now()))


def finish(scan_id: str, content: dict[str, Any]) -> Scan | None:
    """Write what a scan found, with its line of the register; None when it was deleted meanwhile.

    :param content: ``decision, rows, findings, not_examined``.
    """
    held = content["decision"] != PASS or bool(content["not_examined"])
    said = {
        "state": DONE,
        "decision": content["decision"],
        "held": held,
        "rows": content["rows"],
        "found": _found(content["findings"]),
        "not_examined": len(content["not_examined"]),
    }
    names = ("decision", "rows", "findings", "not_examined")
    return _settle(scan_id, said, state=DONE, error=None, **{name: content[name] for name in names})


def fail(scan_id: str, state: str, code: str, message: str) -> Scan | None:
    """Write that a scan could not be made: ``unreadable`` says it of the file, ``failed`` of us. Both keep it shut."""
    said = {"state": state, "code": code, "held": True}
    return _settle(scan_id, said, state=state, error={"code": code, "message": message})


def again(scan_id: str) -> Scan | None:
    """Write that the bytes of a settled scan are those of its link again, others having been there meanwhile.

    None when they were the last ones already, or when there is no such scan. Of a link, what finished last counts.
    """
    with session() as one:
        found = one.get(Scan, scan_id, with_for_update=True)
        if found is None or found.state in WORKING:
            return None
        same = sa.select(Scan.id).filter_by(resource_id=found.resource_id, remote=found.remote)
        last = same.where(Scan.finished.is_not(None)).order_by(Scan.finished.desc(), Scan.id)  # pyright: ignore[reportOptionalMemberAccess]
        if one.scalars(last.limit(1)).first() == scan_id:
            return None
        found.finished = found.updated = now()
        _line(one, found, {"state": found.state, "decision": found.decision, "again": True})
        return found


def is_settled(scan: Scan) -> bool:
    """Tell whether nothing more will happen to a scan by itself."""
    return scan.state in {DONE, UNREADABLE, FAILED}


def is_lost(scan: Scan) -> bool:
    """Tell whether nobody works on an unfinished scan any more: its worker died, or its queue was emptied."""
    if scan.state == RUNNING:
        with lock(scan.id) as free:
            return free
    return scan.state == WAITING and (now() - scan.updated).total_seconds() > LOST_AFTER


def lock(scan_id: str) -> AbstractContextManager[bool]:
    """Hold the right to make a scan; gives False when another process has it."""
    return database.lock(f"ca3b_scan:{scan_id}")


def _settle(scan_id: str, said: dict[str, Any], **values: Any) -> Scan | None:
    """Write the end of a scan and its line of the register: both, or none."""
    moment = now()
    clean = {name: database.storable(value) for name, value in values.items()}
    with session() as one:
        one.execute(sa.update(Scan).where(_is(scan_id)).values(updated=moment, finished=moment, **clean))
        found = one.get(Scan, scan_id)
        if found is not None:
            _line(one, found, said)
        return found


def _line(one: Session, found: Scan, said: dict[str, Any]) -> None:
    register.append(
        one,
        "scan",
        actor="",
        resource_id=found.resource_id,
        package_id=found.package_id,
        sha256=found.sha256,
        details={**said, "scan": found.id, "policy": found.policy, "engine": found.engine, "remote": found.remote},
    )


def _found(findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return of each finding what the register keeps: what, how often, what was decided."""
    return [{name: one[name] for name in ("column", "category", "decision", "count")} for one in findings]


def _is(scan_id: str) -> Any:
    return Scan.id == scan_id
