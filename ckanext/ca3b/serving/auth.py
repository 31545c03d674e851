"""Who may have a table loaded: who may replace its file; who may know where it is: who may see the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

if TYPE_CHECKING:
    from ckan.types import AuthResult, Context


def ca3b_table_load(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Let those who may update the resource."""
    return _as("resource_update", context, data_dict)


@tk.auth_allow_anonymous_access
def ca3b_table_status(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Let those who may see the resource."""
    return _as("resource_show", context, data_dict)


def _as(name: str, context: Context, data_dict: dict[str, Any]) -> AuthResult:
    try:
        tk.check_access(name, context, {"id": data_dict["resource_id"]})
    except tk.NotAuthorized as refusal:
        return {"success": False, "msg": str(refusal)}
    return {"success": True}
