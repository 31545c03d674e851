"""The alerts of citizens, for the DPO."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model as ckan_model
from ckan.model import meta
from sqlalchemy.orm import Session

from ckanext.ca3b.privacy import register
from ckanext.ca3b.privacy.model import Alert, now

OPEN, CLOSED = "open", "closed"


def find(state: str, limit: int, offset: int = 0) -> tuple[int, list[dict[str, Any]]]:
    """Return how many alerts there are in a state, and some of them: open ones oldest first, others latest first."""
    order = Alert.created if state == OPEN else sa.desc(Alert.handled_at)  # pyright: ignore[reportArgumentType]
    with Session(meta.engine) as session:
        count = session.scalar(sa.select(sa.func.count()).select_from(Alert).where(Alert.state == state)) or 0  # pyright: ignore[reportArgumentType]
        query = sa.select(Alert).where(Alert.state == state).order_by(order, Alert.id).limit(limit).offset(offset)  # pyright: ignore[reportArgumentType]
        return count, [_named(one) for one in session.scalars(query)]


def of_file(resource_id: str) -> list[dict[str, Any]]:
    """Return the open alerts about a file, oldest first."""
    query = sa.select(Alert).where(Alert.resource_id == resource_id, Alert.state == OPEN).order_by(Alert.created)  # pyright: ignore[reportArgumentType]
    with Session(meta.engine) as session:
        return [_named(one) for one in session.scalars(query)]


def handle(alert_id: str, user_name: str) -> dict[str, Any]:
    """Close an alert: somebody looked at it. Its contact is forgotten, nobody needs it any more.

    :raises ckan.logic.NotFound: there is no such alert.
    """
    with Session(meta.engine, expire_on_commit=False) as session, session.begin():
        alert = session.get(Alert, alert_id, with_for_update=True)
        if alert is None:
            raise tk.ObjectNotFound(tk._("This alert does not exist"))
        if alert.state == OPEN:
            alert.state, alert.handled_by, alert.handled_at, alert.contact = CLOSED, user_name, now(), None
            session.flush()
            register.append(
                session, "alert_handled", actor=user_name, resource_id=alert.resource_id, details={"alert": alert.id}
            )
        return _named(alert)


def _named(alert: Alert) -> dict[str, Any]:
    """Return an alert with the file and the dataset that it is about, as far as they still exist."""
    resource = ckan_model.Resource.get(alert.resource_id)
    dataset = ckan_model.Package.get(resource.package_id) if resource else None
    gone = resource is None or resource.state != ckan_model.State.ACTIVE
    return {
        "id": alert.id,
        "resource_id": alert.resource_id,
        "file": (resource.name or resource.url.rsplit("/", 1)[-1]) if resource else "",
        "gone": gone,
        "dataset": (dataset.title or dataset.name) if dataset else "",
        "dataset_name": dataset.name if dataset else "",
        "message": alert.message,
        "contact": alert.contact,
        "state": alert.state,
        "created": alert.created.isoformat(),
        "handled_by": alert.handled_by,
        "handled_at": alert.handled_at.isoformat() if alert.handled_at else None,
    }
