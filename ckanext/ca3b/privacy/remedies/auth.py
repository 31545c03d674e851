"""Who may treat a file: those who may replace it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b import contexts

if TYPE_CHECKING:
    from ckan.types import Context


def as_resource_update(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Those who may update the resource ``resource_id``, and nobody else."""
    refusal = tk._("Only the people who may replace this file see what it holds.")
    return contexts.as_resource_update(context, data_dict, refusal)


def sysadmins(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Sysadmins, whom CKAN never asks, and nobody else."""
    return {"success": False, "msg": tk._("Only the people in charge of the portal may do this.")}


def signed_in(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Any signed-in account: the action keeps to the producers it may publish for."""
    return {"success": bool(context.get("user")), "msg": tk._("Sign in first.")}
