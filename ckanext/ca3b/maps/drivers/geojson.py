"""GeoJSON (RFC 7946, and the older one with a ``crs``), alone or one feature a line, with or without separators."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

from ckanext.ca3b.maps.gdal.reader import damaged

from .common import Reading, placed, read_with, wrong_format

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.maps.model import Request, Source

_HEAD = 1 << 20
_TAIL = 1 << 16
_TYPES = re.compile(
    r'"type"\s*:\s*"(?:FeatureCollection|Feature|GeometryCollection|(?:Multi)?(?:Point|LineString|Polygon))"'
)
_CRS = re.compile(rb'"crs"\s*:\s*\{')


def open_source(path: Path, request: Request) -> Source:
    """Open a file as GeoJSON, or as a sequence of it; anything else, whatever GDAL would make of it, is refused."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        stream.seek(-min(_TAIL, path.stat().st_size), os.SEEK_END)
        tail = stream.read()
    text = head.decode("utf-8-sig", "replace").lstrip()
    if text.startswith("\x1e") or is_sequence(text):
        return read_with(placed(path, request, ".geojsonl"), "GeoJSONSeq", request, Reading(how="format"))
    if not text.startswith("{") or not (_TYPES.search(text) or _TYPES.search(tail.decode("utf-8", "replace"))):
        raise wrong_format("geojson")
    if not tail.rstrip(b"\x00 \t\r\n").endswith(b"}"):
        raise damaged()
    declares = _CRS.search(head) or _CRS.search(tail)
    return read_with(
        placed(path, request, ".geojson"), "GeoJSON", request, Reading(how="file" if declares else "format")
    )


def is_sequence(text: str) -> bool:
    """Tell whether the beginning of a file is a feature or a geometry, followed by another one."""
    if not text.startswith("{"):
        return False
    try:
        first, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return False
    rest = text[end:].lstrip(" \t\r\n\x1e")
    return isinstance(first, dict) and first.get("type") != "FeatureCollection" and rest.startswith("{")
