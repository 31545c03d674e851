"""What JSON is GeoJSON, from its two ends."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HEAD, TAIL = 1 << 20, 1 << 16
_TYPES = re.compile(
    r'"type"\s*:\s*"(?:FeatureCollection|Feature|GeometryCollection|(?:Multi)?(?:Point|LineString|Polygon))"'
)


def ends_of(path: Path) -> tuple[str, bytes]:
    """Return the beginning of a file as text, without its byte order mark, and its last bytes."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
        stream.seek(-min(TAIL, path.stat().st_size), os.SEEK_END)
        tail = stream.read()
    return head.decode("utf-8-sig", "replace").lstrip(), tail


def names_geojson(path: Path) -> bool:
    """Tell whether a file is an object, or a sequence of objects, that names a kind of GeoJSON."""
    text, tail = ends_of(path)
    return text.startswith(("{", "\x1e")) and bool(
        _TYPES.search(text) or _TYPES.search(tail.decode("utf-8", "replace"))
    )
