"""Who may see the health of the catalogue: the operator all of it, the people of an organisation their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import ckan.plugins.toolkit as tk
from ckan import authz, model

if TYPE_CHECKING:
    from ckan.types import AuthResult, Context


def get_auth_functions() -> dict[str, Any]:
    """Return the auth functions, by name."""
    return {"ca3b_catalogue_health": ca3b_catalogue_health, "ca3b_quality_show": ca3b_quality_show}


def organizations(user: str) -> list[dict[str, Any]]:
    """Return the organisations whose health somebody may see, by title."""
    context = cast("Context", {"user": user, "auth_user_obj": model.User.get(user)})
    return tk.get_action("organization_list_for_user")(context, {"permission": "read"})


def ca3b_catalogue_health(context: Context, data_dict: dict[str, Any] | None) -> AuthResult:
    """Let sysadmins see all, and members of an organisation that one; ``organization`` is an id or a name."""
    user = context.get("user") or ""
    if authz.is_sysadmin(user):
        return {"success": True}
    asked = (data_dict or {}).get("organization")
    mine = organizations(user) if user else []
    if mine and (not asked or any(asked in (one["id"], one["name"]) for one in mine)):
        return {"success": True}
    refusal = tk._("Only its own people and those in charge of the portal see the health of this catalogue.")
    return {"success": False, "msg": refusal}


@tk.auth_allow_anonymous_access
def ca3b_quality_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Let whoever may see a dataset see how well it is described."""
    return {"success": bool(tk.check_access("package_show", context, {"id": data_dict["id"]}))}
