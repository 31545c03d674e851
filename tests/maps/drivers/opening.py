"""Opens a file with one driver, the way a conversion does, and gives its rows in degrees."""

from __future__ import annotations

from pathlib import Path

import attrs
import numpy as np
import pyarrow as pa
import shapely
from pyproj import Geod

from ckanext.ca3b.maps import Limits
from ckanext.ca3b.maps.crs import place
from ckanext.ca3b.maps.limits import Deadline
from ckanext.ca3b.maps.model import Notes, Request


@attrs.frozen
class Opened:
    name: str
    crs: str
    how: str
    geometry: np.ndarray
    rows: list[dict]
    notes: list[str]
    source: object


def request_for(path: Path, *, outlines: Path | None = None, name: str | None = None, limits=None) -> Request:
    limits = limits or Limits()
    work = path.parent / "work"
    work.mkdir(exist_ok=True)
    return Request(name or path.name, None, limits, Deadline.of(limits), Notes(), work, outlines)


def open_with(driver, path: Path, *, layer: int = 0, **kwargs) -> Opened:
    """The features of one layer, moved to WGS 84."""
    request = request_for(path, **kwargs)
    opens = getattr(driver, "open_source", None)
    source = opens(path, request) if opens else driver.open_layers(path, request=request)
    chosen = source.layers[layer]
    batches = list(chosen.batches())
    geometry = np.concatenate([batch.geometry for batch in batches])
    table = pa.concat_tables([batch.table for batch in batches])
    known = ~shapely.is_missing(geometry)
    axes = shapely.get_coordinates(geometry[known])
    placing = place(chosen, axes, request.notes)
    geometry[known] = shapely.transform(geometry[known], placing)
    return Opened(chosen.name, placing.crs, placing.how, geometry, table.to_pylist(), request.notes.sentences, source)


def metres_between(point, longitude: float, latitude: float) -> float:
    """Distance on the ellipsoid."""
    return Geod(ellps="GRS80").inv(point.x, point.y, longitude, latitude)[2]
