"""Loading a table on demand, knowing where it is, and following what happens to datasets."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.ca3b import gate

from . import jobs, loading, status

if TYPE_CHECKING:
    from ckan.types import Action, Context

log = logging.getLogger(__name__)

# With it, a file becomes a table once its report is done; without it, at once.
REPORTS = "ca3b_checks"


def ca3b_table_load(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Load the file of a resource as its table, in a job; return its status.

    :param resource_id: an uploaded file of a published dataset.
    :raises ckan.plugins.toolkit.ValidationError: the file is a link, or the dataset is not published.
    """
    resource_id = tk.get_or_bust(data_dict, "resource_id")
    tk.check_access("ca3b_table_load", context, data_dict)
    resource = tk.get_action("resource_show")(context, {"id": resource_id})
    if resource.get("url_type") != "upload":
        raise tk.ValidationError({"resource_id": [tk._("This file is kept elsewhere: upload it to have its table.")]})
    if model.Package.get(resource["package_id"]).state != "active":  # pyright: ignore[reportOptionalMemberAccess]
        raise tk.ValidationError({"resource_id": [tk._("The table is loaded once the dataset is published.")]})
    jobs.ask(resource_id)
    return status.read(resource_id)


@tk.side_effect_free
def ca3b_table_status(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return where the table of a resource is.

    :returns: ``state`` (``none``, ``waiting``, ``running``, ``done``, ``failed``), ``progress`` of 100, ``rows`` and
        ``sha256`` of the table in place, ``error`` (a French sentence or None), ``finished`` (ISO 8601 or None).
    """
    resource_id = tk.get_or_bust(data_dict, "resource_id")
    tk.check_access("ca3b_table_status", context, data_dict)
    return status.read(resource_id)


@tk.chained_action
def package_create(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Create a dataset; the tables of its files follow if it is published."""
    return _follow(context, up_func(context, data_dict))


@tk.chained_action
def package_update(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Update a dataset; the tables of its files follow if it is published, or has just been."""
    return _follow(context, up_func(context, data_dict))


def report_done(resource_id: str, report: dict[str, Any], **_kwargs: Any) -> None:
    """Follow the end of a report: a file that is read becomes a table, one that is not takes its table away."""
    package = model.Package.get(report["package_id"])
    if package is None or package.state != "active":
        return
    if report["state"] in {"done", "unreadable"}:
        jobs.serve([resource_id])


def gate_changed(resource_id: str, **_kwargs: Any) -> None:
    """Follow the opening and the closing of a file: it has a table while it is open."""
    if status.is_locked(resource_id):
        jobs.close_later(resource_id)
    else:
        loading.follow_gate(resource_id)
    resource = model.Resource.get(resource_id)
    if resource is None or resource.url_type != "upload" or resource.package.state != "active":
        return
    if gate.is_open(resource_id) and (not p.plugin_loaded(REPORTS) or _is_reported(resource_id)):
        jobs.serve([resource_id])


def _follow(context: Context, result: Any) -> Any:
    """Ask for the tables that nobody asked for yet; whatever happens, the dataset is saved."""
    if context.get("defer_commit"):
        return result
    try:
        package = model.Package.get(result["id"] if isinstance(result, dict) else result)
        if package is not None and package.state == "active":
            _ask_missing(package)
    except Exception:
        log.exception("The tables of %s could not be asked for", result if isinstance(result, str) else result["id"])
    return result


def _ask_missing(package: Any) -> None:
    files = {one.id: one for one in package.resources if one.url_type == "upload"}
    if not files:
        return
    missing = files.keys() - status.known(list(files))
    jobs.serve(one for one in missing if not p.plugin_loaded(REPORTS) or _is_reported(one))


def _is_reported(resource_id: str) -> bool:
    report = loading.report_of(resource_id)
    return report is not None and report["state"] in {"done", "unreadable"}


def get_actions() -> dict[str, Any]:
    """Return the actions, for ``IActions``."""
    return {
        "ca3b_table_load": ca3b_table_load,
        "ca3b_table_status": ca3b_table_status,
        "package_create": package_create,
        "package_update": package_update,
    }
