"""What the reading process does with GeoParquet: the metadata ``geo``, then batches of WKB.

Source: GeoParquet 1.1 (https://geoparquet.org/releases/v1.1.0/) and the geometry type of Parquet itself.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import shapely
from pyproj.datadir import get_data_dir

from .batches import GEOMETRY, cut, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 16_384
#: Encodings of GeoParquet 1.1 that are nested lists of separated coordinates, and their kind in shapely.
_NATIVE = {
    "point": shapely.GeometryType.POINT,
    "linestring": shapely.GeometryType.LINESTRING,
    "polygon": shapely.GeometryType.POLYGON,
    "multipoint": shapely.GeometryType.MULTIPOINT,
    "multilinestring": shapely.GeometryType.MULTILINESTRING,
    "multipolygon": shapely.GeometryType.MULTIPOLYGON,
}


class ParquetEngine:
    """One GeoParquet file."""

    def __init__(self, request: dict[str, Any]) -> None:
        self._file = pq.ParquetFile(request["path"], memory_map=False)
        self._schema = self._file.schema_arrow
        self.name = Path(request["path"]).stem
        geo = json.loads((self._schema.metadata or {}).get(b"geo", b"{}"))
        columns = geo.get("columns") or {}
        self._column = geo.get("primary_column") if geo.get("primary_column") in columns else next(iter(columns), None)
        self._meta: dict[str, Any] = columns.get(self._column) or {}
        if self._column is None:
            self._column = next((field.name for field in self._schema if _is_geometry(field.type)), None)

    def data_folders(self) -> list[Path]:
        """Return where PROJ keeps its tables."""
        return [Path(get_data_dir()), Path(shapely.__file__).parents[1]]

    def layers(self) -> list[dict[str, Any]]:
        """Describe the one layer; its geometry is None when no column holds any."""
        types = self._meta.get("geometry_types") or []
        return [
            {
                "name": self.name,
                "geometry": (types[0] if len(types) == 1 else "Unknown") if self._column else None,
                "crs": self._crs(),
                "features": self._file.metadata.num_rows,
                "fields": [name for name in self._schema.names if name != self._column],
            }
        ]

    def read(self, _layer: str) -> Iterator[pa.RecordBatch]:
        """Yield the rows."""
        for whole in self._file.iter_batches(ROWS):
            for batch in cut(whole, ROWS):
                names = [name for name in batch.schema.names if name not in (self._column, "bbox")]
                columns = [plain(batch.column(name)) for name in names]
                yield pa.RecordBatch.from_arrays([self._wkb(batch), *columns], names=[GEOMETRY, *names])

    def _wkb(self, batch: pa.RecordBatch) -> Any:
        if self._column is None:
            return pa.nulls(batch.num_rows, pa.large_binary())
        column: Any = batch.column(self._column)
        if isinstance(column, pa.ExtensionArray):
            column = column.storage
        kind = _NATIVE.get(str(self._meta.get("encoding", "WKB")).lower())
        return column.cast(pa.large_binary()) if kind is None else _from_lists(column, kind)

    def _crs(self) -> str | None:
        """Return the coordinate system: absent means longitude and latitude, null means unknown."""
        if self._column is None:
            return None
        given = self._meta.get("crs", "OGC:CRS84") if self._meta else _type_crs(self._schema.field(self._column).type)
        if not given:
            return None
        crs = pyproj.CRS.from_user_input(given if isinstance(given, str) else json.dumps(given))
        authority = crs.to_authority()
        return ":".join(authority) if authority else crs.to_wkt()


def _is_geometry(kind: pa.DataType) -> bool:
    return str(getattr(kind, "extension_name", "")).startswith("geoarrow.wkb")


def _type_crs(kind: pa.DataType) -> Any:
    try:
        given = json.loads(kind.__arrow_ext_serialize__()).get("crs", "OGC:CRS84")  # type: ignore[attr-defined]
    except (AttributeError, ValueError, TypeError):
        return None
    return given or "OGC:CRS84"


def _from_lists(column: Any, kind: shapely.GeometryType) -> Any:
    """Turn nested lists of coordinates into WKB, with null where the list is null."""
    offsets, inner, known = [], column.drop_null(), np.asarray(column.is_valid())
    while pa.types.is_list(inner.type) or pa.types.is_large_list(inner.type):
        starts = np.concatenate([[0], np.cumsum(np.asarray(inner.value_lengths()))]).astype(np.int64)
        offsets.append(starts)
        inner = inner.flatten()
    axes = np.column_stack([np.asarray(inner.field("x")), np.asarray(inner.field("y"))])
    shapes = np.full(len(column), None, dtype=object)
    shapes[known] = shapely.from_ragged_array(kind, axes, tuple(reversed(offsets)) or None)
    return pa.array(shapely.to_wkb(shapes), pa.large_binary())
