"""The table written as it is sent: a few hundred datasets at a time, whatever their number."""

from __future__ import annotations

import codecs
import logging
from typing import TYPE_CHECKING, Any

import polars as pl
import sqlalchemy as sa
from ckan import model

from ckanext.ca3b.dcat.feeds import reading, selection, stamps
from ckanext.ca3b.tables import schemas
from ckanext.ca3b.tables.writing.neutral import neutralised
from ckanext.ca3b.territory.current import current_or_none
from ckanext.dcat.utils import dataset_uri

from . import rows
from .rows import Body

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.dcat.feeds.selection import Wanted

log = logging.getLogger(__name__)

_CHUNK = 200
_STAMPED = 1000
_GROUPS: Any = model.Group.__table__  # pyright: ignore[reportAttributeAccessIssue]


def tag(wanted: Wanted) -> str:
    """Return what changes whenever the table does."""
    parts = [stamps.portal(), str(wanted.scope)]
    for some in selection.windows(wanted, _STAMPED):
        parts += [f"{one.id} {one.stamp}" for one in some.datasets]
        model.Session.remove()
    return stamps.of(*parts)


def table(wanted: Wanted) -> Iterator[bytes]:
    """Yield the table as CSV: UTF-8 with its mark, which spreadsheets need, separated by commas."""
    columns = schemas.load(rows.SCHEMA).field_names
    bodies = _bodies()
    publisher = _publisher(wanted, bodies)
    yield codecs.BOM_UTF8 + _written(columns, [], header=True)
    for some in selection.windows(wanted, _CHUNK):
        known = reading.datasets(some.datasets)
        given = [(one, known[one.id]) for one in some.datasets if one.id in known]
        found = [_row(dataset, publisher, bodies.get(one.owner_org, publisher)) for one, dataset in given]
        yield _written(columns, [one for one in found if one])
        model.Session.remove()  # what it read stays in memory otherwise


def _row(dataset: dict[str, Any], publisher: Body, producer: Body) -> dict[str, str] | None:
    try:
        return rows.row(dataset, publisher=publisher, producer=producer, address=dataset_uri({"id": dataset["id"]}))
    except Exception:  # one bad dataset leaves the others where they are
        log.exception("The dataset %s cannot be told as a row of the catalogue", dataset.get("id"))
        return None


def _written(columns: tuple[str, ...], cells: list[dict[str, str]], *, header: bool = False) -> bytes:
    frame = pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String))
    harmless = (neutralised(pl.col(one)).alias(one) for one in columns)
    return frame.select(*harmless).write_csv(include_header=header).encode()


def _bodies() -> dict[str, Body]:
    """Return every organisation, by id."""
    columns = (_GROUPS.c.id, _GROUPS.c.name, _GROUPS.c.title, _GROUPS.c.extras)
    query = sa.select(*columns).where(_GROUPS.c.is_organization, _GROUPS.c.state == model.State.ACTIVE)
    found = {}
    for id_, name, title, extras in model.Session.execute(query):
        said = extras or {}
        found[id_] = Body(title or name, str(said.get("siren") or ""), str(said.get("kind") or ""))
    return found


def _publisher(wanted: Wanted, bodies: dict[str, Body]) -> Body:
    """Return who publishes: the organisation of the scope, else the agglomeration."""
    if wanted.scope.kind == "organization":
        group = model.Group.get(wanted.scope.name)
        if group is not None and group.id in bodies:
            return bodies[group.id]
    territory = current_or_none()
    if territory is None:
        return next((one for one in bodies.values() if one.kind == "agglomeration"), Body("", ""))
    epci = territory.epci
    known = next((one for one in bodies.values() if one.siren == epci.siren), None)
    return known or Body(epci.usual_name, epci.siren, "agglomeration")
