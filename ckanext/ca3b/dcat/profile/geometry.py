"""Any geometry as a polygon in WKT of bounded size: what those who harvest us draw.

data.gouv.fr understands polygons only, and joins all those of a place: so one per place, never a point.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import box, shape

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

#: The longest text of a geometry, in characters; a longer one is simplified, then becomes its bounding box.
LONGEST = 12_000
#: About one metre.
GRID = 1e-5
_TOLERANCES = (0.00005, 0.0002, 0.001, 0.004, 0.02)
_HUGE = 5_000_000
_EARTH = box(-180, -90, 180, 90)


def polygon(value: Any) -> str | None:
    """Return a polygon or several, in degrees, as WKT; None for what is no geometry of the Earth.

    :param value: GeoJSON (an object or its text) or WKT; points and lines become the rectangle around them.
    """
    if isinstance(value, dict):
        try:
            value = json.dumps(value)
        except (TypeError, ValueError):
            return None
    if not isinstance(value, str) or not value.strip() or len(value) > _HUGE:
        return None
    return _polygon(value)


@lru_cache(maxsize=1024)
def rectangle(west: float, south: float, east: float, north: float) -> str | None:
    """Return a rectangle in degrees as WKT, None when its edges are no place on the Earth."""
    try:
        return _written(_cleaned(box(west, south, east, north)))
    except (ShapelyError, ValueError, TypeError):
        return None


@lru_cache(maxsize=256)
def _polygon(text: str) -> str | None:
    try:
        found = _read(text)
        return None if found is None else _written(_cleaned(found))
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError):
        return None


def _read(text: str) -> BaseGeometry | None:
    if not text.lstrip().startswith("{"):
        return shapely.from_wkt(text.rpartition(">")[2].strip().upper())
    given = json.loads(text)
    if given.get("type") == "Feature":
        given = given["geometry"]
    return shape(given)


def _cleaned(found: BaseGeometry) -> BaseGeometry | None:
    flat = shapely.force_2d(found)
    if flat.is_empty or not _EARTH.covers(box(*flat.bounds)):
        return None
    areas = _areas(flat)
    return _on_grid(areas) if areas is not None else None


def _on_grid(found: BaseGeometry) -> BaseGeometry | None:
    """Return a geometry as it comes back from its own text: same first point, same order, whoever wrote it."""
    rounded = _areas(shapely.set_precision(found, GRID))
    return None if rounded is None else shapely.normalize(rounded)


def _areas(found: BaseGeometry) -> BaseGeometry | None:
    """Return what has an area in a geometry, or the rectangle around one that has none."""
    if not found.is_valid:
        found = shapely.make_valid(found)
    parts = [one for one in shapely.get_parts(found, return_index=False) if one.geom_type.endswith("Polygon")]
    nested = [piece for one in parts for piece in shapely.get_parts(one)]
    whole = [one for one in nested if not one.is_empty]
    if not whole:
        if found.is_empty:
            return None
        west, south, east, north = found.bounds
        return box(west - GRID, south - GRID, east + GRID, north + GRID)
    return whole[0] if len(whole) == 1 else shapely.multipolygons(whole)


def _written(found: BaseGeometry | None) -> str | None:
    if found is None:
        return None
    wkt = _wkt(found)
    for tolerance in _TOLERANCES if len(wkt) > LONGEST else ():
        simpler = _on_grid(found.simplify(tolerance))
        if simpler is not None and len(wkt := _wkt(simpler)) <= LONGEST:
            return wkt
    return wkt if len(wkt) <= LONGEST else _wkt(box(*found.bounds))


def _wkt(found: BaseGeometry) -> str:
    return shapely.to_wkt(found, rounding_precision=5)
