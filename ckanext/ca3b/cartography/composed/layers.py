"""The layers of a composed map: which of them somebody may see, and where they are drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b import contexts
from ckanext.ca3b.cartography import store as maps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ckan.types import Context


def seen(context: Context, kept: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the layers whose file may be seen, each with its file's ``resource_title`` and ``dataset_title``."""
    found = []
    for layer in kept:
        resource = _resource(context, layer["resource_id"])
        if resource is None:
            continue
        dataset = tk.get_action("package_show")(contexts.own(context), {"id": resource["package_id"]})
        found.append({
            **layer,
            "resource_title": resource.get("name") or dataset["title"],
            "dataset_title": dataset["title"],
            "dataset_name": dataset["name"],
        })  # fmt: skip
    return found


def problems(context: Context, given: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what is wrong with each layer: a file nobody may see, or without a map. Empty when all is well."""
    found = []
    for layer in given:
        wrong: dict[str, Any] = {}
        if _resource(context, layer["resource_id"]) is None:
            wrong["resource_id"] = [tk._("You may not see this file")]
        elif not drawn(layer["resource_id"], str(layer.get("layer") or "0")):
            wrong["resource_id"] = [tk._("This file has no map yet")]
        found.append(wrong)
    return found


def drawn(resource_id: str, layer: str) -> bool:
    """Tell whether the map of a file has this layer."""
    rows = maps.drawn([resource_id], limit=1)
    return any(str(one.get("id")) == layer for row in rows for one in (row.description or {}).get("layers", []))


def composition(layer: dict[str, Any], carte: str) -> dict[str, Any]:
    """Return a layer in the words of the map in the browser (``assets/maps/create.js``)."""
    style = {name: layer[name] for name in ("attribute", "kind", "classes") if layer.get(name)}
    return {
        "carte": carte,
        "layer": layer.get("layer") or "0",
        "title": layer.get("title") or layer["resource_title"],
        "visible": layer.get("visible", True),
        "opacity": layer.get("opacity", 1),
        **({"style": style} if style else {}),
    }


def _resource(context: Context, resource_id: str) -> dict[str, Any] | None:
    try:
        return tk.get_action("resource_show")(contexts.own(context), {"id": resource_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return None
