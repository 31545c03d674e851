"""GML 2 and 3, and the answers of WFS servers. No schema is fetched, no link followed, no document type allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.maps.markup import count_tags, root_of

from .common import Reading, placed, read_with, wrong_format

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.maps.model import Request, Source

# The box of a feature, not an attribute of it.
_BOXES = frozenset({"lowerCorner", "upperCorner"})
_OTHERS = {"kml", "gpx", "html", "OGRVRTDataSource", "VRTDataset", "svg", "rss"}


def open_source(path: Path, request: Request) -> Source:
    """Open the kinds of features as layers."""
    if root_of(path) in _OTHERS or not count_tags(path, ["featureMember", "featureMembers", "member", "members"]):
        raise wrong_format("gml")
    options = {"DOWNLOAD_SCHEMA": "NO", "EXPOSE_GML_ID": "NO", "WRITE_GFS": "NO", "USE_SCHEMA_IMPORT": "NO"}
    return read_with(placed(path, request, ".gml"), "GML", request, Reading(drop=_BOXES), **options)
