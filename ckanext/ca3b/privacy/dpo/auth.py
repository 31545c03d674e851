"""Who may do what the DPO does: the DPO alone. A sysadmin runs the portal and signs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.contexts import own
from ckanext.ca3b.privacy.gate.people import is_dpo

if TYPE_CHECKING:
    from ckan.types import AuthResult, Context

_ACTIONS = (
    "ca3b_dpo_queue",
    "ca3b_dpo_file_show",
    "ca3b_dpo_decide",
    "ca3b_dpo_close",
    "ca3b_dpo_reopen",
    "ca3b_dpo_alerts",
    "ca3b_dpo_alert_handle",
)


@tk.auth_sysadmins_check
def dpo_only(context: Context, data_dict: dict[str, Any]) -> AuthResult:  # noqa: ARG001
    """The accounts of the setting ``ckanext.ca3b.rgpd.dpo``, sysadmin or not."""
    if is_dpo(context.get("user")):
        return {"success": True}
    return {"success": False, "msg": tk._("Only the data protection officer (DPO) may do this.")}


def register_reader(context: Context, data_dict: dict[str, Any]) -> AuthResult:  # noqa: ARG001
    """The DPO; sysadmins too, who have the database anyway."""
    return dpo_only(context, {})


@tk.auth_sysadmins_check
def ca3b_dpo_reveal(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """The DPO, and those who may replace the file, who have it anyway."""
    if is_dpo(context.get("user")):
        return {"success": True}
    try:
        tk.check_access("resource_update", own(context), {"id": data_dict["resource_id"]})
    except tk.NotAuthorized:
        return {"success": False, "msg": tk._("Only the DPO and the people who may replace this file see its values.")}
    return {"success": True}


def get_auth_functions() -> dict[str, Any]:
    """Return the auth functions, by name."""
    readers = ("ca3b_register_list", "ca3b_register_export", "ca3b_register_verify")
    return {
        **dict.fromkeys(_ACTIONS, dpo_only),
        **dict.fromkeys(readers, register_reader),
        "ca3b_dpo_reveal": ca3b_dpo_reveal,
    }
