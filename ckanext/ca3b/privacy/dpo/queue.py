"""What waits for the DPO: one question to the database, whatever the number of files."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from attrs import frozen
from ckan.model import meta
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from collections.abc import Iterable

WAITING, ASKED, REFUSED, CLOSED, AUTHORISED = "waiting", "treatment_asked", "refused", "closed", "authorised"
STATES = (WAITING, ASKED, REFUSED, CLOSED, AUTHORISED)
"""Where a file of the DPO's stands, in the order of the filter; ``waiting`` is what nobody decided about."""

# The same rule as that of the gate, for all files at once (see gate/state.py, and the test that compares them).
# A file is the DPO's when its present bytes have a scan that found something, or that could not be done, or a
# decision, or when somebody closed it or reported it. Bytes that were replaced are nobody's any more.
_FILES = """
WITH scans AS (
    SELECT DISTINCT ON (s.resource_id) s.*
    FROM ca3b_scan s JOIN resource r ON r.id = s.resource_id
    WHERE s.finished IS NOT NULL AND (s.remote OR r.hash = s.sha256)
    ORDER BY s.resource_id, s.finished DESC, s.id
), judged AS (
    SELECT DISTINCT ON (d.resource_id, d.sha256) d.*
    FROM ca3b_decision d WHERE d.kind IN ('authorise', 'refuse', 'ask_treatment')
    ORDER BY d.resource_id, d.sha256, d.at DESC
), closures AS (
    SELECT DISTINCT ON (d.resource_id) d.*
    FROM ca3b_decision d WHERE d.kind IN ('close', 'reopen')
    ORDER BY d.resource_id, d.at DESC
), working AS (
    SELECT DISTINCT s.resource_id
    FROM ca3b_scan s JOIN resource r ON r.id = s.resource_id
    WHERE s.state IN ('waiting', 'running') AND (s.remote OR r.hash = s.sha256)
), alerts AS (
    SELECT resource_id, count(*) AS number, min(created) AS first
    FROM ca3b_alert WHERE state = 'open' GROUP BY resource_id
), files AS (
    SELECT r.id AS resource_id, r.name, r.url_type, r.hash, p.id AS package_id, p.name AS package_name,
        p.title AS package_title, p.type AS package_type, p.state AS package_state, p.private,
        g.id AS organization_id, g.name AS organization_name, g.title AS organization_title,
        s.sha256, s.filename, s.size, s.state AS scan_state, s.decision AS scan_decision, s.findings,
        coalesce(greatest(j.at, c.at), s.finished, a.first) AS decided,
        coalesce(a.first, s.finished, s.updated) AS since,
        coalesce(a.number, 0) AS alerts,
        CASE
            WHEN c.kind = 'close' THEN 'closed'
            WHEN j.kind = 'refuse' THEN 'refused'
            WHEN j.kind = 'ask_treatment' THEN 'treatment_asked'
            WHEN a.number > 0 THEN 'waiting'
            WHEN j.kind = 'authorise' THEN 'authorised'
            WHEN s.state = 'done' AND s.decision = 'pass' AND s.not_examined = '[]' THEN 'open'
            WHEN s.state = 'done' THEN 'waiting'
            WHEN r.url_type IS DISTINCT FROM 'upload' THEN 'open'
            WHEN s.id IS NULL OR w.resource_id IS NOT NULL THEN 'scanning'
            ELSE 'waiting'
        END AS state,
        coalesce(a.number, 0) > 0 AND c.kind IS DISTINCT FROM 'close' AND (
            j.kind = 'authorise' OR s.decision = 'pass' AND s.not_examined = '[]'
            OR r.url_type IS DISTINCT FROM 'upload'
        ) IS TRUE AS reported
    FROM resource r
    JOIN package p ON p.id = r.package_id
    LEFT JOIN "group" g ON g.id = p.owner_org
    LEFT JOIN scans s ON s.resource_id = r.id
    LEFT JOIN judged j ON j.resource_id = s.resource_id AND j.sha256 = s.sha256
    LEFT JOIN closures c ON c.resource_id = r.id
    LEFT JOIN working w ON w.resource_id = r.id
    LEFT JOIN alerts a ON a.resource_id = r.id
    WHERE r.state = 'active' AND p.state IN ('active', 'draft')
        AND (s.id IS NOT NULL OR c.id IS NOT NULL OR a.number IS NOT NULL)
)
"""
# An alert says that something is public which should not be: it comes first; then what has waited longest.
_URGENT = "ORDER BY alerts = 0, since, resource_id"
_LATEST = "ORDER BY decided DESC, resource_id"


@frozen
class Wanted:
    """Which files are wanted: of one state, of one producer (id), with some words in their titles."""

    state: str = WAITING
    organization: str = ""
    q: str = ""

    def where(self, *, any_organization: bool = False) -> tuple[str, dict[str, Any]]:
        """Return the condition and its values; that of the producer is left out for the list of producers."""
        said, values = ["state = :state"], {"state": self.state}
        if self.organization and not any_organization:
            said.append("organization_id = :organization")
            values["organization"] = self.organization
        if self.q.strip():
            words = self.q.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            said.append("concat_ws(' ', name, filename, package_title, organization_title) ILIKE :words")
            values["words"] = f"%{words}%"
        return "WHERE " + " AND ".join(said), values


def find(wanted: Wanted, limit: int, offset: int = 0) -> dict[str, Any]:
    """Return ``{count, results, organizations, states}``.

    ``results`` are the files, most urgent first (decided ones: the latest first); ``organizations`` the producers of
    the files of this state, ``[{id, title, count}]``; ``states`` how many files there are in each.
    """
    where, values = wanted.where()
    around, others = wanted.where(any_organization=True)
    order = _URGENT if wanted.state == WAITING else _LATEST
    with Session(meta.engine) as session:
        count = session.scalar(sa.text(f"{_FILES} SELECT count(*) FROM files {where}"), values) or 0  # noqa: S608 - our own text
        query = f"{_FILES} SELECT * FROM files {where} {order} LIMIT :limit OFFSET :offset"  # noqa: S608 - our own text
        found = session.execute(sa.text(query), {**values, "limit": limit, "offset": offset}).mappings()
        results = [_file(dict(one)) for one in found]
        query = (
            f"{_FILES} SELECT organization_id AS id, organization_title AS title, count(*) AS count FROM files "  # noqa: S608 - our own text
            f"{around} AND organization_id IS NOT NULL GROUP BY 1, 2 ORDER BY 2"
        )
        organizations = [dict(one) for one in session.execute(sa.text(query), others).mappings()]
    return {"count": count, "results": results, "organizations": organizations, "states": states()}


def states() -> dict[str, int]:
    """Return how many files there are in each state."""
    query = f"{_FILES} SELECT state, count(*) AS number FROM files GROUP BY state"  # noqa: S608 - our own text
    with Session(meta.engine) as session:
        found = {row.state: row.number for row in session.execute(sa.text(query))}
    return {state: found.get(state, 0) for state in STATES}


def waiting(resource_ids: Iterable[str] | None = None) -> list[dict[str, Any]]:
    """Return the files that wait, most urgent first; only those among ``resource_ids`` when given."""
    values: dict[str, Any] = {"state": WAITING}
    among = ""
    if resource_ids is not None:
        among, values["ids"] = "AND resource_id = ANY(:ids)", list(resource_ids)
    query = f"{_FILES} SELECT * FROM files WHERE state = :state {among} {_URGENT}"  # noqa: S608 - our own text
    with Session(meta.engine) as session:
        return [_file(dict(one)) for one in session.execute(sa.text(query), values).mappings()]


def _file(row: dict[str, Any]) -> dict[str, Any]:
    since: dt.datetime | None = row["since"]
    findings = [one for one in row["findings"] or [] if one["decision"] != "pass"]
    return {
        "resource_id": row["resource_id"],
        "name": row["name"] or row["filename"] or "",
        "link": row["url_type"] != "upload",
        "sha256": row["sha256"] or row["hash"] or "",
        "filename": row["filename"],
        "size": row["size"],
        "state": row["state"],
        "since": since.isoformat() if since else None,
        "days": (dt.datetime.now(dt.UTC) - since).days if since else 0,
        "decided": row["decided"].isoformat() if row["decided"] else None,
        "alerts": row["alerts"],
        "reported": row["reported"],
        "scan_state": row["scan_state"],
        "scan_decision": row["scan_decision"],
        "categories": list(dict.fromkeys(one["category"] for one in findings)),
        "dataset": {
            "id": row["package_id"],
            "name": row["package_name"],
            "title": row["package_title"] or row["package_name"],
            "type": row["package_type"],
            "draft": row["package_state"] == "draft",
            "private": bool(row["private"]),
        },
        "organization": {
            "id": row["organization_id"],
            "name": row["organization_name"],
            "title": row["organization_title"] or row["organization_name"] or "",
        },
    }
