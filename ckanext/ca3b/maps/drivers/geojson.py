"""GeoJSON (RFC 7946, and the older one with a ``crs``), alone or one feature a line, with or without separators."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.gdal.reader import damaged

from .common import Reading, placed, read_with, wrong_format
from .sniffing import ends_of, names_geojson

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.maps.model import Request, Source

_REWRITTEN = 256 << 20
_OVERFLOW = re.compile(rb"[0-9][eE]\+?0*[1-9][0-9]{2,}")
#: A text, or a number whose exponent is beyond that of any double.
_TOKENS = re.compile(
    rb'"(?:[^"\\]|\\.)*"|-?[0-9]+(?:\.[0-9]+)?[eE]\+?0*(?:[1-9][0-9]{3,}|[4-9][0-9]{2}|3[1-9][0-9])', re.DOTALL
)
_CRS = re.compile(r'"crs"\s*:\s*\{')


def open_source(path: Path, request: Request) -> Source:
    """Open a file as GeoJSON, or as a sequence of it; anything else, whatever GDAL would make of it, is refused."""
    text, tail = ends_of(path)
    if text.startswith("\x1e") or is_sequence(text):
        if not _complete(tail):
            raise damaged()
        return read_with(placed(path, request, ".geojsonl"), "GeoJSONSeq", request, Reading(how="format"))
    if not names_geojson(path):
        raise wrong_format("geojson")
    if not tail.rstrip(b"\x00 \t\r\n").endswith(b"}"):
        raise damaged()
    member = _CRS.search(text) or _CRS.search(tail.decode("utf-8", "replace"))
    reading = Reading(how="file" if member else "format")
    if member and not _known(member.string[member.end() - 1 :]):
        # GDAL would take longitude and latitude for granted, or fetch what it is sent to.
        reading = Reading(crs=lambda _: None)
    try:
        return read_with(placed(path, request, ".geojson"), "GeoJSON", request, reading)
    except MapError as error:
        if error.code != "damaged" or not (copy := _without_overflow(path, request.work)):
            raise
        return read_with(placed(copy, request, ".geojson"), "GeoJSON", request, reading)


def _without_overflow(path: Path, work: Path) -> Path | None:
    """Write numbers that no computer holds (1e400), which GDAL refuses whole files for, as infinite; texts stay.

    Returns None when there is none, or when the file is too large to be worth it.
    """
    if path.stat().st_size > _REWRITTEN:
        return None
    content = path.read_bytes()
    if not _OVERFLOW.search(content):
        return None
    copy = work / "finite.geojson"
    copy.write_bytes(_TOKENS.sub(lambda match: match[0] if match[0].startswith(b'"') else b"Infinity", content))
    return copy


def _known(text: str) -> bool:
    """Tell whether the ``crs`` at the start of a text names a system, rather than a place to fetch it from."""
    try:
        value, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return False
    properties = value.get("properties")
    name = str(properties.get("name", "")) if isinstance(properties, dict) else ""
    if str(value.get("type")).upper() in {"EPSG", "OGC"}:
        return True
    return bool(name) and (not re.match(r"(?i)(https?|ftp|file)://", name) or "//www.opengis.net/def/crs/" in name)


def _complete(tail: bytes) -> bool:
    """Tell whether the last line of a sequence is whole."""
    last = tail.decode("utf-8", "replace").strip("\x00\x1e \t\r\n").replace("\x1e", "\n").rpartition("\n")
    if not last[1]:
        return last[2].endswith("}")
    try:
        json.loads(last[2])
    except (ValueError, RecursionError):
        return False
    return True


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
