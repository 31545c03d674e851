"""The actions on sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from sqlalchemy.exc import IntegrityError

from ckanext.ca3b.harvesting import auth, schedule
from ckanext.ca3b.harvesting.model import ACTIVE, DRAFT, PAUSED, now
from ckanext.ca3b.harvesting.store import records, runs, sources

from . import given, making, shown, standing

if TYPE_CHECKING:
    from ckan.types import Context

    from ckanext.ca3b.harvesting.model import SourceRow

#: What makes the datasets of a source others: its next run reads all of it again.
_READ_AGAIN = frozenset({"address", "kind", "owner_org", "commune", "options", "settings", "document"})


def ca3b_harvest_source_create(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Keep a catalogue as a draft: nothing is read by itself or published before it is approved.

    :param address: URL of the catalogue, or :param upload: a spreadsheet (a file of a form; ``document`` and
        ``document_name`` for bytes).
    :param title, name, kind: (optional) found from the rest. :param owner_org: id, name or title of the organisation
        that gets the datasets; that of the commune without it. :param commune: INSEE code or name.
    :param schedule: ``daily`` (default), ``weekly``, ``monthly`` or ``manual``. :param settings, options: objects.
    :returns: the source
    """
    tk.check_access("ca3b_harvest_source_create", context, data_dict)
    values = making.new(data_dict, context.get("user") or "")
    try:
        sources.add([values])
    except IntegrityError as error:
        raise tk.ValidationError({"name": [tk._("Another source has this name.")]}) from error
    return _shown(context, values["id"])


def ca3b_harvest_source_update(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Change what is given of a source; its next run reads all of it again when it needs to.

    The spreadsheet that an administrator of the organisation replaces waits for approval again.

    :param id: id or name. Others: see :func:`ca3b_harvest_source_create`.
    :param new_report_key: (optional) true: the page of the report gets another address.
    """
    tk.check_access("ca3b_harvest_source_update", context, data_dict)
    source = given.existing(data_dict)
    values, errors = making.values(data_dict, but=source.id)
    if values.get("document") and (values.get("address") or source.address):
        errors["upload"] = [tk._("Give either an address or a spreadsheet, not both.")]
    if errors:
        raise tk.ValidationError(errors)
    if "address" in values and values["address"] != source.address and not data_dict.get("kind"):
        values["kind"] = ""
    if values.keys() & _READ_AGAIN:
        values["validators"] = {}
    if data_dict.get("new_report_key"):
        values["report_key"] = making.key()
    if "document" in values and not auth.is_in_charge(context):
        values |= {"state": DRAFT, "next_run": None}
    if "schedule" in values and source.state == ACTIVE:
        values["next_run"] = schedule.next_run(source.id, values["schedule"], now())
    if values:
        sources.change(source.id, **values)
    return _shown(context, source.id)


@tk.side_effect_free
def ca3b_harvest_source_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return a source: its columns, ``owner``, ``last_run``, ``in_force`` (its settings), ``records`` by state.

    ``needs`` is what the board tells of it: ``[{code, message, run_id}]``, worst first.

    :param id: id or name
    """
    tk.check_access("ca3b_harvest_source_show", context, data_dict)
    source = given.existing(data_dict)
    stands = standing.of([source])[source.id]
    return shown.source(context, source) | {"records": stands.records, "needs": list(stands.needs)}


@tk.side_effect_free
def ca3b_harvest_source_list(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sources by title: all of them, or those of the organisations that the user administers."""
    tk.check_access("ca3b_harvest_source_list", context, data_dict)
    return shown.listed(context, mine(context))


def ca3b_harvest_source_delete(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Forget a source, its runs and its reports. Its datasets stay: nobody follows them any more.

    :param id: id or name
    :returns: ``{id, name, title, datasets}``: how many datasets stay
    """
    tk.check_access("ca3b_harvest_source_delete", context, data_dict)
    source = given.existing(data_dict)
    with runs.lock(source.id) as free:
        if not free:
            raise given.busy()
        kept = records.count(source.id)
        sources.remove(source.id)
    stay = sum(count for state, count in kept.items() if state in {"present", "vanished"})
    return {"id": source.id, "name": source.name, "title": source.title, "datasets": stay}


def ca3b_harvest_source_approve(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Let a draft be harvested at its hours. Start its first run with ``ca3b_harvest_run_start``.

    :param id: id or name
    """
    tk.check_access("ca3b_harvest_source_approve", context, data_dict)
    source = given.existing(data_dict)
    who = {"approved_at": now(), "approved_by": context.get("user") or ""}
    return _active(context, source, **who)


def ca3b_harvest_source_pause(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Harvest a source no more until it is resumed; its datasets stay as they are.

    :param id: id or name
    """
    tk.check_access("ca3b_harvest_source_pause", context, data_dict)
    source = given.existing(data_dict)
    if source.state == DRAFT:
        raise tk.ValidationError({"id": [tk._("This source is a draft: it is not harvested yet.")]})
    sources.change(source.id, state=PAUSED, next_run=None)
    return _shown(context, source.id)


def ca3b_harvest_source_resume(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Harvest a paused source again at its hours.

    :param id: id or name
    """
    tk.check_access("ca3b_harvest_source_resume", context, data_dict)
    source = given.existing(data_dict)
    if source.state == DRAFT:
        raise tk.ValidationError({"id": [tk._("This source is a draft: approve it first.")]})
    return _active(context, source)


def mine(context: Context) -> list[SourceRow]:
    """Return the sources that somebody may see."""
    if auth.is_in_charge(context):
        return sources.listed()
    return sources.listed(auth.organizations(context.get("user") or ""))


def _active(context: Context, source: SourceRow, **values: Any) -> dict[str, Any]:
    following = schedule.next_run(source.id, source.schedule, now())
    sources.change(source.id, state=ACTIVE, next_run=following, **values)
    schedule.ensure()
    return _shown(context, source.id)


def _shown(context: Context, source_id: str) -> dict[str, Any]:
    return shown.source(context, given.existing({"id": source_id}))
