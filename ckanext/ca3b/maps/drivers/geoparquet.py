"""GeoParquet; a Parquet file without geometry is a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.gdal.reader import damaged

from .common import Reading, placed, read_with, wrong_format

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.maps.model import Request, Source


def open_source(path: Path, request: Request) -> Source:
    """Open the one layer of a GeoParquet file, read by Arrow in the same closed process as the others."""
    with path.open("rb") as stream:
        start = stream.read(4)
        stream.seek(-min(4, path.stat().st_size), 2)
        end = stream.read(4)
    if start != b"PAR1":
        raise wrong_format("geoparquet")
    if end != b"PAR1":
        raise damaged()
    try:
        return read_with(placed(path, request, ".parquet"), "Parquet", request, Reading())
    except MapError as error:
        if error.code != "no_geometry":
            raise
    from .table import open_source as open_table  # noqa: PLC0415 - only when there is no geometry

    return open_table(path, request)
