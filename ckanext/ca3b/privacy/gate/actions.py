"""Where a file stands, and the actions of CKAN that show files, without the address of those that are not open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model

from ckanext.ca3b import contexts
from ckanext.ca3b.privacy import resources
from ckanext.ca3b.privacy.model import ASK_TREATMENT, AUTHORISE, CLOSE, REFUSE, REOPEN, Decision, Scan

from . import history, people, redaction, state

if TYPE_CHECKING:
    from ckan.types import Action, Context


@tk.side_effect_free
def ca3b_gate_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell whether a file is open; why, to those who may replace it, the DPO and those in charge of the portal.

    :param resource_id: id of the resource
    :param sha256: (optional) tell only, as ``{open}``, whether these bytes would be open in the place of the present
        ones
    :returns: ``{open}``, or ``{resource_id, sha256, open, state, clear, since, scan, decision}``. ``state`` is ``open,
        scanning, held, refused, treatment_asked, closed, unreadable`` or ``missing``; ``clear`` tells whether a copy
        of the file may be shown (that of a link may not while the link itself is open); ``since`` is ISO 8601;
        ``scan`` and ``decision`` are the last ones about the present bytes, None without.
    """
    resource = resources.show(str(tk.get_or_bust(data_dict, "resource_id")))
    tk.check_access("ca3b_gate_show", context, {"resource_id": resource["id"]})
    asked = data_dict.get("sha256")
    if asked and people.sees_all(context):
        return {"open": state.of_bytes(resource["id"], str(asked)).open}
    found = state.of(resource)
    if not people.may_pass(context, resource["package_id"]):
        return {"open": found.open}
    linked = resource["url_type"] != resources.UPLOAD
    scan = _scan(resource["id"], None if linked else resource["hash"] or "")
    sha256 = (scan.sha256 if scan else "") if linked else resource["hash"]
    decision = _decision(resource["id"], sha256 or "", closed=found.name == state.CLOSED)
    moments = [decision.at] if decision else [scan.finished or scan.created] if scan else []
    return {
        "resource_id": resource["id"],
        "sha256": sha256 or None,
        "open": found.open,
        "state": found.name,
        "clear": found.clear,
        "since": moments[0].isoformat() if moments else None,
        "scan": scan.as_dict() if scan else None,
        "decision": decision.as_dict() if decision else None,
    }


@tk.side_effect_free
@tk.chained_action
def package_show(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Return a dataset; to those who may not have them, without the address of the files that are not open."""
    found = up_func(context, data_dict)
    if isinstance(found, dict):
        redaction.redact(context, [found])
    return found


@tk.side_effect_free
@tk.chained_action
def package_search(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Search datasets; to those who may not have them, without the address of the files that are not open."""
    raw = bool(data_dict.get("fl")) and not people.sees_all(context)
    asked = redaction.without_raw(data_dict) if raw else data_dict
    found = up_func(context, asked)
    redaction.redact(context, found["results"])
    return found


@tk.side_effect_free
@tk.chained_action
def resource_search(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Search files; those that are not open are not found by those who may not have them."""
    found = up_func(context, data_dict)
    if isinstance(found, dict) and isinstance(found.get("results"), list):
        kept = redaction.visible(context, found["results"])
        found = {**found, "results": kept, "count": found["count"] - len(found["results"]) + len(kept)}
    return found


@tk.side_effect_free
@tk.chained_action
def current_package_list_with_resources(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Return the last datasets; to those who may not have them, without the address of the files that are not open."""
    found = up_func(context, data_dict)
    redaction.redact(context, found)
    return found


@tk.side_effect_free
@tk.chained_action
def resource_view_list(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Return the views of a file; none of one that is not open, so that the page of its dataset shows the others."""
    try:
        return up_func(context, data_dict)
    except tk.NotAuthorized:
        resource = resources.show(str(data_dict["id"]))
        tk.check_access("package_show", contexts.own(context), {"id": resource["package_id"]})
        return []


def get_actions() -> dict[str, Any]:
    """Return the actions, for ``IActions``."""
    lists = (package_search, current_package_list_with_resources, resource_search, resource_view_list)
    ours = (ca3b_gate_show, package_show, *lists)
    past = history.get_actions() if p.plugin_loaded("activity") else {}
    return {**{one.__name__: one for one in ours}, **past}


def _scan(resource_id: str, sha256: str | None) -> Scan | None:
    """Return what is being done about these bytes, else what was done last; of a link, about any copy of it."""
    same = Scan.remote.is_(True) if sha256 is None else sa.and_(Scan.remote.is_(False), Scan.sha256 == sha256)  # pyright: ignore[reportAttributeAccessIssue]
    # One that is not finished comes first: NULLs are first in descending order.
    order = (Scan.finished.desc(), Scan.created.desc())  # pyright: ignore[reportOptionalMemberAccess, reportAttributeAccessIssue]
    query = sa.select(Scan).where(Scan.resource_id == resource_id, same).order_by(*order).limit(1)  # pyright: ignore[reportArgumentType]
    return model.Session.scalars(query.execution_options(populate_existing=True)).first()


def _decision(resource_id: str, sha256: str, *, closed: bool) -> Decision | None:
    kinds = (CLOSE, REOPEN) if closed else (AUTHORISE, REFUSE, ASK_TREATMENT)
    query = sa.select(Decision).where(Decision.resource_id == resource_id, Decision.kind.in_(kinds))  # pyright: ignore[reportAttributeAccessIssue, reportArgumentType]
    if not closed:
        query = query.where(Decision.sha256 == sha256)  # pyright: ignore[reportArgumentType]
    return model.Session.scalars(query.order_by(Decision.at.desc(), Decision.id).limit(1)).first()  # pyright: ignore[reportAttributeAccessIssue]
