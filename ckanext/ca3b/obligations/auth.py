"""Who sees what the law asks: members of an organisation theirs, sysadmins all, everybody if the setting says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import authz

from . import config

if TYPE_CHECKING:
    from ckan.types import AuthResult, Context


def get_auth_functions() -> dict[str, Any]:
    """Return the functions by name."""
    return {"ca3b_obligations_list": obligations_list, "ca3b_obligations_show": obligations_show}


@tk.auth_allow_anonymous_access
def obligations_list(context: Context, data_dict: dict[str, Any]) -> AuthResult:  # noqa: ARG001
    """Let those who belong to an organisation list; the list holds only what each may see."""
    user = context.get("user", "")
    if config.public() or (user and authz.has_user_permission_for_some_org(user, "read")):
        return {"success": True}
    return _refused()


@tk.auth_allow_anonymous_access
def obligations_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Let the members of the organisation ``id`` see its obligations, whatever their role."""
    user = context.get("user", "")
    if config.public() or (user and authz.has_user_permission_for_group_or_org(data_dict["id"], user, "read")):
        return {"success": True}
    return _refused()


def _refused() -> AuthResult:
    return {"success": False, "msg": tk._("What the law asks of a commune is shown to its own agents only.")}
