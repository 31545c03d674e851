"""One feature as the text of a GeoJSON feature (RFC 7946)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .features import Row


def feature(row: Row, geometry: str | None) -> str:
    """Return the text of a feature. ``geometry`` is GeoJSON too, None without."""
    properties = json.dumps(row.properties, ensure_ascii=False, separators=(",", ":"))
    return f'{{"type":"Feature","id":{row.fid},"geometry":{geometry or "null"},"properties":{properties}}}'
