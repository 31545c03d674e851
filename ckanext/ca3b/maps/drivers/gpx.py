"""GPX: points of interest, routes and tracks; the points that only make up routes and tracks are not layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.markup import count_tags, root_of

from .common import Reading, placed, read_with, wrong_format

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.maps.model import Request, Source

_LAYERS = {"waypoints": "Points", "routes": "Itinéraires", "tracks": "Traces"}
# Columns that GDAL gives every layer, and the tag that fills them.
_COLUMNS = {
    **{f"link{n}_{part}": "link" for n in (1, 2) for part in ("href", "text", "type")},
    **{
        name: name
        for name in [
            "ele",
            "time",
            "magvar",
            "geoidheight",
            "name",
            "cmt",
            "desc",
            "src",
            "sym",
            "type",
            "fix",
            "sat",
            "hdop",
            "vdop",
            "pdop",
            "ageofdgpsdata",
            "dgpsid",
            "number",
        ]
    },
}
_TAGS = {"waypoints": "wpt", "routes": "rte", "tracks": "trk"}


def open_source(path: Path, request: Request) -> Source:
    """Open the layers that hold something."""
    if root_of(path) != "gpx":
        raise wrong_format("gpx")
    filled = {layer for layer, tag in _TAGS.items() if count_tags(path, [tag])}
    if not filled:
        raise MapError("no_features", "Ce fichier GPX ne contient ni point, ni itinéraire, ni trace : il est vide.")
    reading = Reading(
        how="format",
        wanted=lambda layer: layer.name in filled,
        label=lambda layer: _LAYERS.get(layer.name, layer.name),
        drop=frozenset(column for column, tag in _COLUMNS.items() if not count_tags(path, [tag])),
    )
    return read_with(placed(path, request, ".gpx"), "GPX", request, reading)
