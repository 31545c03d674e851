"""What the reading process does with GDAL: list the layers, stream one in Arrow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyogrio
from pyogrio.raw import open_arrow, read

from .batches import GEOMETRY, cut, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 16_384
_CURVES = frozenset(range(8, 15))


class OgrEngine:
    """One file, opened by the only driver of the process."""

    def __init__(self, request: dict[str, Any]) -> None:
        registered = set(pyogrio.list_drivers())
        if registered != {request["driver"]}:
            raise RuntimeError(f"drivers: {sorted(registered)}")
        self.path = str(request["path"])
        self.options: dict[str, Any] = request["options"]

    def data_folders(self) -> list[Path]:
        """Return where libraries lie, with the tables of GDAL and PROJ."""
        home = Path(pyogrio.__file__).parent
        return [home.parent]

    def layers(self) -> list[dict[str, Any]]:
        """Describe each layer: name, geometry type, coordinate system, number of features or -1, fields."""
        found = []
        for name, _ in pyogrio.list_layers(self.path).tolist():
            info = pyogrio.read_info(self.path, layer=name, **self.options)
            found.append(
                {
                    "name": str(name),
                    "geometry": info["geometry_type"],
                    "crs": info["crs"],
                    "features": int(info["features"]),
                    "fields": [str(field) for field in info["fields"]],
                }
            )
        return found

    def read(self, layer: str) -> Iterator[pa.RecordBatch]:
        """Yield the features of one layer, geometry as two-dimensional or measured WKB."""
        with open_arrow(
            self.path, layer=layer, batch_size=ROWS, return_fids=True, use_pyarrow=True, **self.options
        ) as (meta, stream):
            key = meta["fid_column"]
            geometry = meta["geometry_name"] or "wkb_geometry"
            for batch in stream:
                for piece in cut(batch, ROWS):
                    yield self._shaped(piece, layer, key, geometry)

    def _shaped(self, batch: pa.RecordBatch, layer: str, key: str, geometry: str) -> pa.RecordBatch:
        names = batch.schema.names
        columns = [plain(batch.column(place)) for place, name in enumerate(names) if name not in (key, geometry)]
        kept = [name for name in names if name not in (key, geometry)]
        place = batch.schema.get_field_index(geometry)
        shapes: Any = batch.column(place) if place >= 0 else pa.nulls(batch.num_rows, pa.binary())
        if isinstance(shapes, pa.ExtensionArray):
            shapes = shapes.storage
        shapes = shapes.cast(pa.large_binary())
        keys = batch.schema.get_field_index(key)
        if keys >= 0:
            shapes = self._straightened(shapes, batch.column(keys), layer)
        return pa.RecordBatch.from_arrays([shapes, *columns], names=[GEOMETRY, *kept])

    def _straightened(self, shapes: Any, keys: Any, layer: str) -> Any:
        """Give curves, which GEOS does not read, back as lines; those that resist become null."""
        heads = pc.call_function("binary_slice", [shapes], pc.SliceOptions(1, 5))
        if not any(_kind(head) in _CURVES for head in heads.unique().to_pylist()):
            return shapes
        values = shapes.to_pylist()
        curved = [place for place, value in enumerate(values) if value and _kind(value[1:5]) in _CURVES]
        fids = np.array([keys[place].as_py() for place in curved])
        _, found, straight, _ = read(
            self.path, layer=layer, fids=fids, columns=[], return_fids=True, force_2d=True, **self.options
        )
        lines = dict(zip(np.asarray(found).tolist(), list(straight if straight is not None else []), strict=False))
        for place, fid in zip(curved, fids.tolist(), strict=True):
            values[place] = lines.get(fid)
        return pa.array(values, pa.large_binary())


def _kind(head: bytes | None) -> int:
    """Return the kind of geometry of a WKB whose four bytes after the first are ``head``, without its dimensions."""
    if not head or len(head) < 4:
        return 0
    number = int.from_bytes(head, "little")
    return (number & 0x0FFFFFFF) % 1000
