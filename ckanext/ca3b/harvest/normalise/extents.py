"""Places of any shape: WKT, GeoJSON, GML, boxes in all orders, DCMI boxes, place URIs and names."""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry import box, mapping, shape
from shapely.ops import transform

from ckanext.ca3b.harvest.model import Place

from .texts import one_line, visible

_WKT = re.compile(
    r"^\s*(?:SRID=(?P<srid>\d+)\s*;\s*|<(?P<crs>[^>]*)>\s*)?"
    r"(?P<wkt>(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\b.*|GEOMETRYCOLLECTION\b.*)$",
    re.IGNORECASE | re.DOTALL,
)
_ENVELOPE = re.compile(r"^\s*(ENVELOPE|BOX(?:2D|3D)?)\s*\(([^)]*)\)\s*$", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
_POINTED = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_DCMI = re.compile(r"(north|south|east|west|up|down|name|units|projection)(?:limit)?\s*[=:]\s*([^;,}]+)", re.IGNORECASE)
_GML_POSITIONS = re.compile(
    r"<(?:\w+:)?(posList|pos|coordinates|lowerCorner|upperCorner)\b[^>]*>([^<]*)<", re.IGNORECASE
)
_GML_CRS = re.compile(r"srsName\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_COMMUNE_URI = re.compile(
    r"(?:/geo/(?:commune|\d{4}/COM_)[/_]?|/COM[-_]|fr:commune:|/communes/)(\d{5}|2[AB]\d{3})(?:@[\d-]+)?/?$",
    re.IGNORECASE,
)
_INSEE = re.compile(r"\d{5}|2[AB]\d{3}", re.IGNORECASE)
_LARGEST = 2_000_000  # characters: an outline longer than this is no extent


def place(value: Any, *, label: str = "", uri: str = "") -> Place | None:
    """Return the place that a value tells, None when it tells nothing.

    ``value`` is a text, a GeoJSON object, four numbers, or a place already.
    A text that is no geometry, no box and no URI is a name.
    Coordinates come out in degrees, longitude first; those that cannot be on Earth are no geometry.
    """
    if isinstance(value, Place):
        return value
    found = _geometry(value)
    if found is not None:
        geometry, bounds = found
        return Place(one_line(label), uri, geometry, bounds, _codes(uri))
    text = one_line(value) if isinstance(value, str) else ""
    if _INSEE.fullmatch(text):
        return Place(one_line(label) or text, uri, codes=(text.upper(),))
    if text.startswith(("http://", "https://", "urn:")) or re.match(r"fr:\w+:", text):
        return Place(one_line(label), uri or text, codes=_codes(text))
    if (
        text
        and not re.match(r"[\[{<(]", text)
        and not _WKT.match(text)
        and re.search(r"[^\W\d_]", text)
        and len(text) < 300
    ):
        name = {key.lower(): part.strip() for key, part in _DCMI.findall(text)}.get("name", text)
        return Place(one_line(label) or name, uri, codes=_codes(uri))
    return Place(one_line(label), uri, codes=_codes(uri)) if label or uri else None


def _codes(uri: str) -> tuple[str, ...]:
    match = _COMMUNE_URI.search(uri)
    return (match[1].upper(),) if match else ()


def _geometry(value: Any) -> tuple[dict[str, Any] | None, tuple[float, float, float, float]] | None:
    """Return a GeoJSON geometry and its box; no geometry when only a box is told."""
    if isinstance(value, str):
        if len(value) > _LARGEST:
            return None
        text = visible(value).strip()
        return _read(text)
    if isinstance(value, dict):
        return _from_geojson(value)
    if isinstance(value, list | tuple):
        return _boxed(_flat(value))
    return None


@lru_cache(maxsize=512)
def _read(text: str) -> tuple[dict[str, Any] | None, tuple[float, float, float, float]] | None:
    """Read a text; catalogues repeat the same extents, and each is asked for more than once."""
    return _from_json(text) or _from_wkt(text) or _from_gml(text) or _boxed(_from_box(text))


def _from_json(text: str) -> tuple[dict[str, Any] | None, tuple[float, float, float, float]] | None:
    if not text.startswith(("{", "[")):
        return None
    try:
        loaded = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
    return _geometry(loaded) if isinstance(loaded, dict | list) else None


def _from_geojson(value: dict[str, Any]) -> tuple[dict[str, Any] | None, tuple[float, float, float, float]] | None:
    if value.get("type") == "Feature":
        return _geometry(value.get("geometry"))
    if value.get("type") == "FeatureCollection":
        shapes = [_geometry(each) for each in value.get("features") or () if isinstance(each, dict)]
        kept = [shape(each[0]) for each in shapes if each and each[0]]
        return _drawn(shapely.union_all(kept)) if kept else None
    if str(value.get("type", "")).lower() == "envelope" and isinstance(value.get("coordinates"), list):
        numbers = _numbers(value["coordinates"])  # [[west, north], [east, south]]
        return (
            _boxed([min(numbers[0::2]), min(numbers[1::2]), max(numbers[0::2]), max(numbers[1::2])])
            if len(numbers) == 4
            else None
        )
    try:
        return _drawn(shape(value))
    except Exception:  # noqa: BLE001 - shapely lets anything through: TypeError, KeyError, its own
        return None


def _from_wkt(text: str) -> tuple[dict[str, Any] | None, tuple[float, float, float, float]] | None:
    match = _ENVELOPE.match(text)
    if match:
        numbers = _numbers(match[2])
        if match[1].upper() == "ENVELOPE" and len(numbers) == 4:  # west, east, north, south
            numbers = [numbers[0], numbers[3], numbers[1], numbers[2]]
        elif len(numbers) == 6:
            numbers = [numbers[0], numbers[1], numbers[3], numbers[4]]
        return _boxed(numbers)
    match = _WKT.match(text)
    if not match:
        return None
    try:
        found = shapely.from_wkt(match["wkt"])
    except shapely.errors.GEOSException:
        return None
    return _drawn(_degrees(found, match["srid"] or match["crs"] or "", swapped=bool(match["crs"])))


def _from_gml(text: str) -> tuple[dict[str, Any] | None, tuple[float, float, float, float]] | None:
    found = _GML_POSITIONS.findall(text) if "<" in text else []
    if not found:
        return None
    numbers = [float(number) for _, positions in found for number in _POINTED.findall(positions)]
    points = list(zip(numbers[0::2], numbers[1::2], strict=False))
    crs = _GML_CRS.search(text)
    if not points:
        return None
    corners = {name.lower() for name, _ in found} <= {"lowercorner", "uppercorner"}
    try:
        drawn = (
            box(*shapely.MultiPoint(points).bounds)
            if corners or 1 < len(points) < 4
            else shapely.Point(points[0])
            if len(points) == 1
            else shapely.Polygon(points)
        )
    except (ValueError, shapely.errors.GEOSException):
        return None
    said = crs[1] if crs else ""
    return _drawn(_degrees(drawn, said, swapped=said.startswith(("urn:", "http"))))


def _degrees(found: Any, crs: str, *, swapped: bool) -> Any:
    """Return a geometry in degrees; ``swapped``: a CRS given by URI has the axes of its authority."""
    number = re.search(r"(\d{4,6})/?$", crs)
    if not number or "CRS84" in crs.upper():
        return found
    code = int(number[1])
    if code in {4326, 4258, 4171, 6706, 4937}:
        return transform(lambda x, y, *_: (y, x), found) if swapped else found
    from pyproj import Transformer  # noqa: PLC0415 - its data takes time to load
    from pyproj.exceptions import ProjError  # noqa: PLC0415

    try:
        return transform(Transformer.from_crs(code, 4326, always_xy=True).transform, found)
    except ProjError:
        return found


def _from_box(text: str) -> list[float]:
    """Return west, south, east, north of a text, ``[]`` when it is none."""
    said = {
        name.lower(): _numbers(part)
        for name, part in _DCMI.findall(text)
        if name.lower() not in {"name", "units", "projection"}
    }
    if {"north", "south", "east", "west"} <= said.keys() and all(
        said[side] for side in ("north", "south", "east", "west")
    ):
        return [said[side][0] for side in ("west", "south", "east", "north")]
    if re.search(r"[^\W\d_eE]", text):
        return []
    numbers = [float(number) for number in _POINTED.findall(text)] if "." in text or text.count(",") <= 3 else []
    if len(numbers) != 4 and ";" in text:
        numbers = [float(number.replace(",", ".")) for number in _NUMBER.findall(text)]
    return numbers if len(numbers) == 4 else []


def _numbers(value: Any) -> list[float]:
    if isinstance(value, list | tuple):
        return [number for each in value for number in _numbers(each)]
    if isinstance(value, bool):
        return []
    if isinstance(value, int | float):
        return [float(value)]
    return [float(number) for number in _POINTED.findall(str(value))]


def _flat(value: Any) -> list[float]:
    numbers = _numbers(value)
    if len(numbers) == 4 and any(isinstance(each, list | tuple) for each in value):  # [[x, y], [x, y]]
        return [min(numbers[0::2]), min(numbers[1::2]), max(numbers[0::2]), max(numbers[1::2])]
    return numbers if len(numbers) == 4 else []


def _boxed(numbers: list[float]) -> tuple[None, tuple[float, float, float, float]] | None:
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):
        return None
    west, south, east, north = numbers
    if south > north:
        south, north = north, south
    if not (-180 <= west <= 180 and -180 <= east <= 180 and south >= -90 and north <= 90):
        return None
    return None, (west, south, east, north)


def _drawn(found: Any) -> tuple[dict[str, Any], tuple[float, float, float, float]] | None:
    if found is None or found.is_empty:
        return None
    flat = shapely.force_2d(found)
    boxed = _boxed(list(flat.bounds))
    # A box leaves out the corners that are no numbers, the outline would not.
    if boxed is None or not all(map(math.isfinite, shapely.get_coordinates(flat).flat)):
        return None
    drawn = json.loads(json.dumps(mapping(flat)))
    return drawn, boxed[1]
