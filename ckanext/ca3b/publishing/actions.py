"""``ca3b_publish``: one call that publishes a file, for business software and for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from attrs import frozen

from ckanext.ca3b import downloads
from ckanext.ca3b.tables import schemas

from . import drafts, preflight, producers, reports, targets

if TYPE_CHECKING:
    from ckan import types
    from werkzeug.datastructures import FileStorage

    from .targets import Target

#: What may come with the file; ``keywords`` and ``description`` are other names of CKAN's fields.
FIELDS = ("title", "notes", "theme", "tag_string", "frequency", "license_id")
ALIASES = {"description": "notes", "keywords": "tag_string", "themes": "theme", "license": "license_id"}


@frozen
class Sent:
    """A file on its way: who publishes it, the schema asked for, what was seen in it, the fields that come with it."""

    upload: FileStorage
    owner: str
    schema: str
    seen: preflight.Seen
    fields: dict[str, Any]


def ca3b_publish(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Publish a file: create its dataset, or replace the file of the one that exists. Needs a multipart form.

    ``upload``: the file. ``producer``: name, INSEE code or SIREN of the organisation; useless with ``dataset``
    or ``resource_id``, which name what is replaced. ``schema``: a table schema, ``auto`` (by default: found from
    the columns) or ``none``. ``title``, ``description``, ``theme``, ``keywords``, ``frequency``, ``license``:
    filled from the schema and the producer when absent. ``strict``: refuse a file that does not follow its schema.

    The same producer, schema and title replace the file published before; the same bytes change nothing.
    Returns ``{created, unchanged, dataset, file, report}``; ValidationError in French otherwise.
    """
    upload = _upload(data_dict)
    schema = _schema(str(data_dict.get("schema") or "auto").strip())
    strict = _is_true(data_dict.get("strict"))
    target = targets.named(context, *(str(data_dict.get(key) or "").strip() for key in ("dataset", "resource_id")))
    owner = target.dataset["owner_org"] if target.dataset else producers.find(_producer(data_dict))
    tk.check_access("ca3b_publish", context, {"id": target.dataset["id"]} if target.dataset else {"owner_org": owner})
    if schema == "auto" and target.resource and target.resource.get("table_schema"):
        schema = target.resource["table_schema"]  # the one a clerk chose stays
    sent = Sent(upload, owner, schema, preflight.examine(upload, schema, check=strict), _fields(data_dict))
    _refuse(sent.seen, strict)
    if target.dataset is None:
        title = sent.fields.get("title") or drafts.title_of(owner, upload.filename or "", sent.seen.schema)
        target = targets.known(context, owner, title, sent.seen.schema)
    if target.resource and target.resource.get("hash") == sent.seen.sha256:
        return _unchanged(context, target, sent)
    return _publish(context, target, sent)


def _unchanged(context: types.Context, target: Target, sent: Sent) -> dict[str, Any]:
    assert target.dataset is not None and target.resource is not None  # noqa: S101, PT018
    if sent.fields:
        drafts.patch(target.dataset["id"], sent.fields, context)
    resource_id = target.resource["id"]
    report = reports.current(resource_id, context) or reports.make(resource_id, schema=sent.schema, context=context)
    return {"created": False, "unchanged": True, **_answer(context, target.dataset["id"], resource_id, report)}


def _publish(context: types.Context, target: Target, sent: Sent) -> dict[str, Any]:
    if target.dataset is None:
        dataset = drafts.create(sent.owner, sent.upload, context)
        resource_id = dataset["resources"][0]["id"]
    else:
        resource = drafts.put_file(target.dataset, (target.resource or {}).get("id"), sent.upload, context)
        resource_id, dataset = resource["id"], target.dataset
    report = reports.make(resource_id, schema=sent.schema, context=context)
    if drafts.is_draft(dataset):
        drafts.publish(dataset, report, sent.fields, context)
    elif sent.fields:
        drafts.patch(dataset["id"], sent.fields, context)
    created = target.dataset is None
    return {"created": created, "unchanged": False, **_answer(context, dataset["id"], resource_id, report)}


def _answer(
    context: types.Context, dataset_id: str, resource_id: str, report: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    dataset = tk.get_action("package_show")(reports.fresh(context), {"id": dataset_id})
    resource = next(one for one in dataset["resources"] if one["id"] == resource_id)
    address = tk.url_for("dataset.read", id=dataset["name"], _external=True)
    reading = {key: value for key, value in (report.get("reading") or {}).items() if key != "preview"}
    return {
        "dataset": {"id": dataset["id"], "name": dataset["name"], "title": dataset["title"], "url": address},
        "file": {
            "id": resource["id"],
            "name": resource["name"],
            "url": downloads.download_url(resource, external=True),
            "sha256": report.get("sha256"),
            "open": _is_open(context, resource["id"]),
        },
        "report": {
            "state": report["state"],
            "schema": report.get("schema"),
            "reading": reading or None,
            "error": report.get("error"),
            "verdict": report.get("verdict"),
        },
    }


def _is_open(context: types.Context, resource_id: str) -> bool:
    """Tell whether anybody may have the file: personal data, or an examination that is not over, keeps it closed."""
    try:
        gate = tk.get_action("ca3b_gate_show")
    except KeyError:
        return True
    return gate(reports.fresh(context), {"resource_id": resource_id})["open"]


def _upload(data_dict: dict[str, Any]) -> FileStorage:
    upload = data_dict.get("upload")
    if not getattr(upload, "filename", None) or not hasattr(upload, "stream"):
        message = tk._("Send the file in the field “upload” of a form of type multipart/form-data.")
        raise tk.ValidationError({"upload": [message]})
    return upload  # type: ignore[return-value]


def _producer(data_dict: dict[str, Any]) -> str:
    producer = str(data_dict.get("producer") or "").strip()
    if not producer:
        message = tk._("Say for which producer you publish: the name of the organisation, its INSEE code or its SIREN.")
        raise tk.ValidationError({"producer": [message]})
    return producer


def _schema(name: str) -> str:
    if name in {"auto", "none"}:
        return name
    for one in schemas.all_schemas():
        if name in (one.name, one.official):
            return one.name
    known = ", ".join(one.name for one in schemas.all_schemas())
    message = tk._("No table schema is called “{name}”. Write auto, none, or one of: {known}.")
    raise tk.ValidationError({"schema": [message.format(name=name, known=known)]})


def _refuse(seen: preflight.Seen, strict: bool) -> None:
    if seen.problem:
        raise tk.ValidationError({"upload": [seen.problem]})
    if not strict or seen.verdict is None or seen.verdict.valid:
        return
    count = seen.verdict.error_count
    message = tk.ungettext(
        "The file does not follow the schema “{schema}”: {count} error. Nothing is published, as “strict” asks.",
        "The file does not follow the schema “{schema}”: {count} errors. Nothing is published, as “strict” asks.",
        count,
    )
    errors = [
        {"row": one.row, "line": one.line, "column": one.column, "code": one.code, "message": one.message}
        for one in seen.verdict.errors
    ]
    refused: Any = {"upload": [message.format(schema=seen.verdict.title, count=count)], "rows": errors}
    raise tk.ValidationError(refused)


def _fields(data_dict: dict[str, Any]) -> dict[str, Any]:
    given = {ALIASES.get(key, key): value for key, value in data_dict.items()}
    return {key: given[key] for key in FIELDS if given.get(key)}


def _is_true(value: Any) -> bool:
    try:
        return tk.asbool(value or False)
    except ValueError:
        message = tk._("“{value}” is neither yes nor no. Write true or false.")
        raise tk.ValidationError({"strict": [message.format(value=value)]}) from None
