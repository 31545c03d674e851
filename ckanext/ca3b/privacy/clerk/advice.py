"""« Demander l’avis du DPO »: the clerk thinks that a held file may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.model import meta
from sqlalchemy.orm import Session

from ckanext.ca3b import contexts
from ckanext.ca3b.privacy import register
from ckanext.ca3b.privacy.model import Line
from ckanext.ca3b.rgpd.grounds import grounds

if TYPE_CHECKING:
    import datetime as dt

    from ckan.types import Context

ACTION = "ca3b_advice_ask"
EVENT = "advice_request"

#: Sent with the id of a resource and ``actor`` (name of the account) and ``ground`` (code or None).
advice_asked = tk.signals.ckanext.signal("ca3b:advice_asked")


def ca3b_advice_ask(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Ask the DPO whether a held file may be published. Asked once for the same bytes.

    The clerk chooses a ground and writes nothing: the register keeps no words that could name somebody.

    :param resource_id: id of the file
    :param sha256: the bytes that the clerk looked at
    :param ground: (optional) code of the lawful ground that the clerk thinks of
    :returns: ``{asked}``, the moment of the first request
    """
    resource_id = str(tk.get_or_bust(data_dict, "resource_id"))
    tk.check_access(ACTION, context, {"resource_id": resource_id})
    ground = str(data_dict.get("ground") or "") or None
    if ground is not None and ground not in grounds():
        raise tk.ValidationError({"ground": [tk._("Choose one of the reasons of the list.")]})
    gate = tk.get_action("ca3b_gate_show")(contexts.own(context), {"resource_id": resource_id})
    if data_dict.get("sha256") and data_dict["sha256"] != gate["sha256"]:
        raise tk.ValidationError({"sha256": [tk._("The file was replaced meanwhile: look at it again.")]})
    if gate["open"]:
        raise tk.ValidationError({"resource_id": [tk._("This file is open already: nothing holds it.")]})
    known = asked(resource_id, gate["sha256"])
    if known is None:
        known = _ask(context, resource_id, gate["sha256"], ground)
    return {"asked": known.isoformat()}


def asked(resource_id: str, sha256: str | None) -> dt.datetime | None:
    """Return when the DPO's advice was asked about these bytes, None when it was not."""
    found = request(resource_id, sha256)
    return found["at"] if found else None


def request(resource_id: str, sha256: str | None) -> dict[str, Any] | None:
    """Return the first request of advice about these bytes, ``{at, actor, ground}``, None when there is none."""
    these = (Line.event == EVENT, Line.resource_id == resource_id, Line.sha256 == sha256)
    with Session(meta.engine) as session:
        line = session.scalar(sa.select(Line).where(*these).order_by(Line.seq).limit(1))
        return {"at": line.at, "actor": line.actor, "ground": line.details.get("ground")} if line else None


def _ask(context: Context, resource_id: str, sha256: str | None, ground: str | None) -> dt.datetime:
    resource: Any = model.Resource.get(resource_id)
    actor = str(context.get("user") or "")
    with Session(meta.engine, expire_on_commit=False) as session, session.begin():
        line = register.append(
            session,
            EVENT,
            actor=actor,
            resource_id=resource_id,
            package_id=resource.package_id,
            sha256=sha256,
            details={"ground": ground},
        )
    advice_asked.send(resource_id, actor=actor, ground=ground)
    return line.at
