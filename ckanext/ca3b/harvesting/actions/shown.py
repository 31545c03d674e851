"""Rows as the actions give them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import attrs
from ckan import model

from ckanext.ca3b.harvesting import auth, reports, settings
from ckanext.ca3b.harvesting.store import runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ckan.types import Context

    from ckanext.ca3b.harvesting.model import RunRow, SourceRow

_NOT_SHOWN = frozenset({"document", "report_key", "validators", "applied"})


def plain(row: Any) -> dict[str, Any]:
    """Return the columns of a row; moments are ISO 8601."""
    return {
        column.name: _value(getattr(row, column.name))
        for column in row.__table__.columns
        if column.name not in _NOT_SHOWN
    }


def listed(context: Context, rows: Sequence[SourceRow]) -> list[dict[str, Any]]:
    """Return sources, with their owner, their last run and, for those in charge, the key of their report."""
    last = runs.last(row.id for row in rows)
    owners = owned(row.owner_org for row in rows)
    whole = auth.is_in_charge(context)
    found = []
    for row in rows:
        told = plain(row) | {
            "kind_label": reports.kind_label(row.kind),
            "owner": owners.get(row.owner_org, {"name": "", "title": ""}),
            "last_run": plain(last[row.id][0]) if row.id in last else None,
            "in_force": attrs.asdict(settings.of(row.settings, row.kind)),
        }
        found.append(told | {"report_key": row.report_key} if whole else told)
    return found


def source(context: Context, row: SourceRow) -> dict[str, Any]:
    """Return one source in the same way."""
    return listed(context, [row])[0]


def run(row: RunRow, of: SourceRow | None) -> dict[str, Any]:
    """Return a run and which source it is of."""
    return plain(row) | {"source": named(of)}


def named(row: SourceRow | None) -> dict[str, str] | None:
    """Return which source it is, None when it is no more."""
    return {"id": row.id, "name": row.name, "title": row.title} if row else None


def owned(ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the name and title of organisations, by id."""
    query = model.Session.query(model.Group.id, model.Group.name, model.Group.title).filter(  # pyright: ignore[reportCallIssue]
        model.Group.id.in_(set(ids))
    )
    return {id_: {"id": id_, "name": name, "title": title or name} for id_, name, title in query}


def _value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.datetime) else value
