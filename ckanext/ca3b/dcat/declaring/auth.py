"""Who sees how to declare a catalogue: the people of the organisation, and those in charge of the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import authz

if TYPE_CHECKING:
    from ckan.types import AuthResult, Context


def get_auth_functions() -> dict[str, Any]:
    """Return the auth functions, by name."""
    return {"ca3b_declaring_show": ca3b_declaring_show}


def ca3b_declaring_show(context: Context, data_dict: dict[str, Any] | None) -> AuthResult:
    """Let the members of the organisation ``id`` in, whatever their role; without ``id``, those of any."""
    user, id_ = context.get("user", ""), (data_dict or {}).get("id")
    if id_:
        may = authz.has_user_permission_for_group_or_org(id_, user, "read")
    else:
        may = authz.has_user_permission_for_some_org(user, "read")
    if may:
        return {"success": True}
    return {"success": False, "msg": tk._("This page is for the people who publish for this producer.")}
