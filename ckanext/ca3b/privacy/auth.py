"""The gate: who may see a file that is not open, and who may know why.

Everything that serves content asks CKAN for ``resource_show``: this is the one place where it is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.ca3b import contexts

from .gate import people, state, words

if TYPE_CHECKING:
    from ckan.types import AuthFunction, AuthResult, Context


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def resource_show(next_auth: AuthFunction, context: Context, data_dict: dict[str, Any] | None) -> AuthResult:
    """Let anybody who sees the dataset if the file is open, else those who may replace it and the DPO."""
    given = next_auth(context, data_dict or {})
    if not given.get("success"):
        return given
    resource = _resource(context, data_dict or {})
    if resource is None or not resource.package_id:
        return {"success": False, "msg": words.closed()}
    if state.of(resource).open or people.may_pass(context, resource.package_id):
        return given
    return {"success": False, "msg": words.closed()}


@tk.chained_auth_function
@tk.auth_allow_anonymous_access
def package_show(next_auth: AuthFunction, context: Context, data_dict: dict[str, Any] | None) -> AuthResult:
    """Let whom CKAN lets, and the DPO, who judges files before they are published."""
    given = next_auth(context, data_dict or {})
    return given if given.get("success") or not people.is_dpo(context.get("user")) else {"success": True}


@tk.auth_allow_anonymous_access
def ca3b_gate_show(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Let those who see the dataset know whether the file is open; the action tells the rest to those concerned."""
    resource = model.Resource.get(data_dict.get("resource_id", ""))
    if resource is None:
        raise tk.ObjectNotFound(tk._("This file does not exist any more"))
    try:
        tk.check_access("package_show", contexts.own(context), {"id": resource.package_id})
    except tk.NotAuthorized as refusal:
        return {"success": False, "msg": str(refusal)}
    return {"success": True}


def ca3b_metadata_hints(context: Context, data_dict: dict[str, Any]) -> AuthResult:
    """Let those who may change the dataset, and any account about a description that is not stored yet."""
    if not data_dict.get("id"):
        return {"success": bool(context.get("user")), "msg": tk._("Sign in first.")}
    try:
        tk.check_access("package_update", contexts.own(context), {"id": data_dict["id"]})
    except tk.NotAuthorized as refusal:
        return {"success": False, "msg": str(refusal)}
    return {"success": True}


@tk.chained_auth_function
def datastore_create(next_auth: AuthFunction, context: Context, data_dict: dict[str, Any] | None) -> AuthResult:  # noqa: ARG001
    """Refuse everybody but those in charge of the portal: rows that come without a file are never examined."""
    return {"success": False, "msg": words.pushed()}


@tk.chained_auth_function
def datastore_upsert(next_auth: AuthFunction, context: Context, data_dict: dict[str, Any] | None) -> AuthResult:  # noqa: ARG001
    """Refuse everybody but those in charge of the portal: rows that come without a file are never examined."""
    return {"success": False, "msg": words.pushed()}


def get_auth_functions() -> dict[str, Any]:
    """Return the auth functions, by name."""
    found = [resource_show, package_show, ca3b_gate_show, ca3b_metadata_hints]
    if p.plugin_loaded("datastore"):
        found += [datastore_create, datastore_upsert]
    return {one.__name__: one for one in found}


def _resource(context: Context, data_dict: dict[str, Any]) -> model.Resource | None:
    """Return the resource that is asked about, which may not be the one that CKAN left in the context."""
    found = context.get("resource")
    asked = data_dict.get("id")
    if found is None or (asked and asked not in {found.id, found.name}):
        return model.Resource.get(asked or "")
    return found
