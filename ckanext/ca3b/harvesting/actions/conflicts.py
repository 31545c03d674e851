"""The actions on conflicts: one dataset that two sources bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.ca3b.harvesting import schedule
from ckanext.ca3b.harvesting.model import ACTIVE, now
from ckanext.ca3b.harvesting.store import conflicts, records, sources

from . import shown

if TYPE_CHECKING:
    from ckan.types import Context

    from ckanext.ca3b.harvesting.model import ConflictRow, SourceRow


@tk.side_effect_free
def ca3b_harvest_conflict_list(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the conflicts that wait for somebody, the oldest first.

    :param state: (optional) ``open`` (default), ``settled`` or ``""`` for all
    :returns: each with ``source``, ``other_source`` (``{id, name, title}``), ``title`` and ``dataset``
        (``{name, title}`` of the one that is published, or None)
    """
    tk.check_access("ca3b_harvest_conflict_list", context, data_dict)
    named = {one.id: one for one in sources.listed()}
    return [_shown(one, named) for one in conflicts.listed(str(data_dict.get("state", "open")))]


def ca3b_harvest_conflict_settle(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Say which of two sources is authoritative for a dataset; both are read again soon, and follow.

    :param id: of the conflict. :param authority_source_id: id or name of one of both sources
    """
    tk.check_access("ca3b_harvest_conflict_settle", context, data_dict)
    conflict = conflicts.get(str(data_dict.get("id") or ""))
    if conflict is None:
        raise tk.ObjectNotFound(tk._("This conflict does not exist any more."))
    chosen = sources.find(str(data_dict.get("authority_source_id") or ""))
    if chosen is None or chosen.id not in {conflict.source_id, conflict.other_source_id}:
        told = tk._("Choose one of the two sources that bring this dataset.")
        raise tk.ValidationError({"authority_source_id": [told]})
    conflicts.settle(conflict.id, chosen.id, context.get("user") or "")
    for source_id in (conflict.source_id, conflict.other_source_id):
        source = sources.find(source_id)
        if source is not None:
            soon = {"next_run": now()} if source.state == ACTIVE else {}
            sources.change(source_id, validators={}, **soon)
    schedule.ensure()
    return _shown(conflicts.get(conflict.id) or conflict, {one.id: one for one in sources.listed()})


def _shown(conflict: ConflictRow, named: dict[str, SourceRow]) -> dict[str, Any]:
    record = records.get(conflict.other_source_id, conflict.other_identifier)
    dataset = model.Package.get(record.dataset_id) if record else None
    return shown.plain(conflict) | {
        "source": shown.named(named.get(conflict.source_id)),
        "other_source": shown.named(named.get(conflict.other_source_id)),
        "title": record.title if record else conflict.uri,
        "dataset": {"name": dataset.name, "title": dataset.title} if dataset else None,
    }
