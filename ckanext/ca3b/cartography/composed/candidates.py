"""Which files can be put on a composed map: those that have a map, found by the words of their dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b import contexts
from ckanext.ca3b.cartography import store as maps

if TYPE_CHECKING:
    from ckan.types import Context

    from ckanext.ca3b.cartography.model import Map

#: Datasets looked through for the words of a search, and layers shown.
_DATASETS, _SHOWN = 100, 20


def find(context: Context, words: str) -> list[dict[str, Any]]:
    """Return the layers that may be added: ``{resource_id, layer, title, dataset_title, features}``.

    Without words, those of the maps drawn last.
    """
    drawn = _of_words(context, words) if words.strip() else maps.drawn(limit=3 * _SHOWN)
    found: list[dict[str, Any]] = []
    for row in drawn:
        found += _layers(context, row)
        if len(found) >= _SHOWN:
            break
    return found[:_SHOWN]


def describe(context: Context, layer: dict[str, Any]) -> dict[str, Any]:
    """Return what the form shows of a layer: titles, and the attributes it may be coloured by."""
    rows = maps.drawn([layer["resource_id"]], limit=1) if layer.get("resource_id") else []
    one = next((each for row in rows for each in _layers(context, row) if each["layer"] == layer.get("layer")), None)
    return one or {"title": tk._("A file that you may not see"), "dataset_title": "", "attributes": []}


def _of_words(context: Context, words: str) -> list[Map]:
    asked = {"q": words, "rows": _DATASETS, "include_private": True}
    answer = tk.get_action("package_search")(contexts.own(context), asked)
    ids = [resource["id"] for dataset in answer["results"] for resource in dataset["resources"]]
    return maps.drawn(ids) if ids else []


def _layers(context: Context, row: Map) -> list[dict[str, Any]]:
    try:
        resource = tk.get_action("resource_show")(contexts.own(context), {"id": row.resource_id})
        dataset = tk.get_action("package_show")(contexts.own(context), {"id": row.package_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return []
    layers = (row.description or {}).get("layers", [])
    name = resource.get("name") or dataset["title"]
    return [
        {
            "resource_id": row.resource_id,
            "layer": str(one["id"]),
            "title": name if len(layers) == 1 else f"{name} – {one.get('name') or one['id']}",
            "dataset_title": dataset["title"],
            "features": one.get("features") or 0,
            "attributes": [each for each in one.get("attributes") or [] if each.get("in_tiles", True)],
        }
        for one in layers
    ]
