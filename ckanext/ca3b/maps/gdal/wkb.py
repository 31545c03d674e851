"""From WKB to geometries, a column at a time; points take a shorter way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import shapely

#: WKB of a two-dimensional point: byte order, type, x, y.
_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])


def geometries(column: pa.Array) -> np.ndarray[Any, Any]:
    """Return shapely geometries, in two dimensions; None where there was nothing or nothing readable."""
    column = column.cast(pa.large_binary())
    points = _points(column)
    if points is not None:
        return points
    shapes = shapely.from_wkb(column.to_numpy(zero_copy_only=False), on_invalid="ignore")
    return np.asarray(shapely.force_2d(shapes), dtype=object)


def _points(column: pa.Array) -> np.ndarray[Any, Any] | None:
    """Read a column that holds two-dimensional points only, straight from its buffer; None when it is not so."""
    if column.null_count or not len(column):
        return None
    _, offsets, content = column.buffers()
    if content is None:
        return None
    starts = np.frombuffer(offsets, dtype=np.int64)[column.offset : column.offset + len(column) + 1]
    if not (np.diff(starts) == _POINT.itemsize).all():
        return None
    values = np.frombuffer(content, dtype=_POINT, count=len(column), offset=int(starts[0]))
    if not ((values["order"] == 1) & (values["kind"] == 1)).all():
        return None
    return np.asarray(shapely.points(values["x"], values["y"]), dtype=object)
