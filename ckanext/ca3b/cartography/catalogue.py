"""What the maps tell the outgoing catalogue: services of features and tiles, reference system, extent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from ckanext.ca3b import catalogue
from ckanext.ca3b.database import session

from . import answers, exports, tilejson
from .model import DONE, Map
from .ogc.links import CONFORMANCE, CRS84, GEOJSON

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_EPSG = re.compile(r"EPSG:([0-9]{4,6})")
#: How a system is known by more than its coordinates.
_SAID = frozenset({"file", "format"})


def stamps(resources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return by id the version of the map of the present bytes."""
    return {one.resource_id: one.version[:16] or one.id for one in _present(resources)}


def facts(resources: Sequence[Mapping[str, Any]]) -> dict[str, list[catalogue.Fact]]:
    """Return by id what the map of the present bytes of each file gives and says."""
    return {one.resource_id: list(_of(one)) for one in _present(resources)}


def _present(resources: Sequence[Mapping[str, Any]]) -> list[Map]:
    """Return the finished maps of the present bytes, one by file; of links, whose bytes change, none."""
    sums = [(one["id"], one["hash"]) for one in resources if one.get("url_type") and one.get("hash")]
    if not sums:
        return []
    query = (
        sa.select(Map)
        .where(sa.tuple_(Map.resource_id, Map.sha256).in_(sums), _DRAWN)  # pyright: ignore[reportArgumentType]
        .distinct(Map.resource_id)  # pyright: ignore[reportArgumentType]
        .order_by(Map.resource_id, Map.engine.desc())  # pyright: ignore[reportAttributeAccessIssue]
    )
    with session() as one:
        return list(one.scalars(query))


def _of(found: Map) -> Iterator[catalogue.Fact]:
    said = found.description or {}
    if (box := said.get("bbox")) and len(box) == 4:
        yield catalogue.Extent(*(float(one) for one in box))
    if said.get("crs_how") in _SAID and (uri := _system(str(said.get("crs")), str(said.get("driver")))):
        yield catalogue.Crs(uri)
    layers = said.get("layers") or []
    page = catalogue.address("dataset_resource.read", id=found.package_id, resource_id=found.resource_id)
    for layer in layers:
        words = f" : {layer['name']}" if len(layers) > 1 and layer.get("name") else ""
        if layer.get("store") in found.files:
            yield _features(found, layer, words, page)
        data = layer.get("data") or {}
        if data.get("type") == "pmtiles" and data.get("file") in found.files:
            yield _tiles(found, layer, words, page)


def _features(found: Map, layer: Mapping[str, Any], words: str, page: str) -> catalogue.Service:
    name = exports.collection_id(found.resource_id, layer["id"])
    return catalogue.Service(
        kind=catalogue.OGC_FEATURES,
        title=f"OGC API – Features{words}",
        endpoint_url=catalogue.address("ca3b_ogc.collection", collection_id=name),
        endpoint_description=catalogue.address("ca3b_ogc.api"),
        documentation=page,
        conforms_to=CONFORMANCE,
        media_type=GEOJSON,
    )


def _tiles(found: Map, layer: Mapping[str, Any], words: str, page: str) -> catalogue.Service:
    where = catalogue.address("ca3b_maps.tilejson", resource_id=found.resource_id, layer=layer["id"])
    return catalogue.Service(
        kind=catalogue.TILES,
        title=f"Tuiles de la carte{words}",
        endpoint_url=where,
        endpoint_description=where,
        documentation=page,
        conforms_to=(tilejson.SPECIFICATION,),
        media_type=answers.TILE,
    )


def _system(code: str, driver: str) -> str | None:
    """Return the address of a reference system at OGC; GeoJSON writes longitude first, which EPSG:4326 does not."""
    if driver.casefold() == "geojson" and code == "EPSG:4326":
        return CRS84
    found = _EPSG.fullmatch(code)
    return f"http://www.opengis.net/def/crs/EPSG/0/{found.group(1)}" if found else None


_DRAWN: Any = sa.and_(Map.state == DONE, Map.description.is_not(None))  # pyright: ignore[reportOptionalMemberAccess, reportArgumentType]
