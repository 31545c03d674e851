"""The e-mail to the DPO when a clerk asks for advice; a job sends it, and the register says to whom."""

from __future__ import annotations

import contextlib
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.model import meta
from sqlalchemy.orm import Session

from ckanext.ca3b.privacy import register
from ckanext.ca3b.privacy.dpo import mails, notify
from ckanext.ca3b.rgpd.grounds import grounds

ADVICE = "advice"


def advice_asked(sender: str, *, actor: str, ground: str | None, **_: Any) -> None:
    """Have the DPO told that ``actor`` asks for advice on the file ``sender``."""
    notify.later(tell_advice, sender, actor, ground or "")


def tell_advice(resource_id: str, actor: str, ground: str) -> None:
    """Tell the DPO who asks about which file, and which lawful ground they think of."""
    resource = model.Resource.get(resource_id)
    package = model.Package.get(resource.package_id) if resource else None
    user = model.User.get(actor)
    if resource is None or package is None:
        return
    producer = model.Group.get(package.owner_org) if package.owner_org else None
    file = {
        "name": resource.name or resource.id,
        "dataset": package.title or package.name,
        "organization": producer.title if producer else "",
        "url": tk.url_for("ca3b_dpo.file", resource_id=resource_id, _external=True),
    }
    known = grounds().get(ground)
    said = {"file": file, "who": user.display_name if user else actor, "ground": known.label if known else ""}
    with contextlib.suppress(mails.NobodyError):
        to = mails.send(mails.dpos(), f"Avis demandé : {file['dataset']}", ADVICE, **said)
        with Session(meta.engine) as session, session.begin():
            register.append(
                session,
                "notify",
                actor="",
                resource_id=resource_id,
                package_id=package.id,
                sha256=resource.hash or None,
                details={"mail": ADVICE, "to": to},
            )
