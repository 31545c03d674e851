"""DXF drawings. A drawing has no coordinate system: it is recognised from its coordinates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .common import Reading, placed, read_with, wrong_format

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.maps.model import Request, Source

_START = re.compile(rb"\s*(?:999[^\n]*\n[^\n]*\n\s*)*0\s*\r?\n\s*SECTION")
_DRAWING = frozenset({"SubClasses", "ExtendedEntity"})


def open_source(path: Path, request: Request) -> Source:
    """Open the entities of a drawing as one layer."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not _START.match(head.removeprefix(b"\xef\xbb\xbf")) and not head.startswith(b"AutoCAD Binary DXF"):
        raise wrong_format("dxf")
    reading = Reading(crs=lambda _: None, drop=_DRAWING)
    return read_with(placed(path, request, ".dxf"), "DXF", request, reading)
