"""Contexts of actions called from within an action or an auth function, and the right asked for most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import ckan.plugins.toolkit as tk

if TYPE_CHECKING:
    from ckan.types import Context

_ACCOUNT = ("user", "auth_user_obj")


def own(context: Context) -> Context:
    """Return a context of the same account: CKAN keeps in the other what it was asked about before."""
    return _kept(context, *_ACCOUNT)


def trusted(context: Context) -> Context:
    """Return the same, which keeps ``ignore_auth``: for actions whose caller's right was checked before."""
    return _kept(context, *_ACCOUNT, "ignore_auth")


def as_resource_update(context: Context, data_dict: dict[str, Any], refusal: str) -> dict[str, Any]:
    """Answer for those who may update the resource ``resource_id``; ``refusal`` is said to the others."""
    try:
        tk.check_access("resource_update", own(context), {"id": data_dict["resource_id"]})
    except tk.NotAuthorized:
        return {"success": False, "msg": refusal}
    return {"success": True}


def _kept(context: Context, *names: str) -> Context:
    given = cast("dict[str, Any]", context)
    return cast("Context", {name: given[name] for name in names if name in given})
