"""What a citizen reports about a file: kept for the DPO, counted in the register without their words."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, cast

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.model import meta
from sqlalchemy.orm import Session

from ckanext.ca3b.privacy import register
from ckanext.ca3b.privacy.model import Alert, now

from . import limits

if TYPE_CHECKING:
    from ckan.types import Context

#: Sent with the id of a resource and ``alert`` (its id, never what it says) each time somebody reports a file.
alert_created = tk.signals.ckanext.signal("ca3b:alert_created")

SHORTEST, LONGEST, CONTACT = 10, 4000, 200
#: The key of the error that says that there were too many reports.
LIMIT = "limit"


def ca3b_alert_create(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell the DPO that a file shows personal data. Anybody may, on a file that they may see on a page.

    :param resource_id: id of the file
    :param message: where it is and of what kind, in 10 to 4 000 characters
    :param contact: (optional) where the DPO may answer
    :returns: ``{id, created}``
    """
    resource_id = str(tk.get_or_bust(data_dict, "resource_id"))
    tk.check_access("ca3b_alert_create", context, {"resource_id": resource_id})
    message, contact = _words(data_dict)
    if not limits.may_report(limits.caller(), resource_id):
        too_many = tk._("Too many reports came from here within the hour: come back later, or write to the portal.")
        raise tk.ValidationError({LIMIT: [too_many]})
    resource = cast("model.Resource", model.Resource.get(resource_id))
    alert = Alert(id=str(uuid.uuid4()), resource_id=resource_id, message=message, contact=contact, created=now())
    with Session(meta.engine, expire_on_commit=False) as session, session.begin():
        session.add(alert)
        session.flush()
        register.append(
            session,
            "takedown_request",
            # Who reports is not written in a register that is kept for ever.
            actor="",
            resource_id=resource_id,
            package_id=resource.package_id,
            sha256=resource.hash or None,
            details={"alert": alert.id},
        )
    alert_created.send(resource_id, alert=alert.id)
    return {"id": alert.id, "created": alert.created.isoformat()}


@tk.auth_allow_anonymous_access
def auth_alert_create(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Whoever may see the page of the dataset: the file itself may be closed already."""
    resource = model.Resource.get(str(data_dict["resource_id"]))
    if resource is None or resource.state != model.State.ACTIVE:
        raise tk.ObjectNotFound(tk._("This file does not exist any more"))
    own = cast("Context", {"user": context.get("user", "")})
    try:
        tk.check_access("package_show", own, {"id": resource.package_id})
    except tk.NotAuthorized:
        return {"success": False, "msg": tk._("This file is not public.")}
    return {"success": True}


def _words(data_dict: dict[str, Any]) -> tuple[str, str | None]:
    message = str(data_dict.get("message") or "").replace("\x00", "").strip()
    contact = str(data_dict.get("contact") or "").replace("\x00", "").strip()
    errors: dict[str, Any] = {}
    if len(message) < SHORTEST:
        errors["message"] = [tk._("Say where the data is in the file and of what kind: a few words are enough.")]
    elif len(message) > LONGEST:
        errors["message"] = [tk._("Your message is too long: {most} characters at most.").format(most=LONGEST)]
    if len(contact) > CONTACT:
        errors["contact"] = [tk._("This is too long: give one e-mail address or one telephone number.")]
    if errors:
        raise tk.ValidationError(errors)
    return message, contact or None
