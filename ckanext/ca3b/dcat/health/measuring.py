"""Measuring what goes out, and keeping the measure beside it: once for each description."""

from __future__ import annotations

import logging
import zlib
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from ckan import model
from ckan.model import meta
from rdflib import Graph, URIRef

from ckanext.ca3b.database import session, storable
from ckanext.ca3b.dcat import graphs, quality
from ckanext.ca3b.dcat.feeds import building, selection
from ckanext.ca3b.dcat.feeds.model import Fragment
from ckanext.dcat.utils import dataset_uri

from . import reach

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

log = logging.getLogger(__name__)

#: How many are read, measured and written at a time.
CHUNK = 50
_TABLE: sa.Table = Fragment.__table__  # pyright: ignore[reportAttributeAccessIssue]
_PACKAGE: sa.Table = model.Package.__table__  # pyright: ignore[reportAttributeAccessIssue, reportAssignmentType]
_OUT = sa.and_(_TABLE.c.left_at.is_(None), _TABLE.c.nt.is_not(None))
#: What was measured by this version.
MEASURED = sa.func.coalesce(_TABLE.c.score["version"].as_integer(), 0) == quality.VERSION


def of(dataset_id: str) -> quality.Quality | None:
    """Return the quality of what goes out of a dataset, measured now if need be; None when nothing goes out."""
    selected = selection.of([dataset_id])
    if not building.ensure(list(selected.values())):
        return None
    kept = _kept(dataset_id)
    if quality.unpack(kept) is None:
        measure([dataset_id])
        kept = _kept(dataset_id)
    return quality.unpack(kept)


def of_unpublished(dataset: dict[str, Any]) -> quality.Quality | None:
    """Return the quality that a dataset would have if it went out with all its files; None when it cannot be told."""
    try:
        graph = graphs.dataset_graph(dataset)
    except graphs.GraphError:
        return None
    return _measured(dataset["id"], graph, reach.statuses(reach.resources([dataset["id"]])))


def describe(dataset_ids: Collection[str]) -> None:
    """Describe datasets that were not, those of them that go out."""
    building.ensure(list(selection.of(dataset_ids).values()))


def measure(dataset_ids: Collection[str]) -> int:
    """Measure fragments and keep their scores; return how many."""
    query = sa.select(_TABLE.c.dataset_id, _TABLE.c.stamp, _TABLE.c.nt).where(_among(dataset_ids), _OUT)
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        rows = list(connection.execute(query))
    known = reach.statuses(reach.resources([row[0] for row in rows])) if rows else {}
    done = 0
    for dataset_id, stamp, text in rows:
        try:
            graph = Graph().parse(data=zlib.decompress(text), format="nt")
            score = storable(quality.pack(_measured(dataset_id, graph, known)))
        except Exception:  # one that cannot be measured keeps none of the others
            log.exception("The dataset %s could not be measured", dataset_id)
            continue
        # Another description may have come meanwhile: it has a measure of its own.
        same = sa.and_(_TABLE.c.dataset_id == dataset_id, _TABLE.c.stamp == stamp)
        with session() as current:
            current.execute(sa.update(_TABLE).where(same).values(score=score))
        done += 1
    return done


def missing(limit: int, organizations: Sequence[str] | None = None) -> list[str]:
    """Return the ids of datasets that go out and are not measured yet."""
    query = (
        sa.select(_TABLE.c.dataset_id)
        .join(_PACKAGE, _PACKAGE.c.id == _TABLE.c.dataset_id)
        .where(_OUT, ~MEASURED, selection.is_published())
        .order_by(_TABLE.c.dataset_id)
        .limit(limit)
    )
    if organizations is not None:
        query = query.where(_PACKAGE.c.owner_org.in_(organizations))
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        return list(connection.scalars(query))


def everything() -> Iterator[int]:
    """Describe and measure all that goes out and is not measured yet; yield after each chunk how many were."""
    done = 0
    for some in selection.windows(selection.Wanted(), CHUNK):
        building.ensure(some.datasets)
        done += measure(_unmeasured([one.id for one in some.datasets]))
        model.Session.remove()
        yield done


def _unmeasured(ids: Collection[str]) -> list[str]:
    query = sa.select(_TABLE.c.dataset_id).where(_among(ids), _OUT, ~MEASURED)
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        return list(connection.scalars(query))


def _kept(dataset_id: str) -> Any:
    query = sa.select(_TABLE.c.score).where(_TABLE.c.dataset_id == dataset_id, _OUT)
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        return connection.scalar(query)


def _measured(dataset_id: str, graph: Graph, known: dict[str, int | None]) -> quality.Quality:
    return quality.measure(graph, URIRef(dataset_uri({"id": dataset_id})), reachable=reach.addresses(graph, known))


def _among(ids: Collection[str]) -> sa.ColumnElement[bool]:
    return _TABLE.c.dataset_id == sa.any_(sa.cast(list(ids), sa.ARRAY(sa.UnicodeText)))
