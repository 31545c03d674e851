"""From WKB to geometries, a column at a time; points take a shorter way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

#: WKB of a two-dimensional point: byte order, type, x, y.
_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("x", "<f8"), ("y", "<f8")])


#: A geometry made of others needs this many bytes before it can nest deep enough to overflow a stack.
_NESTING = 16_384
_SIMPLE = frozenset((1, 2, 3))


def try_nested(column: pa.Array) -> None:
    """Parse the large geometries made of others: one nested thousands of times ends the process that calls.

    GEOS calls itself once per level and knows no limit; called in the reading process, so that only this one dies.
    """
    sizes = pc.call_function("binary_length", [column])
    large = pc.call_function("indices_nonzero", [pc.call_function("greater", [sizes, pa.scalar(_NESTING)])])
    values = [value for value in column.take(large).to_pylist() if value and _kind(value) not in _SIMPLE]
    if values:
        import shapely  # noqa: PLC0415 - rarely needed here

        for value in values:
            shapely.from_wkb([value], on_invalid="ignore")


def _kind(value: bytes) -> int:
    """Return the kind of geometry, without its dimensions."""
    return (int.from_bytes(value[1:5], "little" if value[0] else "big") & 0x0FFFFFFF) % 1000


def geometries(column: pa.Array) -> np.ndarray[Any, Any]:
    """Return shapely geometries, in two dimensions; None where there was nothing or nothing readable."""
    import shapely  # noqa: PLC0415 - the reading process does without

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
    import shapely  # noqa: PLC0415 - idem

    values = np.frombuffer(content, dtype=_POINT, count=len(column), offset=int(starts[0]))
    if not ((values["order"] == 1) & (values["kind"] == 1)).all():
        return None
    return np.asarray(shapely.points(values["x"], values["y"]), dtype=object)
