"""Where the data are about: communes, the extent that is drawn, and the places by name."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from .values import filled, text, uri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ckanext.ca3b.harvest.model import Description, Place

    from .notes import Notes

_SHAPES = frozenset({"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"})


def communes(description: Description, commune: str, territory: frozenset[str], notes: Notes) -> list[str]:
    """Return INSEE codes: those recognised, else the source's when the dataset tells no place at all."""
    found = description.communes or (() if description.spatial or not commune else (commune,))
    foreign = [code for code in found if territory and code not in territory]
    for code in foreign:
        notes.tell("foreign-commune", "spatial", code)
    return [code for code in dict.fromkeys(found) if code not in foreign]


def places(spatial: Iterable[Place], notes: Notes) -> dict[str, Any]:
    """Return ``spatial``, the first extent that is drawn, and ``spatial_coverage``, places that say more than that."""
    rows: list[dict[str, str]] = []
    drawn = ""
    for place in spatial:
        geom = _geometry(place, notes)
        drawn = drawn or geom
        row = filled(
            {
                "uri": uri(place.uri),
                "text": text(place.label)
                or ("" if uri(place.uri) else text(place.uri))
                or ", ".join(map(text, place.codes)).strip(", "),
                "geom" if place.geometry else "bbox": geom,
            }
        )
        if row and row not in rows:
            rows.append(row)
    if len(rows) == 1 and rows[0].keys() <= {"geom", "bbox"}:
        rows = []
    return {"spatial": drawn, "spatial_coverage": rows}


def _geometry(place: Place, notes: Notes) -> str:
    """Return the GeoJSON of a place, from its geometry else from its box."""
    if place.geometry:
        if _is_drawn(place.geometry):
            return json.dumps(_shape(place.geometry))
        notes.tell("unreadable-place", "spatial", place.geometry)
    if place.bbox is None:
        return ""
    box = _box(place.bbox)
    if box is None:
        notes.tell("unreadable-place", "spatial", ", ".join(map(str, place.bbox)))
        return ""
    return json.dumps(box)


def _box(bbox: tuple[float, float, float, float]) -> dict[str, Any] | None:
    """Return a box as a geometry: a rectangle, or the point or the line that it is when it has no ground."""
    west, south, east, north = bbox
    on_earth = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    if not on_earth or not all(map(math.isfinite, bbox)):
        return None
    if west == east and south == north:
        return {"type": "Point", "coordinates": [west, south]}
    if west == east or south == north:
        return {"type": "LineString", "coordinates": [[west, south], [east, north]]}
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _shape(geometry: dict[str, Any]) -> dict[str, Any]:
    """Return a geometry without what is beside its shape."""
    if geometry["type"] == "GeometryCollection":
        return {"type": geometry["type"], "geometries": [_shape(one) for one in geometry["geometries"]]}
    return {"type": geometry["type"], "coordinates": geometry["coordinates"]}


def _is_drawn(geometry: dict[str, Any]) -> bool:
    """Tell whether a geometry has a shape of GeoJSON and only positions on earth."""
    if geometry.get("type") == "GeometryCollection":
        parts = geometry.get("geometries")
        return (
            isinstance(parts, list) and bool(parts) and all(isinstance(one, dict) and _is_drawn(one) for one in parts)
        )
    return geometry.get("type") in _SHAPES and _are_positions(geometry.get("coordinates"))


def _are_positions(value: Any) -> bool:
    if not isinstance(value, list | tuple) or not value:
        return False
    if isinstance(value[0], list | tuple):
        return all(map(_are_positions, value))
    numbers = all(isinstance(one, int | float) and math.isfinite(one) for one in value)
    return numbers and len(value) >= 2 and -180 <= value[0] <= 180 and -90 <= value[1] <= 90
