"""Who may see and ask for the report of a file: those who may replace the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b import contexts

if TYPE_CHECKING:
    from ckan.types import Context


def ca3b_report_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Those who may update the resource: a report quotes cells of a file that may not be public."""
    return _as_resource_update(context, data_dict)


def ca3b_report_create(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Those who may update the resource."""
    return _as_resource_update(context, data_dict)


def ca3b_file_repair(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Those who may update the resource: its file is replaced."""
    return _as_resource_update(context, data_dict)


def ca3b_report_todo(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Any signed-in account: the action keeps to the producers it may publish for."""
    # CKAN's own refusal of anonymous callers lets those of the API pass: they come with an anonymous user object.
    return {"success": bool(context.get("user")), "msg": tk._("Sign in first.")}


def _as_resource_update(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    refusal = tk._("Only the people who may replace this file see its report.")
    return contexts.as_resource_update(context, data_dict, refusal)
