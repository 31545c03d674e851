"""The features of a collection, by pages, and one by its number."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.cartography import exports, features
from ckanext.ca3b.cartography.access import RefusedError

from . import parameters
from .links import CRS84, GEOJSON, address, link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ckanext.ca3b.cartography.layers import Layer

    from .parameters import Asked


def page(layer: Layer, arguments: Mapping[str, str]) -> bytes:
    """Return a page of features as GeoJSON. Raises RefusedError, SlowError, MissingError."""
    with features.opened(layer.store) as found:
        asked = parameters.read(arguments, found)
        matched = found.count(asked.conditions)
        rows = list(found.rows(asked.conditions, limit=asked.limit, offset=asked.offset))
    said = {
        "numberMatched": matched,
        "numberReturned": len(rows),
        "timeStamp": _moment(layer),
        "links": _pages(layer, asked, matched),
    }
    head = json.dumps({"type": "FeatureCollection", **said}, ensure_ascii=False)
    return f'{head[:-1]}, "features": [{",".join(features.geojson(rows))}]}}'.encode()


def single(layer: Layer, fid: str) -> bytes:
    """Return one feature as GeoJSON. Raises RefusedError, SlowError, MissingError."""
    row = None
    if fid.isascii() and fid.isdigit() and len(fid) < 19:
        with features.opened(layer.store) as found:
            row = found.row(int(fid))
    if row is None:
        raise RefusedError(404, tk._("This layer has no object of this number."))
    id_ = _id(layer)
    links = [
        link("self", address("item", collection_id=id_, fid=row.fid), GEOJSON, tk._("This object")),
        link("collection", address("collection", collection_id=id_), title=tk._("Its layer")),
    ]
    text = features.geojson([row])[0]
    return f'{text[:-1]},"links":{json.dumps(links, ensure_ascii=False)}}}'.encode()


def content_headers() -> dict[str, str]:
    """Return what is said of the coordinates of all answers."""
    return {"Content-Crs": f"<{CRS84}>"}


def _pages(layer: Layer, asked: Asked, matched: int) -> list[dict[str, Any]]:
    def to(rel: str, offset: int, title: str) -> dict[str, str]:
        arguments = {**asked.arguments, "limit": asked.limit} | ({"offset": offset} if offset else {})
        return link(rel, address("items", arguments, collection_id=_id(layer)), GEOJSON, title)

    found = [to("self", asked.offset, tk._("This page"))]
    if asked.offset + asked.limit < matched:
        found.append(to("next", asked.offset + asked.limit, tk._("Next page")))
    if asked.offset:
        found.append(to("prev", max(0, asked.offset - asked.limit), tk._("Previous page")))
    found.append(link("collection", address("collection", collection_id=_id(layer)), title=tk._("The layer")))
    return found


def _id(layer: Layer) -> str:
    return exports.collection_id(layer.map.resource_id, str(layer.about["id"]))


def _moment(layer: Layer) -> str:
    # That of the map, so that an answer that did not change is the same bytes.
    return layer.map.updated.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
