"""Who may change the territory's organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

if TYPE_CHECKING:
    from ckan.types import Context


def ca3b_territory_load(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Sysadmins only: organisations of the whole portal are created."""
    return {"success": False, "msg": tk._("Only a system administrator may load the territory.")}


def organization_create(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Sysadmins only: an organisation speaks for a public body, and CKAN lets any account create one."""
    return {"success": False, "msg": tk._("Only a system administrator may create an organisation.")}


def group_create(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Sysadmins only: the groups are the European themes, created by « ckan ca3b themes load »."""
    return {"success": False, "msg": tk._("Only a system administrator may create a theme.")}
