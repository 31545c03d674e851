"""A report goes with its resource, or with bytes that must be forgotten: it quotes cells of the file."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from ckan import model

from .model import Report


def forget(entity: Any, operation: str) -> None:
    """Delete the reports of a resource that goes, in the same transaction; called by CKAN for each change."""
    if not isinstance(entity, model.Resource):
        return
    if operation == model.DomainObjectOperation.deleted or entity.state == model.State.DELETED:
        table = Report.__table__
        model.Session.execute(sa.delete(table).where(table.c.resource_id == entity.id))


def forget_bytes(resource_id: str, *, sha256: str, **_: Any) -> None:
    """Delete the reports of some bytes of a resource, unless they are its present ones; a receiver of a signal."""
    present = model.Resource.get(resource_id)
    if present is not None and present.hash == sha256:
        return
    table = Report.__table__
    model.Session.execute(sa.delete(table).where(table.c.resource_id == resource_id, table.c.sha256 == sha256))
    model.Session.commit()
