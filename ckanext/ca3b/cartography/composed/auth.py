"""Who makes and sees composed maps: those who publish for a producer make them; all see what is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import authz

from . import store
from .model import PUBLISHED

if TYPE_CHECKING:
    from ckan.types import AuthResult, Context


def create(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Let those who publish for the producer (for any, when none is named yet)."""
    user, owner = context.get("user", ""), data_dict.get("owner_org")
    if owner:
        may = authz.has_user_permission_for_group_or_org(owner, user, "create_dataset")
    else:
        may = authz.has_user_permission_for_some_org(user, "create_dataset")
    return {"success": True} if may else _refused()


def update(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Let those who publish for the producer that keeps the map; moving it asks the same of the other producer."""
    row = store.get(data_dict["id"])
    if row is None:
        raise tk.ObjectNotFound(tk._("This map does not exist any more"))
    owners = {row.owner_org, data_dict.get("owner_org") or row.owner_org}
    user = context.get("user", "")
    may = all(authz.has_user_permission_for_group_or_org(one, user, "update_dataset") for one in owners)
    return {"success": True} if may else _refused()


@tk.auth_allow_anonymous_access
def show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Let everybody see a published map, and its makers a draft."""
    row = store.get(data_dict["id"])
    if row is None:
        raise tk.ObjectNotFound(tk._("This map does not exist any more"))
    if row.state == PUBLISHED or authz.has_user_permission_for_group_or_org(
        row.owner_org, context.get("user", ""), "update_dataset"
    ):
        return {"success": True}
    return {"success": False, "msg": tk._("This map is not published")}


@tk.auth_allow_anonymous_access
def listing(context: Context, data_dict: dict[str, Any]) -> AuthResult:  # noqa: ARG001 - each sees what they may
    """Let everybody list the maps that they may see."""
    return {"success": True}


def _refused() -> AuthResult:
    return {"success": False, "msg": tk._("Only the people who publish for this producer make its maps")}
