"""The actions of the reports: ask for one, read it, apply the lossless repairs it lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import ckan.plugins.toolkit as tk

from ckanext.ca3b import files
from ckanext.ca3b.tables import schemas

from . import analysis, jobs, repairing, resources, store, words
from .options import read_options

if TYPE_CHECKING:
    from ckan.types import Context

    from .model import Report


def ca3b_report_create(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Read and check the uploaded file of a resource, or return the report already made of the same bytes.

    Files up to ``ckanext.ca3b.checks.inline_size`` are done when it returns, larger ones go on in a job: read
    ``state`` and ``progress`` of :func:`ca3b_report_show` then.

    :param resource_id: id of the resource
    :param options: (optional) what is known rather than guessed: ``encoding``, ``delimiter``, ``sheet``,
        ``header_row`` (from 0, -1 without header), ``decimal``, ``date_order`` (``dmy``, ``mdy``, ``ymd``), ``types``
    :param schema: (optional) ``auto`` (default), ``none`` or the name of a table schema
    :returns: the report
    """
    resource = _resource(context, "ca3b_report_create", data_dict)
    options = read_options(data_dict.get("options"))
    schema = schema_name(data_dict.get("schema"))
    return request(resource, options, schema).as_dict()


@tk.side_effect_free
def ca3b_report_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return the report of the present bytes of a resource. Raises ObjectNotFound when there is none.

    :param resource_id: id of the resource
    """
    resource = _resource(context, "ca3b_report_show", data_dict, uploaded=False)
    report = store.current(resource["id"], resource["hash"]) if resource["hash"] else None
    if report is None:
        raise tk.ObjectNotFound(tk._("This file has no report yet"))
    return report.as_dict()


def ca3b_file_repair(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Apply the lossless repairs that the report of a file lists, and replace the file by the repaired one.

    The resource keeps its id and its address; its file becomes a CSV in UTF-8. The repaired file is read and checked
    before it takes the place of the other one.

    :param resource_id: id of the resource
    :returns: the report of the repaired file
    """
    resource = _resource(context, "ca3b_file_repair", data_dict)
    report = store.current(resource["id"], resource["hash"]) if resource["hash"] else None
    if report is None:
        raise tk.ObjectNotFound(tk._("This file has no report yet"))
    return repairing.repair(context, resource, report).as_dict()


@tk.side_effect_free
def ca3b_report_todo(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the files that their producers should correct, among some datasets and among those of the user.

    :param package_ids: ids of the datasets
    :returns: ``[{resource_id, package_id, state, schema, error_count}]``, those with most errors first; ``state`` is
        ``done`` (errors against the schema), ``unreadable`` or ``failed``
    """
    tk.check_access("ca3b_report_todo", context, {})
    own = cast("Context", {"user": context.get("user")})
    producers = tk.get_action("organization_list_for_user")(own, {"permission": "update_dataset"})
    present = resources.checksums(data_dict.get("package_ids") or [], [one["id"] for one in producers])
    found = [one for one in store.counts(present) if present.get(one["resource_id"]) == one["sha256"]]
    return sorted(filter(words.is_to_fix, found), key=lambda one: -(one["error_count"] or 0))


def request(resource: dict[str, Any], options: dict[str, Any], schema: str) -> Report:
    """Return the report of a resource's bytes read in this way, made or being made. No authorisation is asked."""
    return jobs.start(prepared(resource, options, schema))


def prepared(resource: dict[str, Any], options: dict[str, Any], schema: str) -> Report:
    """Return the same report before anything is done about it."""
    resource = _with_digest(resource)
    facts = {
        "resource_id": resource["id"],
        "package_id": resource["package_id"],
        "sha256": resource["hash"],
        "size": resource["size"],
        "filename": files.file_name(resource),
    }
    return store.ask(facts, options, schema, analysis.ENGINE)


def schema_name(value: Any) -> str:
    """Return the schema asked for: ``auto``, ``none`` or a known name. Raises ValidationError."""
    name = str(value or analysis.AUTO).strip()
    if name in {analysis.AUTO, analysis.NONE}:
        return name
    try:
        return schemas.load(name).name
    except schemas.SchemaError as error:
        raise tk.ValidationError({"schema": [str(error)]}) from error


def get_actions() -> dict[str, Any]:
    """Return the actions, for ``IActions``."""
    return {one.__name__: one for one in (ca3b_report_create, ca3b_report_show, ca3b_report_todo, ca3b_file_repair)}


def _resource(context: Context, action: str, data_dict: dict[str, Any], *, uploaded: bool = True) -> dict[str, Any]:
    """Return the resource that is asked about, once the caller was found to have the right."""
    resource_id = tk.get_or_bust(data_dict, "resource_id")
    resource = resources.show(str(resource_id))
    tk.check_access(action, context, {"resource_id": resource["id"]})
    if uploaded and resource["url_type"] != "upload":
        raise tk.ValidationError({"resource_id": [tk._("Only a file sent to the portal has a report, not a link.")]})
    return resource


def _with_digest(resource: dict[str, Any]) -> dict[str, Any]:
    """Return the resource with its ``hash`` and ``size``; files sent before this plugin was there have none."""
    if resource["hash"] and len(resource["hash"]) == 64 and resource["size"] is not None:
        return resource
    try:
        with files.local_copy(resource) as path:
            found = files.digest_of(path)
    except files.MissingFileError as error:
        raise tk.ValidationError({"resource_id": [tk._("The portal does not have this file any more.")]}) from error
    resources.write(resource["id"], found.sha256, {"size": found.size})
    return {**cast("dict[str, Any]", resource), "hash": found.sha256, "size": found.size}
