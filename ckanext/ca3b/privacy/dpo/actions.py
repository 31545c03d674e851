"""The actions of the DPO: what waits, one file, decisions, closures, values shown one by one, alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import model as ckan_model
from ckan.model import meta
from sqlalchemy.orm import Session

from ckanext.ca3b import contexts, files
from ckanext.ca3b.privacy import model, register
from ckanext.ca3b.rgpd.grounds import grounds
from ckanext.ca3b.tables import TableError

from . import alerts, cells, notify, queue, signing

if TYPE_CHECKING:
    from ckan.types import Context

DEFAULT_LIMIT, MAX_LIMIT = 50, 200


@tk.side_effect_free
def ca3b_dpo_queue(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return the files that wait for the DPO, most urgent first.

    :param state: (optional) ``waiting`` (default), ``treatment_asked``, ``refused``, ``closed`` or ``authorised``
    :param organization: (optional) id of a producer
    :param q: (optional) words of the titles
    :param limit: (optional) 50 by default, 200 at most
    :param offset: (optional)
    :returns: ``{count, results, organizations, states}``
    """
    tk.check_access("ca3b_dpo_queue", context, {})
    state = str(data_dict.get("state") or queue.WAITING)
    if state not in queue.STATES:
        raise tk.ValidationError({"state": [tk._("There is no such state.")]})
    wanted = queue.Wanted(state, str(data_dict.get("organization") or ""), str(data_dict.get("q") or ""))
    limit, offset = paging(data_dict)
    return queue.find(wanted, limit, offset)


@tk.side_effect_free
def ca3b_dpo_file_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return what the DPO needs to decide about one file.

    :param resource_id: id of the file
    :returns: what ``ca3b_gate_show`` gives, with ``alerts`` (open ones), ``decisions`` (all, latest first) and
        ``grounds`` (those that may be chosen)
    """
    resource_id = str(tk.get_or_bust(data_dict, "resource_id"))
    tk.check_access("ca3b_dpo_file_show", context, {"resource_id": resource_id})
    gate = tk.get_action("ca3b_gate_show")(contexts.trusted(context), {"resource_id": resource_id})
    with Session(meta.engine) as session:
        query = session.query(model.Decision).filter_by(resource_id=resource_id)
        decisions = [one.as_dict() for one in query.order_by(model.Decision.at.desc())]  # pyright: ignore[reportAttributeAccessIssue]
    return {
        **gate,
        "alerts": alerts.of_file(resource_id),
        "decisions": decisions,
        "grounds": [
            {"code": one.code, "label": one.label, "article": one.article, "help": one.help, "asks": one.asks}
            for one in grounds().values()
        ],
    }


def ca3b_dpo_decide(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Sign a decision about the bytes of a file. It ends with them: other bytes are closed until they are clear.

    :param resource_id: id of the file
    :param sha256: SHA-256 of the bytes that were looked at
    :param kind: ``authorise``, ``refuse`` or ``ask_treatment``
    :param ground: lawful ground of an authorisation, a code of the list
    :param reason: why, in a sentence, without any value of the file
    :returns: the decision
    """
    resource_id, sha256, kind = tk.get_or_bust(data_dict, ["resource_id", "sha256", "kind"])
    tk.check_access("ca3b_dpo_decide", context, {"resource_id": resource_id})
    if kind not in signing.JUDGEMENTS:
        raise tk.ValidationError({"kind": [tk._("Choose what you decide.")]})
    scan = _scan(context, resource_id, str(sha256))
    reason = signing.checked_reason(data_dict.get("reason"))
    ground = None
    if kind == model.AUTHORISE:
        ground = signing.checked_ground(data_dict.get("ground"), _held(scan))
    return _signed(context, str(resource_id), str(sha256), str(kind), reason, ground=ground, scan=scan)


def ca3b_dpo_close(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Close a file at once, everywhere, whatever its report says.

    :param resource_id: id of the file
    :param reason: why, in a sentence
    :returns: the decision
    """
    return _closure("ca3b_dpo_close", model.CLOSE, context, data_dict)


def ca3b_dpo_reopen(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Undo the closure of a file: it is public again if its report is clear or its publication authorised.

    :param resource_id: id of the file
    :param reason: why, in a sentence
    :returns: the decision
    """
    return _closure("ca3b_dpo_reopen", model.REOPEN, context, data_dict)


def ca3b_dpo_reveal(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show one value that a scan found. Its line is in the register before the value is read.

    :param resource_id: id of the file
    :param sha256: SHA-256 of the bytes that the scan is about
    :param finding: place of the finding in the scan, from 0
    :param row: data row, from 1, one of those that the finding locates
    :returns: ``{value}``
    """
    resource_id, sha256 = tk.get_or_bust(data_dict, ["resource_id", "sha256"])
    tk.check_access("ca3b_dpo_reveal", context, {"resource_id": resource_id})
    scan = _scan(context, str(resource_id), str(sha256))
    number, finding = _finding(scan, data_dict.get("finding"))
    asked = str(data_dict.get("row"))
    row = int(asked) if asked.isdecimal() else 0
    if row not in cells.rows_of(finding, scan["rows"]):
        raise tk.ValidationError({"row": [tk._("Only the rows that the examination located are shown.")]})
    resource = _resource(str(resource_id))
    if resource["url_type"] != "upload":
        raise tk.ValidationError({"resource_id": [tk._("The portal does not keep this file: open the link.")]})
    with Session(meta.engine) as session, session.begin():
        details = {"finding": number, "column": finding["column"], "where": finding.get("where"), "row": row}
        register.append(
            session,
            "reveal",
            actor=str(context.get("user")),
            resource_id=resource["id"],
            package_id=resource["package_id"],
            sha256=str(sha256),
            details={**details, "category": finding["category"], "scan": scan["id"]},
        )
    try:
        with files.local_copy(resource) as path:
            found = cells.read(path, scan["filename"], [(finding, [row])])[0]
    except (files.MissingFileError, TableError) as error:
        raise tk.ValidationError({"row": [tk._("The portal could not read this value.")]}) from error
    return {"value": found.get(row, "")}


@tk.side_effect_free
def ca3b_dpo_alerts(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return what citizens reported.

    :param state: (optional) ``open`` (default) or ``closed``
    :param limit: (optional) 50 by default, 200 at most
    :param offset: (optional)
    :returns: ``{count, results}``
    """
    tk.check_access("ca3b_dpo_alerts", context, {})
    state = alerts.CLOSED if data_dict.get("state") == alerts.CLOSED else alerts.OPEN
    limit, offset = paging(data_dict)
    count, results = alerts.find(state, limit, offset)
    return {"count": count, "results": results}


def ca3b_dpo_alert_handle(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Write that an alert was looked at; how to reach who sent it is forgotten.

    :param id: id of the alert
    :returns: the alert
    """
    alert_id = str(tk.get_or_bust(data_dict, "id"))
    tk.check_access("ca3b_dpo_alert_handle", context, {"id": alert_id})
    return alerts.handle(alert_id, str(context.get("user")))


def paging(data_dict: dict[str, Any]) -> tuple[int, int]:
    """Return the limit and the offset asked for. Raises ValidationError."""
    try:
        limit = int(data_dict.get("limit") or DEFAULT_LIMIT)
        offset = int(data_dict.get("offset") or 0)
    except (TypeError, ValueError) as error:
        raise tk.ValidationError({"limit": [tk._("Write a number.")]}) from error
    return max(1, min(limit, MAX_LIMIT)), max(0, offset)


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    return {
        one.__name__: one
        for one in (
            ca3b_dpo_queue,
            ca3b_dpo_file_show,
            ca3b_dpo_decide,
            ca3b_dpo_close,
            ca3b_dpo_reopen,
            ca3b_dpo_reveal,
            ca3b_dpo_alerts,
            ca3b_dpo_alert_handle,
        )
    }


def _closure(action: str, kind: str, context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    resource_id = str(tk.get_or_bust(data_dict, "resource_id"))
    tk.check_access(action, context, {"resource_id": resource_id})
    resource = _resource(resource_id)
    reason = signing.checked_reason(data_dict.get("reason"))
    sha256 = (resource["hash"] or "") if resource["url_type"] == "upload" else ""
    return _signed(context, resource_id, sha256, kind, reason)


def _signed(  # noqa: PLR0913 - what a signature says
    context: Context,
    resource_id: str,
    sha256: str,
    kind: str,
    reason: str,
    *,
    ground: str | None = None,
    scan: dict[str, Any] | None = None,
) -> dict[str, Any]:
    user = ckan_model.User.get(context.get("user"))
    if user is None:
        raise tk.NotAuthorized(tk._("A decision is signed by somebody."))
    asked = signing.Signature(
        resource_id=resource_id,
        sha256=sha256,
        kind=kind,
        reason=reason,
        ground=ground,
        user_id=user.id,
        user_name=user.name,
        scan_id=scan["id"] if scan else None,
        policy=scan["policy"] if scan else None,
    )
    decision = signing.sign(asked)
    notify.after_decision(decision)
    return decision


def _scan(context: Context, resource_id: str, sha256: str) -> dict[str, Any]:
    """Return the finished scan of the bytes that are to be decided about or shown."""
    gate = tk.get_action("ca3b_gate_show")(contexts.trusted(context), {"resource_id": resource_id})
    if gate["sha256"] != sha256:
        raise tk.ValidationError(
            {"sha256": [tk._("The file was replaced meanwhile: look at its new bytes before you decide.")]}
        )
    scan = gate["scan"]
    if scan is None or scan["state"] in model.WORKING:
        raise tk.ValidationError({"sha256": [tk._("The file is being examined: wait for the end of it.")]})
    return scan


def _held(scan: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(one["category"] for one in scan["findings"] if one["decision"] != "pass"))


def _finding(scan: dict[str, Any], asked: Any) -> tuple[int, dict[str, Any]]:
    found = dict(enumerate(scan["findings"]))
    number = int(str(asked)) if str(asked).isdecimal() else -1
    if number not in found:
        raise tk.ValidationError({"finding": [tk._("There is no such finding.")]})
    return number, found[number]


def _resource(resource_id: str) -> dict[str, Any]:
    resource = ckan_model.Resource.get(resource_id)
    if resource is None or resource.state != ckan_model.State.ACTIVE:
        raise tk.ObjectNotFound(tk._("This file does not exist any more"))
    return {name: getattr(resource, name) for name in ("id", "package_id", "url", "url_type", "hash", "name")}
