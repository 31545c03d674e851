"""Who publishes, as business software names it: the address of the organisation, an INSEE code, a SIREN, a SIRET."""

from __future__ import annotations

import re

import ckan.plugins.toolkit as tk
from ckan import model
from sqlalchemy import select

_INSEE = re.compile(r"\d[\dAB]\d{3}")
_SIREN = re.compile(r"\d{9}(\d{5})?")


def find(reference: str) -> str:
    """Return the id of the organisation that ``reference`` names; ValidationError in French when none does."""
    text = "".join(reference.split())
    group = model.Group.get(reference.strip())
    if group is None and _INSEE.fullmatch(text.upper()):
        group = _by("insee_code", text.upper())
    if group is None and _SIREN.fullmatch(text):
        group = _by("siren", text[:9])
    if group is None or not group.is_organization or group.state != model.State.ACTIVE:
        message = tk._(
            "No producer is called “{name}”. Give the end of its address (the address of its page is "
            "/organization/…), its INSEE code or its SIREN."
        )
        raise tk.ValidationError({"producer": [message.format(name=reference)]})
    return group.id


def _by(key: str, value: str) -> model.Group | None:
    group = model.Group
    query = select(group).where(
        group.is_organization, group.state == model.State.ACTIVE, model.group_table.c.extras[key].astext == value
    )
    return model.Session.scalars(query).first()
