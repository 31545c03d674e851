"""Positions as French files write them, in degrees (WGS 84): two columns, a pair in one, WKT, GeoJSON or Lambert-93."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import shapely
from pyproj import Transformer

from .values import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Degrees = tuple[NDArray[np.float64], NDArray[np.float64]]

# West, south, east, north of mainland France and of each overseas department and collectivity.
_FRANCE = (
    (-5.5, 41.0, 10.0, 51.5), (-62.0, 15.5, -60.5, 18.2), (-61.5, 14.2, -60.6, 15.0), (-55.0, 2.0, -51.0, 6.0),
    (55.0, -21.6, 56.0, -20.7), (44.9, -13.1, 45.4, -12.5), (-57.0, 46.5, -55.9, 47.3), (163.0, -23.0, 168.5, -19.0),
    (-155.0, -28.0, -134.0, -7.0),
)  # fmt: skip


@lru_cache(maxsize=4)
def transformer(source: str, target: str) -> Transformer:
    """Give the change of coordinates, x (or longitude) first."""
    return Transformer.from_crs(source, target, always_xy=True)


def read_points(batch: pl.DataFrame, columns: Sequence[str]) -> Degrees:
    """Give longitudes and latitudes of the rows of ``batch``, NaN where nothing is read.

    ``columns`` are one column of pairs or geometries, or two of numbers in any order.
    """
    if len(columns) == 1:
        first, second = _parsed(batch[columns[0]])
    else:
        numbers = batch.select(number(pl.col(name)).alias(str(place)) for place, name in enumerate(columns[:2]))
        first, second = (numbers[str(place)].fill_null(float("nan")).to_numpy().copy() for place in (0, 1))
    return _degrees(first, second)


def in_france(longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which points stand in a French territory, by boxes."""
    found = np.zeros(longitude.shape, dtype=bool)
    for west, south, east, north in _FRANCE:
        found |= (longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north)
    return found


def _degrees(first: NDArray[np.float64], second: NDArray[np.float64]) -> Degrees:
    """Tell longitude from latitude, and Lambert-93 from degrees."""
    longitude, latitude = np.full(first.shape, np.nan), np.full(first.shape, np.nan)
    with np.errstate(invalid="ignore"):
        metric = (np.abs(first) > 180) | (np.abs(second) > 180)
        straight = in_france(first, second)
        # When both orders give a French point (Mayotte is not one), longitude comes first as in GeoJSON.
        crossed = ~straight & in_france(second, first)
        other = ~metric & ~straight & ~crossed & (np.abs(second) <= 90)
    for rows, lon, lat in ((straight | other, first, second), (crossed, second, first)):
        longitude[rows], latitude[rows] = lon[rows], lat[rows]
    if metric.any():
        easting, northing = np.minimum(first, second), np.maximum(first, second)
        lambert = metric & (easting > 0) & (easting < 1_400_000) & (northing > 6_000_000) & (northing < 7_300_000)
        if lambert.any():
            found = transformer("EPSG:2154", "EPSG:4326").transform(easting[lambert], northing[lambert])
            longitude[lambert], latitude[lambert] = found
    return longitude, latitude


_PAIR = re.compile(r"-?[0-9]{1,7}(?:\.[0-9]+)?")


def _parsed(values: pl.Series) -> Degrees:
    first, second = np.full(values.len(), np.nan), np.full(values.len(), np.nan)
    for row, value in enumerate(values):
        if value is None:
            continue
        pair = _point(value)
        if pair is not None:
            first[row], second[row] = pair
    return first, second


def _point(value: str) -> tuple[float, float] | None:
    text = re.sub(r"(?i)^\s*srid=[0-9]+;", "", value).strip()
    shape = None
    try:
        if text.startswith("{"):
            shape = shapely.from_geojson(text)
        elif re.match(r"(?i)(?:multi)?(?:point|polygon|linestring)", text):
            shape = shapely.from_wkt(text)
    except (shapely.errors.ShapelyError, ValueError):
        return None
    if shape is not None:
        centre = shapely.centroid(shape)
        return None if centre.is_empty else (float(centre.x), float(centre.y))
    found = _PAIR.findall(text)
    return (float(found[0]), float(found[1])) if len(found) == 2 else None
