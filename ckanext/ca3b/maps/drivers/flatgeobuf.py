"""FlatGeobuf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .common import Reading, placed, read_with, wrong_format

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.maps.model import Request, Source


def open_source(path: Path, request: Request) -> Source:
    """Open the one layer; its buffers are verified, since they come from anywhere."""
    with path.open("rb") as stream:
        if stream.read(3) != b"fgb":
            raise wrong_format("flatgeobuf")
    return read_with(placed(path, request, ".fgb"), "FlatGeobuf", request, Reading(), VERIFY_BUFFERS="YES")
