"""Cells that hold a whole geometry: WKT, EWKT, GeoJSON, hexadecimal WKB. Read by whole columns, nothing nested deep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import polars as pl
import shapely

from .numbers import share

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Encoding = Literal["wkt", "geojson", "wkb"]

_TYPES = "point|linestring|polygon|multipoint|multilinestring|multipolygon|geometrycollection"
_PATTERNS: dict[Encoding, str] = {
    "wkt": rf"(?is)^\s*(?:SRID=\d+;\s*)?(?:{_TYPES})\s*(?:zm|z|m)?\s*(?:\(|empty)",
    "geojson": rf"""(?is)^\s*\{{.*"type"\s*:\s*"(?:{_TYPES}|feature)".*\}}\s*$""",
    # Little endian or big endian, with or without the flags of EWKB.
    "wkb": r"(?i)^(?:010[1-7]0000[0-9a-f]{2}|00[0-9a-f]{2}00000[1-7])[0-9a-f]{16,}$",
}
# What no real cell nests; the parsers of geometries recurse.
_TOO_DEEP = (
    r"(?is)(?:geometrycollection\s*(?:zm|z|m)?\s*\(.*?){4}|\((?:\s*\(){5}|\[(?:\s*\[){5}|(?:\"geometries\".*?){4}"
    r"|(?:0107000000[0-9a-f]{8}|0000000007[0-9a-f]{8}){4}|(?:\{[^{}]*){12}"
)
_SRID = r"(?i)^\s*SRID=(\d+);"


def encoding_of(cells: pl.Series) -> Encoding | None:
    """Give how most filled cells of a column write a geometry, None when they do not."""
    filled = cells.drop_nulls()
    if not filled.len():
        return None
    for encoding, pattern in _PATTERNS.items():
        if share(filled.str.contains(pattern)) >= 0.5:
            return encoding
    return None


def srid_of(cells: pl.Series, encoding: Encoding) -> str | None:
    """Give the system that the cells of EWKT or EWKB all name, as ``EPSG:2154``."""
    if encoding == "wkb":
        read = geometries(cells, encoding)
        codes = {int(code) for code in np.unique(shapely.get_srid(read[~shapely.is_missing(read)]))}
    else:
        codes = {int(code) for code in cells.str.extract(_SRID).drop_nulls().unique()}
    return f"EPSG:{codes.pop()}" if len(codes) == 1 and codes != {0} else None


def geometries(cells: pl.Series, encoding: Encoding) -> NDArray[Any]:
    """Read a column of geometries; None where the cell is empty, is no geometry or nests too deep."""
    safe = cells.set(cells.str.contains(_TOO_DEEP).fill_null(value=False), None)
    if encoding == "wkt":
        texts = safe.str.replace(_SRID, "").to_numpy()
        return shapely.from_wkt(_objects(texts), on_invalid="ignore")
    if encoding == "wkb":
        return shapely.from_wkb(_objects(safe.to_numpy()), on_invalid="ignore")
    return shapely.from_geojson(_objects(safe.to_numpy()), on_invalid="ignore")


def are_types(cells: pl.Series) -> bool:
    """Tell whether a column holds the types of geometries of GeoJSON."""
    return share(cells.drop_nulls().str.contains(rf"(?i)^(?:{_TYPES})$")) >= 0.5


def joined(types: pl.Series, coordinates: pl.Series) -> pl.Series:
    """Give the geometries of GeoJSON that a column of types and one of coordinates make."""
    frame = pl.DataFrame({"type": types, "coordinates": coordinates})
    parts = [pl.lit('{"type":"'), pl.col("type"), pl.lit('","coordinates":'), pl.col("coordinates"), pl.lit("}")]
    return frame.select(pl.concat_str(parts)).to_series()


def _objects(values: Any) -> NDArray[Any]:
    return np.asarray(values, dtype=object)
