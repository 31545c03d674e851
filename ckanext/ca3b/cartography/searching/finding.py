"""The datasets found, each with the ground it covers. Who sees what is for ``package_search`` to say."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import shapely
from attrs import frozen
from shapely.geometry import shape

from ckanext.ca3b import contexts
from ckanext.ca3b.territory import indexing

if TYPE_CHECKING:
    from ckan.types import Context
    from shapely.geometry.base import BaseGeometry

    from ckanext.ca3b.territory.core import Territory

    from .asked import Asked

ROWS = 20
# About ten metres, and no more than a page can carry: a finer or heavier outline is drawn by its box.
_TOLERANCE, _HEAVY = 0.0001, 20_000


@frozen
class Found:
    """A dataset and its extent: communes, or a geometry of its own, or none known.

    ``codes`` are empty for the whole territory (``everywhere``) and when ``geometry`` (GeoJSON) tells it.
    """

    dataset: dict[str, Any]
    codes: tuple[str, ...] = ()
    everywhere: bool = False
    geometry: dict[str, Any] | None = None


def find(context: Context, territory: Territory, asked: Asked) -> tuple[int, list[Found]]:
    """Return how many datasets answer, and those of the page."""
    query: dict[str, Any] = {
        "q": asked.words,
        "rows": ROWS,
        "start": (asked.page - 1) * ROWS,
        "include_private": tk.config.get("ckan.search.default_include_private"),
        "fq": "+dataset_type:dataset",
        "extras": {},
    }
    if asked.communes:
        query["fq"] += f" +{indexing.FACET}:({' OR '.join(asked.communes)})"
    if asked.box:
        query["extras"]["ext_bbox"] = ",".join(str(edge) for edge in asked.box)
    answer = tk.get_action("package_search")(contexts.own(context), query)
    return answer["count"], [extent(territory, dataset) for dataset in answer["results"]]


def extent(territory: Territory, dataset: dict[str, Any]) -> Found:
    """Return a dataset with the ground by which the index finds it (see :mod:`ckanext.ca3b.territory.indexing`)."""
    geometry = _geometry(dataset.get("spatial"))
    if geometry:
        return Found(dataset, geometry=geometry)
    owner = (dataset.get("organization") or {}).get("name")
    codes = indexing.covered(territory, dataset.get("communes"), owner)
    if codes and len(codes) == len(territory.communes):
        return Found(dataset, everywhere=True)
    return Found(dataset, codes=tuple(codes))


def _geometry(given: Any) -> dict[str, Any] | None:
    if not given:
        return None
    try:
        read: BaseGeometry = shape(json.loads(given) if isinstance(given, str) else given)
        simple = read.simplify(_TOLERANCE)
        text = shapely.to_geojson(simple)
        return json.loads(text if len(text) <= _HEAVY else shapely.to_geojson(read.envelope))
    except (ValueError, TypeError, KeyError, AttributeError, shapely.errors.ShapelyError):
        return None
