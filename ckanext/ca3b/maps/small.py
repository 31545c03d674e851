"""Layers small enough to be sent whole: plain GeoJSON, six decimals, simplified only when too heavy otherwise."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from .limits import MIB

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .store import Piece

    Shapes = np.ndarray[Any, Any]

#: What a browser draws at once without tiles.
MOST_FEATURES, MOST_BYTES = 10_000, 2 * MIB
#: Beyond this many vertices no simplification makes a layer small; it is not kept in memory.
MOST_VERTICES = 1_500_000
#: Features of the first glimpse of a large layer.
GLIMPSE = 2_000
DECIMALS = 6
#: Tolerances tried in turn, in degrees: about one, five and twenty metres.
_TOLERANCES = (0.0, 0.00001, 0.00005, 0.0002)
#: Integers beyond this are not exact in a browser.
_EXACT = 2**53 - 1


class Small:
    """Keeps the pieces of a layer as long as it may be sent whole."""

    def __init__(self) -> None:
        self.pieces: list[Piece] | None = []
        self._features = self._vertices = 0

    def add(self, piece: Piece, vertices: int) -> None:
        """Keep a piece, or forget all of them once they are too many."""
        self._features += len(piece.rows)
        self._vertices += vertices
        if self._features > MOST_FEATURES or self._vertices > MOST_VERTICES:
            self.pieces = None
        if self.pieces is not None:
            self.pieces.append(piece)

    def write(self, target: Path) -> bool:
        """Write the layer and return True, or return False when it is too heavy once compressed."""
        if self.pieces is None:
            return False
        for tolerance in _TOLERANCES:
            content = geojson(self.pieces, tolerance)
            if len(gzip.compress(content, 5)) <= MOST_BYTES:
                target.write_bytes(content)
                return True
        return False


def glimpse(piece: Piece, target: Path) -> None:
    """Write some features of the first piece of a large layer, evenly chosen, so that a map is there at once."""
    chosen = np.unique(np.linspace(0, len(piece.rows) - 1, GLIMPSE).astype(np.int64))
    counts = shapely.get_num_coordinates(piece.geometry[chosen])
    chosen = chosen[np.cumsum(counts) <= MOST_VERTICES // 10] if len(chosen) else chosen
    target.write_bytes(geojson([piece.take(chosen)], 0.00005))


def geojson(pieces: Sequence[Piece], tolerance: float = 0.0) -> bytes:
    """Return a FeatureCollection; ids are row numbers, numbers without value are null, texts stay texts."""
    features = ",\n".join(feature for piece in pieces for feature in _features(piece, tolerance))
    return ('{"type":"FeatureCollection","features":[\n' + features + "\n]}\n").encode("utf-8", "replace")


def _features(piece: Piece, tolerance: float) -> Iterator[str]:
    shapes = piece.geometry
    if tolerance:
        simple = shapely.simplify(shapes, tolerance, preserve_topology=True)
        shapes = np.where(shapely.is_empty(simple), shapes, simple)
    rounded = shapely.transform(shapes, lambda axes: np.round(axes, DECIMALS))
    # A table without columns has no rows either.
    records = piece.table.to_pylist() if piece.table.num_columns else [{}] * len(piece.rows)
    for row, geometry, values in zip(piece.rows.tolist(), shapely.to_geojson(rounded), records, strict=True):
        properties = json.dumps({name: value_of(value) for name, value in values.items()}, ensure_ascii=False)
        yield f'{{"type":"Feature","id":{row},"properties":{properties},"geometry":{geometry}}}'


def value_of(value: Any) -> Any:
    """Return a value as JSON has it and a browser keeps it."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return value if abs(value) <= _EXACT else str(value)
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    return str(value)
