"""Reading and writing the reports, each time in a short transaction of its own.

A report is computed for minutes at times: its progress must be seen meanwhile, and nothing of CKAN may be held.
"""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ckanext.ca3b import database
from ckanext.ca3b.database import session

from .model import DONE, FAILED, RUNNING, UNREADABLE, WAITING, WORKING, Report, now

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

# A report that waits longer than this was lost with its queue: it is put there again.
LOST_AFTER = 600


def ask(facts: dict[str, Any], options: dict[str, Any], schema: str, engine: int) -> Report:
    """Return the report of these bytes read in this way, made if need be, and make it the current one.

    One that failed, or that an older engine made, begins again; its former content stays until the new one is there.

    :param facts: ``resource_id, package_id, sha256, size, filename``.
    """
    moment = now()
    fresh = {"id": str(uuid.uuid4()), "state": WAITING, "progress": 0, "step": "", "attempts": 0, "engine": engine}
    values = {
        **facts,
        **fresh,
        "options": options,
        "options_key": json.dumps(options, sort_keys=True, ensure_ascii=False),
        "schema_asked": schema,
        "asked": moment,
        "created": moment,
        "updated": moment,
    }
    with session() as one:
        kept = {"asked": moment, "filename": facts["filename"], "package_id": facts["package_id"]}
        one.execute(insert(Report).values(**values).on_conflict_do_update(constraint="ca3b_report_once", set_=kept))
        report = one.scalars(
            sa.select(Report)
            .filter_by(
                resource_id=facts["resource_id"],
                sha256=facts["sha256"],
                options_key=values["options_key"],
                schema_asked=schema,
            )
            .with_for_update()
        ).one()
        if report.state == FAILED or (report.state not in WORKING and report.engine != engine):
            report.state, report.progress, report.step, report.attempts = WAITING, 0, "", 0
            report.engine, report.updated = engine, moment
        return report


def get(report_id: str) -> Report | None:
    """Return a report, None when it was deleted."""
    with session() as one:
        return one.get(Report, report_id)


def current(resource_id: str, sha256: str) -> Report | None:
    """Return the report of a resource's bytes that was asked last."""
    with session() as one:
        return one.scalars(
            sa.select(Report)
            .filter_by(resource_id=resource_id, sha256=sha256)
            .order_by(Report.asked.desc(), Report.id)  # pyright: ignore[reportAttributeAccessIssue]
            .limit(1)
        ).first()


def chosen_schema(resource_id: str) -> str:
    """Return the schema that somebody chose for the last bytes of a resource, ``auto`` when nobody did."""
    with session() as one:
        found = one.scalars(
            sa.select(Report.schema_asked)  # pyright: ignore[reportArgumentType]
            .filter_by(resource_id=resource_id)
            .order_by(Report.asked.desc())  # pyright: ignore[reportAttributeAccessIssue]
            .limit(1)
        ).first()
    return str(found or "auto")


def counts(resource_ids: Iterable[str]) -> list[dict[str, Any]]:
    """Return the last asked report of each of some resources, without its content.

    Each ``{resource_id, package_id, sha256, state, schema, error_count, code}``, ``code`` that of its error.
    """
    table = Report.__table__
    wanted = ("resource_id", "package_id", "sha256", "state", "schema_name", "error_count")
    query = (
        sa.select(*(table.c[name] for name in wanted), table.c.error["code"].astext.label("code"))
        .where(table.c.resource_id.in_(list(resource_ids)))
        .distinct(table.c.resource_id)
        .order_by(table.c.resource_id, table.c.asked.desc())
    )
    with session() as one:
        found = [dict(row) for row in one.execute(query).mappings()]
    return [{**row, "schema": row.pop("schema_name")} for row in found]


def take(report_id: str) -> Report | None:
    """Mark a report as being computed, once more; None when there is nothing to do. Call under :func:`lock`."""
    with session() as one:
        report = one.get(Report, report_id, with_for_update=True)
        if report is None or report.state not in WORKING:
            return None
        report.state, report.attempts, report.updated = RUNNING, report.attempts + 1, now()
        return report


def tell(report_id: str, progress: int, step: str) -> None:
    """Write how far a report is: ``progress`` from 0 to 100, ``step`` in French."""
    _write(report_id, progress=progress, step=step)


def touch(report_id: str) -> None:
    """Write that a report was put in the queue again."""
    _write(report_id)


def finish(report_id: str, content: dict[str, Any]) -> Report | None:
    """Write what the analysis found; None when the report was deleted meanwhile.

    :param content: ``state, schema, reading, error, proposals, verdict, repairs``.
    """
    clean = database.storable(content)
    verdict = clean.get("verdict")
    _write(
        report_id,
        state=clean["state"],
        progress=100,
        step="",
        schema_name=clean.get("schema"),
        error_count=verdict["error_count"] if verdict else None,
        reading=clean.get("reading"),
        error=clean.get("error"),
        proposals=clean.get("proposals") or [],
        verdict=verdict,
        repairs=clean.get("repairs") or [],
        finished=now(),
    )
    return get(report_id)


def fail(report_id: str, code: str, message: str) -> Report | None:
    """Write that no report could be made, with the reason in French; what an earlier attempt found stays."""
    _write(
        report_id,
        state=FAILED,
        step="",
        error={"code": code, "message": message},
        finished=now(),
    )
    return get(report_id)


def is_settled(report: Report) -> bool:
    """Tell whether nothing more will happen to a report by itself."""
    return report.state in {DONE, UNREADABLE, FAILED}


def is_lost(report: Report) -> bool:
    """Tell whether nobody works on an unfinished report any more: its worker died, or its queue was emptied."""
    if report.state == RUNNING:
        with lock(report.id) as free:
            return free
    return report.state == WAITING and (now() - report.updated).total_seconds() > LOST_AFTER


def lock(report_id: str) -> AbstractContextManager[bool]:
    """Hold the right to compute a report; gives False when another process has it."""
    return database.lock(f"ca3b_report:{report_id}")


def _write(report_id: str, **values: Any) -> None:
    with session() as one:
        one.execute(sa.update(Report).where(Report.id == report_id).values(updated=now(), **values))  # pyright: ignore[reportArgumentType]
