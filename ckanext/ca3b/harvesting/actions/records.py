"""The actions on records: what a dataset comes from, what stays the operator's, what waits for somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.ca3b import contexts, database
from ckanext.ca3b.harvesting.engine import reviewing
from ckanext.ca3b.harvesting.store import records, runs, sources, staged

from . import given, shown

if TYPE_CHECKING:
    from ckan.types import Context

    from ckanext.ca3b.harvesting.model import RecordRow

#: Fields that the source never decides.
_OURS = frozenset({"id", "name", "type", "state", "owner_org"})


@tk.side_effect_free
def ca3b_harvest_record_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return where a dataset comes from. Raises ObjectNotFound for one that was not harvested.

    :param dataset_id: id or name
    :returns: ``{state, vanished_at, source: {title}}``; for who may change the dataset, the ``identifier, uri, title,
        kept_fields, first_seen, last_seen`` of its record too, and ``source: {id, name, title, address}``
    """
    tk.check_access("ca3b_harvest_record_show", context, data_dict)
    dataset, record = _record(data_dict)
    source = sources.find(record.source_id)
    title = source.title if source else ""
    told = {name: shown.plain(record)[name] for name in ("state", "vanished_at")}
    try:
        tk.check_access("package_update", contexts.trusted(context), {"id": dataset.id})
    except tk.NotAuthorized:
        return {**told, "source": {"title": title}}
    whole = {"id": record.source_id, "name": source.name if source else "", "title": title,
             "address": source.address if source else ""}  # fmt: skip
    return shown.plain(record) | {"source": whole}


def ca3b_harvest_record_keep(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Say which fields of a dataset stay as people made them, whatever its source says; the others follow it.

    :param dataset_id: id or name. :param fields: names of fields, ``resources`` for all files, ``resources.<field>``
        for a field of each. Those that were kept and are no more take the value of the source at its next run.
    """
    tk.check_access("ca3b_harvest_record_keep", context, data_dict)
    dataset, record = _record(data_dict)
    asked = data_dict.get("fields") or []
    wanted = list(dict.fromkeys([asked] if isinstance(asked, str) else [str(one) for one in asked]))
    unknown = [one for one in wanted if one not in _fields()]
    if unknown:
        told = tk._("“{name}” is no field that a source decides.").format(name=unknown[0])
        raise tk.ValidationError({"fields": [told]})
    freed = set(record.kept_fields or ()) - set(wanted)
    values: dict[str, Any] = {"kept_fields": wanted}
    if freed:
        values |= {"content_hash": "", "applied": _without(record.applied or {}, freed)}
        sources.change(record.source_id, validators={})
    with database.session() as session:
        records.put(session, record.source_id, record.identifier, dataset_id=dataset.id, **values)
    return ca3b_harvest_record_show(context, {"dataset_id": dataset.id})


def ca3b_harvest_record_review(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Publish a record that waits for somebody, or leave it out until its source changes it.

    :param id: id of the run. :param identifier: of the record. :param accept: true or false
    :returns: the record in its run
    """
    tk.check_access("ca3b_harvest_record_review", context, data_dict)
    run, source = given.existing_run(data_dict)
    try:
        accept = given.truth(data_dict.get("accept", ""))
    except given.Wrong as wrong:
        raise tk.ValidationError({"accept": [str(wrong)]}) from wrong
    row = staged.of_identifier(run.id, str(data_dict.get("identifier") or ""), "review")
    if row is None:
        raise tk.ObjectNotFound(tk._("No record of this identifier waits for you in this run."))
    if source.approved_at is None:
        raise tk.ValidationError({"id": [tk._("This source is a draft: approve it first.")]})
    with runs.lock(source.id) as free:
        if not free:
            raise given.busy()
        if not accept:
            reviewing.refuse(run, source, row)
        elif not (outcome := reviewing.accept(run, source, row)).ok:
            raise tk.ValidationError({"identifier": [outcome.message]})
    return shown.plain(staged.of_identifier(run.id, row.identifier) or row)


def _record(data_dict: dict[str, Any]) -> tuple[model.Package, RecordRow]:
    dataset = model.Package.get(str(data_dict.get("dataset_id") or data_dict.get("id") or ""))
    record = records.of_dataset(dataset.id) if dataset else None
    if dataset is None or record is None:
        raise tk.ObjectNotFound(tk._("This dataset was not harvested."))
    return dataset, record


def _fields() -> set[str]:
    """Return the names of the fields of the schema."""
    schema = tk.h.scheming_get_dataset_schema("dataset") or {}
    of_dataset = {one["field_name"] for one in schema.get("dataset_fields") or ()}
    of_files = {f"resources.{one['field_name']}" for one in schema.get("resource_fields") or ()}
    return (of_dataset | of_files | {"resources", "tags", "private", "title", "notes", "license_id"}) - _OURS


def _without(applied: dict[str, Any], freed: set[str]) -> dict[str, Any]:
    """Return what was applied without some fields: what the source says of them counts as new."""
    left = {name: value for name, value in applied.items() if name not in freed - {"resources"}}
    in_files = {one.removeprefix("resources.") for one in freed if one.startswith("resources.")}
    if "resources" in freed:
        left["resources"] = [{name: one[name] for name in ("id", "url", "format") if name in one}
                             for one in applied.get("resources") or ()]  # fmt: skip
    elif in_files:
        left["resources"] = [{name: value for name, value in one.items() if name not in in_files}
                             for one in applied.get("resources") or ()]  # fmt: skip
    return left
