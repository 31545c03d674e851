"""What ``carte.json`` says: the description of the map, where it is, and where its parts are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.ca3b import vocabularies

from . import client, exports, served, words
from .model import DONE, WORKING, Map

if TYPE_CHECKING:
    from .access import Allowed

#: {z}, {x} and {y} are for who asks: what is in their place while an address is made.
_ZXY = (999, 999_999_991, 999_999_992)


def document(allowed: Allowed, found: Map | None) -> dict[str, Any]:
    """Return the content of ``carte.json`` for a map, None when there is none."""
    resource = allowed.resource
    said: dict[str, Any] = {"state": "none", "progress": 0, "stage": "", "error": None}
    description: dict[str, Any] = {"version": 1, "layers": [], "bbox": None, "warnings": []}
    if found is not None:
        said = {"state": found.state, "progress": found.progress, "stage": words.stage(found), "error": found.error}
        description = found.description or description
        said["stale"] = found.state == DONE and served.is_stale(found, resource)
    layers = [
        {
            **layer,
            "data": _data(resource["id"], found, layer),
            "urls": _urls(resource["id"], found, layer),
            "style": _style(layer),
        }
        for layer in description["layers"]
    ]
    return {**description, **said, "layers": layers, "urls": _common(resource["id"], layers),
            "url": tk.url_for("ca3b_maps.carte", resource_id=resource["id"]), "resource": about(resource)}  # fmt: skip


def about(resource: dict[str, Any]) -> dict[str, Any]:
    """Return who must be named under the map: title, page, producer and licence."""
    package: Any = model.Package.get(resource["package_id"])
    producer: Any = model.Group.get(package.owner_org) if package.owner_org else None
    licence = vocabularies.licences().find(package.license_id or "")
    names = [producer.title or producer.name] if producer else []
    names += [licence.label] if licence else []
    return {
        "title": resource["name"] or package.title,
        "dataset": package.title or package.name,
        "url": tk.url_for("dataset_resource.read", id=package.name, resource_id=resource["id"]),
        "producer": names[0] if producer else None,
        "license": licence.label if licence else None,
        "attribution": ", ".join(names),
    }


def tiles_address(resource_id: str, layer_id: str, version: str) -> str:
    """Return the address of the tiles of a layer, with ``{z}/{x}/{y}`` for who asks to fill in."""
    return _tiles({"resource_id": resource_id, "layer": layer_id, "v": version[:12]}, _external=True, locale="default")


def _urls(resource_id: str, found: Map | None, layer: dict[str, Any]) -> dict[str, str]:
    """Return the addresses of a layer. They change with the bytes, so that no cache mixes two maps."""
    here = {"resource_id": resource_id, "layer": layer["id"], "v": (found.version if found else "")[:12]}
    data, kept = layer.get("data") or {}, found.files if found else {}
    urls: dict[str, str] = {}
    if data.get("type") == "geojson":
        urls["data"] = tk.url_for("ca3b_maps.features", **here)
    if data.get("type") == "pmtiles":
        urls["tiles"] = _tiles(here)
    if layer.get("sample") in kept:
        urls["sample"] = tk.url_for("ca3b_maps.sample", **here)
    if layer.get("store") in kept:
        collection = exports.collection_id(resource_id, layer["id"])
        urls["items"] = tk.url_for("ca3b_ogc.items", collection_id=collection, _external=True)
    return urls


def _data(resource_id: str, found: Map | None, layer: dict[str, Any]) -> dict[str, Any]:
    """Return where a layer comes from; a service that browsers may not ask is asked through the portal."""
    data = layer.get("data") or {}
    if data.get("type") != "service" or not (data.get("proxied") or data.get("service") == "pmtiles"):
        return data
    here = {"resource_id": resource_id, "layer": layer["id"], "v": (found.version if found else "")[:12]}
    return {**data, "tiles": [_tiles(here)], "scheme": "xyz"}


def _tiles(here: dict[str, Any], **more: Any) -> str:
    z, x, y = _ZXY
    return tk.url_for("ca3b_maps.tile", z=z, x=x, y=y, **here, **more).replace(f"/{z}/{x}/{y}", "/{z}/{x}/{y}")


def _style(layer: dict[str, Any]) -> dict[str, Any]:
    style = layer.get("style") or {}
    return {**style, "icon_path": client.icon_path(style.get("icon"))}


def _common(resource_id: str, layers: list[dict[str, Any]]) -> dict[str, str]:
    first = layers[0]["urls"] if layers else {}
    embed = tk.url_for("ca3b_maps.embed", resource_id=resource_id, _external=True)
    return {**(first if len(layers) == 1 else {}), "embed": embed}


def text(value: Any) -> str:
    """Return a value as JSON for an attribute of a page."""
    return json.dumps(value, ensure_ascii=False)


def is_working(found: Map | None) -> bool:
    """Tell whether something is still to come."""
    return found is not None and found.state in WORKING
