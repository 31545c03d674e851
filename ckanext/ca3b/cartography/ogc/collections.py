"""The layers of the maps as collections: those that the visitor may see."""

from __future__ import annotations

import re
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.cartography import access, carte, exports, layers, served, store, words
from ckanext.ca3b.cartography.access import RefusedError
from ckanext.ca3b.cartography.layers import Layer

from .links import CRS84, GEOJSON, HTML, address, link

PAGE = 100
_ID = re.compile(r"(?P<resource>[0-9A-Za-z_-]{1,100})(?:\.(?P<layer>[0-9A-Za-z_-]{1,20}))?")


def layer_of(collection_id: str) -> Layer:
    """Return the layer of a collection. Raises RefusedError."""
    parts = _ID.fullmatch(collection_id)
    if parts is None:
        raise RefusedError(404, tk._("There is no such collection."))
    found = layers.one(parts["resource"], parts["layer"] or "0")
    _ = found.store  # a picture, or a sample, is no collection
    return found


def listed(offset: int) -> dict[str, Any]:
    """Return a page of the collections, of the maps from ``offset`` on; those that the visitor may not see are left."""
    maps = store.drawn(limit=PAGE + 1, offset=offset)
    found: list[dict[str, Any]] = []
    for resource_id in dict.fromkeys(one.resource_id for one in maps[:PAGE]):
        try:
            ready = _layers(resource_id)
        except RefusedError:
            continue
        found += [described(one) for one in ready]
    links = [link("self", address("collections", {"offset": offset} if offset else None), title=tk._("This page"))]
    if len(maps) > PAGE:
        links.append(link("next", address("collections", {"offset": offset + PAGE}), title=tk._("Next page")))
    return {"links": links, "collections": found}


def described(layer: Layer) -> dict[str, Any]:
    """Return the description of a collection."""
    resource = layer.allowed.resource
    id_ = exports.collection_id(resource["id"], str(layer.about["id"]))
    about = carte.about(resource)
    title = " – ".join(dict.fromkeys(one for one in (about["dataset"], layer.title) if one))
    items = address("items", collection_id=id_)
    page = tk.url_for("dataset_resource.read", id=resource["package_id"], resource_id=resource["id"], _external=True)
    box = layer.about.get("bbox") or (layer.map.description or {}).get("bbox")
    return {
        "id": id_,
        "title": title,
        "description": tk._("{title}. Source: {source}.").format(title=title, source=about["attribution"] or title),
        "itemType": "feature",
        "crs": [CRS84],
        **({"extent": {"spatial": {"bbox": [box], "crs": CRS84}}} if box else {}),
        "links": [
            link("self", address("collection", collection_id=id_), title=tk._("This layer")),
            link("items", items, GEOJSON, tk._("The objects of this layer")),
            link("alternate", page, HTML, tk._("The page of the file")),
            link("enclosure", tk.url_for("ca3b_maps.export", resource_id=resource["id"], form="gpkg",
                                         couche=layer.about["id"], _external=True),
                 "application/geopackage+sqlite3", tk._("The whole layer as a GeoPackage")),
        ],
    }  # fmt: skip


def _layers(resource_id: str) -> list[Layer]:
    """Return the layers of a file that have features."""
    allowed = access.allowed(resource_id)
    found = served.of(allowed.resource)
    if found is None or not found.drawn:
        raise RefusedError(404, words.no_map())
    every = [Layer(allowed, found, one) for one in (found.description or {})["layers"]]
    return [one for one in every if one.location(one.about.get("store"))]
