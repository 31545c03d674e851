"""Lists, objects, points and shapes, written as JSON."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .base import LENGTHS, Reader, attempt
from .numbers import number_key

if TYPE_CHECKING:
    from ckanext.ca3b.tables.schemas import Field

_DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def _json_key(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def array_reader(_: Field) -> Reader:
    """A JSON list."""

    def read(text: str) -> list[Any] | None:
        value = json.loads(text)
        return value if isinstance(value, list) else None

    return Reader(parse=attempt(read), constraints=("required", *LENGTHS, "enum"), key=_json_key)


def object_reader(_: Field) -> Reader:
    """A JSON object."""

    def read(text: str) -> dict[str, Any] | None:
        value = json.loads(text)
        return value if isinstance(value, dict) else None

    return Reader(parse=attempt(read), constraints=("required", *LENGTHS, "enum"), key=_json_key)


def geopoint_reader(field: Field) -> Reader:
    """A longitude then a latitude in degrees."""

    def read(text: str) -> tuple[Decimal, Decimal] | None:
        if field.format == "array":
            lon, lat = json.loads(text)
        elif field.format == "object":
            value = json.loads(text)
            if len(value) != 2:
                return None
            lon, lat = value["lon"], value["lat"]
        else:
            lon, lat = (part.strip() for part in text.split(","))
        point = Decimal(lon), Decimal(lat)
        return point if abs(point[0]) <= 180 and abs(point[1]) <= 90 else None

    return Reader(parse=attempt(read), constraints=("required", "enum"), key=_point_key)


def _point_key(value: tuple[Decimal, Decimal]) -> str:
    return ",".join(number_key(part) for part in value)


def geojson_reader(field: Field) -> Reader:
    """A GeoJSON object, or a TopoJSON one."""

    def read(text: str) -> dict[str, Any] | None:
        value = json.loads(text)
        if not isinstance(value, dict):
            return None
        good = value.get("type") == "Topology" if field.format == "topojson" else _geojson(value)
        return value if good else None

    return Reader(parse=attempt(read), constraints=("required", "enum"), key=_json_key)


def _geojson(value: Any) -> bool:
    kind = value["type"]
    if kind == "FeatureCollection":
        return all(feature["type"] == "Feature" and _geojson(feature) for feature in value["features"])
    if kind == "Feature":
        properties, geometry = value["properties"], value["geometry"]
        return (properties is None or isinstance(properties, dict)) and (geometry is None or _geometry(geometry))
    return _geometry(value)


def _geometry(value: Any) -> bool:
    if value["type"] == "GeometryCollection":
        return all(_geometry(part) for part in value["geometries"])
    return value["type"] in _DEPTHS and _positions(value["coordinates"], _DEPTHS[value["type"]])


def _positions(value: Any, depth: int) -> bool:
    if not isinstance(value, list):
        return False
    if depth:
        return all(_positions(part, depth - 1) for part in value)
    return len(value) >= 2 and all(isinstance(part, int | float) and not isinstance(part, bool) for part in value)
