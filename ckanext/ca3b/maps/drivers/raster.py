"""GeoTIFF and COG: pictures, elevation models, land classes, as tiles of pictures with a legend."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from ckanext.ca3b.maps.crs import place
from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.model import LayerSource, RasterResult, RasterSource, Source
from ckanext.ca3b.maps.raster import run

from .common import label_of

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.maps.model import BBox, Progress, Request


def open_source(path: Path, request: Request) -> Source:
    """Read what a raster is; its tiles are made when the layer is written. Raises MapError."""
    for name in ("rasterio", "pmtiles", "PIL"):
        if find_spec(name) is None:
            raise ModuleNotFoundError(name, name=name)
    found = next(iter(run(path, request, {"do": "look"}, request.work)))
    if not found["placed"]:
        raise MapError(
            "no_crs",
            "Cette image ne dit pas où elle se place : exportez-la en GeoTIFF géoréférencé depuis votre logiciel de "
            "cartographie.",
        )
    layer = LayerSource(label_of(request), found["crs"], "file" if found["crs"] else "guessed", lambda: iter(()))
    placing = place(layer, np.array(found["points"], dtype=np.float64), request.notes)
    # A system without a code is written in full in the file.
    system = placing.crs if ":" in placing.crs or not found["crs"] else found["crs"]

    def write(folder: Path, stem: str, progress: Progress) -> RasterResult:
        target = folder / f"{stem}.pmtiles"
        command = {"do": "tile", "crs": system, "target": str(target.resolve()), "name": layer.name}
        result: dict[str, Any] = {}
        for result in run(path, request, command, folder):
            if "share" in result:
                progress("tiling", result["share"], [])
        return _written(target.name, result)

    return Source("GTiff", [RasterSource(layer.name, placing.crs, placing.how, write)])


def _written(name: str, result: dict[str, Any]) -> RasterResult:
    west, south, east, north = result["bbox"]
    box: BBox = (west, south, east, north)
    data = {
        "type": "pmtiles",
        "file": name,
        "minzoom": result["minzoom"],
        "maxzoom": result["maxzoom"],
        "media_type": "image/webp",
        "tileSize": 512,
    }
    return RasterResult(data, [name], box, {"legend": result["legend"]})
