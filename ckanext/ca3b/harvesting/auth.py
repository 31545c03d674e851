"""Who may do what with the sources: those in charge of the portal everything, administrators their own organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import authz, model

from ckanext.ca3b import contexts

from .store import runs, sources

if TYPE_CHECKING:
    from ckan.types import AuthResult, Context

#: Reserved to those in charge of the portal.
RESERVED = (
    "ca3b_harvest_source_delete",
    "ca3b_harvest_source_approve",
    "ca3b_harvest_source_pause",
    "ca3b_harvest_source_resume",
    "ca3b_harvest_source_create_many",
    "ca3b_harvest_run_start",
    "ca3b_harvest_run_confirm",
    "ca3b_harvest_run_cancel",
    "ca3b_harvest_conflict_list",
    "ca3b_harvest_conflict_settle",
    "ca3b_harvest_record_review",
)
#: The action keeps to the organisations that somebody administers.
OF_ONES_OWN = ("ca3b_harvest_source_list", "ca3b_harvest_board", "ca3b_harvest_preview")


def get_auth_functions() -> dict[str, Any]:
    """Return the auth functions, by name."""
    return {
        **dict.fromkeys(RESERVED, reserved),
        **dict.fromkeys(OF_ONES_OWN, for_administrators),
        "ca3b_harvest_source_show": source_show,
        "ca3b_harvest_source_create": source_create,
        "ca3b_harvest_source_update": source_update,
        "ca3b_harvest_run_list": source_show,
        "ca3b_harvest_run_show": run_show,
        "ca3b_harvest_run_records": run_show,
        "ca3b_harvest_record_show": record_show,
        "ca3b_harvest_record_keep": record_keep,
        "ca3b_harvest_letter": anybody,
    }


def is_in_charge(context: Context) -> bool:
    """Tell whether somebody is in charge of the portal: they see and do everything."""
    return bool(context.get("ignore_auth") or authz.is_sysadmin(context.get("user")))


def organizations(user: str) -> list[str]:
    """Return the ids of the organisations that somebody administers."""
    found = model.User.get(user) if user else None
    if found is None:
        return []
    query = (
        model.Session.query(model.Member.group_id)  # pyright: ignore[reportCallIssue]
        .filter(model.Member.table_id == found.id, model.Member.table_name == "user")
        .filter(model.Member.capacity == "admin", model.Member.state == model.State.ACTIVE)
    )
    return [one for (one,) in query]


def reserved(context: Context, data_dict: dict[str, Any] | None) -> AuthResult:  # noqa: ARG001
    """Refuse everybody but those in charge of the portal, whom CKAN lets pass before."""
    return {"success": False, "msg": tk._("Only those in charge of the portal may do this.")}


def for_administrators(context: Context, data_dict: dict[str, Any] | None) -> AuthResult:  # noqa: ARG001
    """Let whoever administers an organisation."""
    return _answer(bool(organizations(context.get("user") or "")))


@tk.auth_allow_anonymous_access
def anybody(context: Context, data_dict: dict[str, Any] | None) -> AuthResult:  # noqa: ARG001
    """Let everybody: the key that is given opens the page."""
    return {"success": True}


def source_show(context: Context, data_dict: dict[str, Any] | None) -> AuthResult:
    """Let the administrators of the organisation of a source, given by id or name."""
    given = data_dict or {}
    source = sources.find(str(given.get("source_id") or given.get("id") or given.get("name") or ""))
    return _answer(source is not None and source.owner_org in organizations(context.get("user") or ""))


def source_create(context: Context, data_dict: dict[str, Any] | None) -> AuthResult:
    """Let administrators give a spreadsheet for their organisation; it stays a draft until it is approved."""
    given = data_dict or {}
    mine = organizations(context.get("user") or "")
    group = model.Group.get(str(given.get("owner_org") or ""))
    return _answer(not given.get("address") and group is not None and group.id in mine)


def source_update(context: Context, data_dict: dict[str, Any] | None) -> AuthResult:
    """Let administrators replace the spreadsheet of their organisation and nothing else."""
    given = data_dict or {}
    allowed = {"id", "name", "upload", "document", "document_name"}
    source = sources.find(str(given.get("id") or given.get("name") or ""))
    shown = source_show(context, data_dict)
    if not shown.get("success") or source is None:
        return shown
    return _answer(not source.address and set(given) <= allowed)


def run_show(context: Context, data_dict: dict[str, Any] | None) -> AuthResult:
    """Let the administrators of the organisation of the source of a run."""
    run = runs.get(str((data_dict or {}).get("id") or ""))
    return source_show(context, {"id": run.source_id} if run else {})


@tk.auth_allow_anonymous_access
def record_show(context: Context, data_dict: dict[str, Any] | None) -> AuthResult:
    """Let whoever may see the dataset; the action tells the rest to those who may change it."""
    return _as("package_show", context, data_dict)


def record_keep(context: Context, data_dict: dict[str, Any] | None) -> AuthResult:
    """Let whoever may change the dataset."""
    return _as("package_update", context, data_dict)


def _as(action: str, context: Context, data_dict: dict[str, Any] | None) -> AuthResult:
    given = str((data_dict or {}).get("dataset_id") or (data_dict or {}).get("id") or "")
    found = model.Package.get(given)
    if found is None:
        raise tk.ObjectNotFound(tk._("This dataset does not exist."))
    return authz.is_authorized(action, contexts.own(context), {"id": found.id})


def _answer(success: bool) -> AuthResult:
    refusal = tk._("Only those in charge of the portal and the administrators of this organisation may do this.")
    return {"success": success} if success else {"success": False, "msg": refusal}
