"""A publication on its way: a draft dataset with one file, through CKAN's own actions as the clerk.

Nothing is kept elsewhere: the draft is found again tomorrow, on the desk and at its address.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model, types
from sqlalchemy import select

from ckanext.ca3b.schemas.slugs import free_slug

from . import prefill, reports

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import FileStorage

    from ckanext.ca3b.tables.schemas import TableSchema

ESSENTIAL = ("title", "notes", "theme", "tag_string", "frequency", "license_id")
#: The address of a draft, until its title is final.
PREFIX = "brouillon-"


def create(owner_org: str, upload: FileStorage, context: types.Context | None = None) -> dict[str, Any]:
    """Create the draft of a file and return the dataset; nothing is left when the file is refused."""
    file_words = prefill.words(upload.filename or "")
    title = _title_of_producer(owner_org)
    created = tk.get_action("package_create")(
        types.Context(reports.fresh(context), allow_state_change=True),
        {
            "name": PREFIX + uuid.uuid4().hex[:12],
            "title": prefill.titled(file_words, title),
            "notes": prefill.placeholder(file_words, title),
            "owner_org": owner_org,
            "state": "draft",
        },
    )
    try:
        put_file(created, None, upload, context)
    except tk.ValidationError:
        tk.get_action("package_delete")(reports.fresh(context), {"id": created["id"]})
        raise
    return tk.get_action("package_show")(reports.fresh(context), {"id": created["id"]})


def put_file(
    dataset: Mapping[str, Any], resource_id: str | None, upload: FileStorage, context: types.Context | None = None
) -> dict[str, Any]:
    """Add a file to a dataset, or replace one in place: its id and its address stay. Returns the resource."""
    fields: dict[str, Any] = {"upload": upload, "url": upload.filename, "format": "", "mimetype": ""}
    if resource_id is None:
        named = {"package_id": dataset["id"], "name": prefill.words(upload.filename or "")}
        return tk.get_action("resource_create")(reports.fresh(context), {**fields, **named})
    if is_draft(dataset):  # the public knows no name yet
        fields["name"] = prefill.words(upload.filename or "")
    return tk.get_action("resource_patch")(reports.fresh(context), {**fields, "id": resource_id})


def title_of(owner_org: str, file_name: str, schema: TableSchema | None) -> str:
    """Return the title that a file of this producer gets when nobody gives one."""
    return prefill.described(schema, _title_of_producer(owner_org), prefill.words(file_name)).title


def is_draft(dataset: Mapping[str, Any]) -> bool:
    """Tell whether a dataset is not published yet."""
    return str(dataset.get("state") or "").startswith("draft")


def first_file(dataset: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the file of a draft, None when it has none yet."""
    return next(iter(dataset.get("resources") or []), None)


def producer_title(dataset: Mapping[str, Any]) -> str:
    """Return the name of who publishes, '' when unknown."""
    organization = dataset.get("organization") or {}
    return organization.get("title") or organization.get("name") or ""


def proposal(dataset: Mapping[str, Any], report: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the essential fields as the file alone says them."""
    file = first_file(dataset) or {}
    found = prefill.described(
        reports.schema_of(report),
        producer_title(dataset),
        file.get("name") or "",
        (report or {}).get("reading"),
        public=_is_open(file),
    )
    return found.fields()


def essentials(dataset: Mapping[str, Any], report: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the essential fields to show: what the clerk wrote, else what the file says."""
    stored = _stored(dataset)
    proposed = proposal(dataset, report)
    return {**stored, **{key: value for key, value in proposed.items() if _is_untouched(key, stored, dataset)}}


def save(
    dataset: Mapping[str, Any],
    report: Mapping[str, Any] | None,
    given: Mapping[str, Any],
    context: types.Context | None = None,
) -> None:
    """Keep what the clerk wrote in a draft; an emptied title or description waits for a word, and is not kept.

    A field that still says what we proposed is not kept either: another schema may propose better.
    """
    proposed = proposal(dataset, report)
    stored = _stored(dataset)
    changes = {}
    for key, value in given.items():
        if key in ("title", "notes") and not str(value or "").strip():
            continue
        if key in proposed and prefill.same(key, value, proposed[key]) and _is_untouched(key, stored, dataset):
            continue
        if not prefill.same(key, value, stored.get(key)):
            changes[key] = value
    if changes:
        patch(dataset["id"], changes, context)


def publish(
    dataset: Mapping[str, Any],
    report: Mapping[str, Any] | None,
    given: Mapping[str, Any],
    context: types.Context | None = None,
) -> dict[str, Any]:
    """Make a draft public with its essential fields, an address from its title, and what its file says of it."""
    fields = {**essentials(dataset, report), **given}
    facts = ((report or {}).get("reading") or {}).get("facts") or {}
    if facts.get("period") and not dataset.get("temporal_coverage"):
        fields["temporal_coverage"] = [facts["period"]]
    if facts.get("communes") and set(dataset.get("communes") or []) <= {_insee_code(dataset["owner_org"])}:
        fields["communes"] = facts["communes"]  # unless the clerk has chosen others in the full form
    schema = reports.schema_of(report)
    if schema and schema.hvd and not dataset.get("hvd_category"):
        fields["hvd_category"] = [schema.hvd]
    title = str(fields.get("title") or "").strip()
    if title and str(dataset["name"]).startswith(PREFIX):
        fields["name"] = free_slug(title, _is_taken)
    return patch(dataset["id"], {**fields, "state": "active"}, context)


def twin(dataset: Mapping[str, Any], title: str) -> dict[str, Any] | None:
    """Return ``{name, title, resource_id}`` of what the same producer already publishes under this title."""
    found = (
        model.Session.query(model.Package)
        .filter_by(owner_org=dataset["owner_org"], title=title, state=model.State.ACTIVE)
        .filter(model.Package.id != dataset["id"])
        .first()
    )
    files = found.resources if found else []
    return {"name": found.name, "title": found.title, "resource_id": files[0].id} if found and files else None


def patch(id_: str, fields: dict[str, Any], context: types.Context | None) -> dict[str, Any]:
    """Change fields of a dataset."""
    # Keywords posted replace those that are stored.
    tags = {"tags": []} if "tag_string" in fields else {}
    return tk.get_action("package_patch")(reports.fresh(context), {"id": id_, **tags, **fields})


def _stored(dataset: Mapping[str, Any]) -> dict[str, Any]:
    keywords = ", ".join(tag["name"] for tag in dataset.get("tags") or [])
    return {**{key: dataset.get(key) for key in ESSENTIAL}, "tag_string": keywords}


def _is_open(file: Mapping[str, Any]) -> bool:
    """Tell whether personal data does not hold a file: its columns may be told."""
    if not file.get("id") or not p.plugin_loaded("ca3b_rgpd"):
        return True
    return tk.get_action("ca3b_gate_show")(types.Context(ignore_auth=True), {"resource_id": file["id"]})["open"]


def _is_untouched(key: str, stored: Mapping[str, Any], dataset: Mapping[str, Any]) -> bool:
    words = (first_file(dataset) or {}).get("name") or ""
    return prefill.untouched(key, stored.get(key), producer_title(dataset), words)


def _is_taken(name: str) -> bool:
    # A deleted dataset keeps its row: its address is not given to another one.
    return model.Session.query(model.Package.id).filter_by(name=name).first() is not None


def _title_of_producer(id_: str) -> str:
    group = model.Group.get(id_)
    return (group.title or group.name) if group else ""


def _insee_code(id_: str) -> str:
    table = model.group_table
    query = select(table.c.extras["insee_code"].astext).where(table.c.id == id_)
    return model.Session.scalar(query) or ""
