"""A report goes with its resource: it quotes cells of the file."""

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
