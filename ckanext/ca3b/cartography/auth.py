"""Who may have a map drawn: who may replace the file; who may see it: who may see the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b import contexts

if TYPE_CHECKING:
    from ckan.types import AuthResult, Context


def ca3b_map_build(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Let those who may update the resource."""
    refusal = tk._("Only those who may replace this file may have its map drawn.")
    return contexts.as_resource_update(context, data_dict, refusal)  # pyright: ignore[reportReturnType]


@tk.auth_allow_anonymous_access
def ca3b_map_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Let those who may see the resource."""
    try:
        tk.check_access("resource_show", contexts.own(context), {"id": data_dict["resource_id"]})
    except tk.NotAuthorized as refusal:
        return {"success": False, "msg": str(refusal)}
    return {"success": True}


def get_auth_functions() -> dict[str, Any]:
    """Return these functions by the names that CKAN asks for."""
    return {one.__name__: one for one in (ca3b_map_build, ca3b_map_show)}
