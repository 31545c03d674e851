"""What other pages ask of the fragments: those that fail, those that left, and the graph of one of them."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import attrs
import sqlalchemy as sa
from ckan import model
from ckan.model import meta
from rdflib import Graph

from . import fragments, selection
from .fragments import register_scorer
from .model import Fragment

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["Departed", "Problem", "departed", "graph_of", "has_left", "problems", "register_scorer"]

_TABLE: sa.Table = Fragment.__table__  # pyright: ignore[reportAttributeAccessIssue]
_PACKAGE: sa.Table = model.Package.__table__  # pyright: ignore[reportAttributeAccessIssue, reportAssignmentType]


@attrs.frozen
class Problem:
    """A published dataset that does not go out, and why."""

    dataset_id: str
    title: str
    sentence: str
    at: dt.datetime


@attrs.frozen
class Departed:
    """A dataset that was out and left. Its title is not told: it may be why it left."""

    dataset_id: str
    uri: str
    identifier: str
    organization_id: str
    at: dt.datetime


def problems() -> list[Problem]:
    """Return the published datasets that could not be described, the last found first."""
    query = (
        sa.select(_TABLE.c.dataset_id, _PACKAGE.c.title, _TABLE.c.error["sentence"].as_string(), _TABLE.c.built)
        .join(_PACKAGE, _PACKAGE.c.id == _TABLE.c.dataset_id)
        .where(_TABLE.c.error.is_not(None), _TABLE.c.left_at.is_(None), selection.is_published())
        .order_by(_TABLE.c.built.desc(), _TABLE.c.dataset_id)
    )
    return [Problem(id_, title or "", sentence or "", at) for id_, title, sentence, at in _rows(query)]


def departed(since: dt.datetime | None = None, organization_id: str = "", limit: int = 1000) -> list[Departed]:
    """Return the datasets that left ``since`` a moment, the last first."""
    fragments.sweep()
    query = sa.select(
        _TABLE.c.dataset_id, _TABLE.c.uri, _TABLE.c.identifier, _TABLE.c.organization_id, _TABLE.c.left_at
    ).where(_TABLE.c.left_at.is_not(None))
    if since is not None:
        query = query.where(_TABLE.c.left_at >= since)
    if organization_id:
        query = query.where(_TABLE.c.organization_id == organization_id)
    return [Departed(*row) for row in _rows(query.order_by(_TABLE.c.left_at.desc(), _TABLE.c.dataset_id).limit(limit))]


def has_left(dataset_id: str) -> bool:
    """Tell whether a dataset was out and is no more."""
    fragments.sweep()
    query = sa.select(_TABLE.c.dataset_id).where(_TABLE.c.dataset_id == dataset_id, _TABLE.c.left_at.is_not(None))
    return bool(_rows(query))


def graph_of(dataset_id: str) -> Graph | None:
    """Return the graph of what goes out of a dataset, None when nothing is kept of it."""
    rows = _rows(sa.select(_TABLE.c.nt).where(_TABLE.c.dataset_id == dataset_id, _TABLE.c.nt.is_not(None)))
    return Graph().parse(data=zlib.decompress(rows[0][0]), format="nt") if rows else None


def _rows(query: sa.Select[Any]) -> list[Any]:
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        return list(connection.execute(query))
