"""What the templates of the map receive."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b import formatting

from . import access, carte, derived, exports, features, layers, served, words
from .access import RefusedError

if TYPE_CHECKING:
    from .access import Allowed
    from .layers import Layer

log = logging.getLogger(__name__)

_ROWS, _COLUMNS, _LETTERS = 20, 8, 120


def variables(resource_id: str) -> dict[str, Any]:
    """Return ``map`` for the view of a file, None when it has no map or the visitor may not see it."""
    try:
        return {"map": described(access.allowed(resource_id))}
    except RefusedError:
        return {"map": None}


def described(allowed: Allowed, *, embedded: bool = False) -> dict[str, Any] | None:
    """Return what ``ca3b/maps/map.html`` needs; None when the file has no map.

    ``message`` says what is missing or still to come; ``table`` holds the first objects, ``downloads`` pairs of a
    format and an address.
    """
    resource = allowed.resource
    found = served.of(resource)
    if found is None:
        return None
    said = carte.document(allowed, found)
    about = said["resource"]
    ready = [layers.Layer(allowed, found, one) for one in (found.description or {}).get("layers", [])]
    embed = tk.url_for("ca3b_maps.embed", resource_id=resource["id"], _external=True)
    return {
        "src": tk.url_for("ca3b_maps.carte", resource_id=resource["id"]),
        "title": about["title"],
        "description": said if found.drawn else None,
        "state": found.state,
        "progress": found.progress,
        "error": found.error,
        "message": "" if found.error else words.message(found, stale=bool(said.get("stale"))),
        "page": tk.url_for("dataset_resource.read", id=resource["package_id"], resource_id=resource["id"],
                           _external=True),
        "embed": embed if allowed.public else None,
        "table": _table(ready[0]) if ready else None,
        "downloads": downloads(ready),
        "ogc": tk.url_for("ca3b_ogc.landing", _external=True) if any(one.about.get("store") for one in ready) else None,
        "embedded": embedded,
    }  # fmt: skip


def downloads(ready: list[Layer]) -> list[tuple[str, str]]:
    """Return the formats of the layers of a map, with their addresses."""
    stored = [one for one in ready if one.location(one.about.get("store"))]
    found = []
    for one in stored:
        title = f"{one.title} – " if len(stored) > 1 else ""
        here = {"resource_id": one.allowed.resource["id"]} | ({"couche": one.about["id"]} if len(stored) > 1 else {})
        found += [
            (title + each.label, tk.url_for("ca3b_maps.export", form=form, **here))
            for form, each in exports.FORMATS.items()
        ]
    return found


def _table(layer: Layer) -> dict[str, Any] | None:
    """Return the first objects of a layer as text: the column that names them, then those that the map proposes."""
    location = layer.location(layer.about.get("store"))
    if location is None:
        return None
    try:
        with features.opened(location) as found:
            rows = list(found.rows(limit=_ROWS))
            names = list(found.kinds)
            total = layer.about.get("features") or found.count()
    except (derived.MissingError, features.SlowError):
        log.warning("The first objects of the map of %s could not be read", layer.map.resource_id, exc_info=True)
        return None
    title = layer.about.get("title")
    names = [*([title] if title in names else []), *(name for name in names if name != title)][:_COLUMNS]
    labels = {one["name"]: one.get("label") or one["name"] for one in layer.about.get("attributes") or []}
    return {
        "columns": [tk._("No."), *(labels.get(name, name) for name in names)] if not names else
                   [labels.get(name, name) for name in names],
        "rows": [[_text(row.properties.get(name)) for name in names] or [str(row.fid)] for row in rows],
        "total": total,
    }  # fmt: skip


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return tk._("yes") if value else tk._("no")
    if isinstance(value, int | float):
        return formatting.number(value)
    text = str(value)
    return text if len(text) <= _LETTERS else text[: _LETTERS - 1] + "…"
