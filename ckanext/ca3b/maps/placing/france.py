"""How many of the coordinates of two columns are places, to tell them from measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ckanext.ca3b.maps.candidates import guess, inside_france

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# New Caledonia, French Polynesia, Wallis and Futuna: west, south, east, north.
_PACIFIC = ((163.0, -23.0, 168.5, -19.0), (-155.0, -28.0, -134.0, -7.5), (-178.5, -14.7, -175.8, -13.0))
#: Rows that are enough to recognise a system.
_SAMPLE = 2_000


def share_in_france(longitude: Floats, latitude: Floats) -> float:
    """Give the share of the places, among those with both coordinates, that are in France, overseas included."""
    x, y = _known(longitude, latitude)
    if not len(x):
        return 0.0
    pacific: NDArray[Any] = np.zeros(len(x), dtype=bool)
    for west, south, east, north in _PACIFIC:
        pacific |= (x >= west) & (x <= east) & (y >= south) & (y <= north)
    return inside_france(x, y) + float(pacific.mean())


def share_of_degrees(longitude: Floats, latitude: Floats) -> float:
    """Give the share of the places, among those with both coordinates, that degrees could say, in either order."""
    x, y = (np.abs(axis) for axis in _known(longitude, latitude))
    return float(np.mean((np.maximum(x, y) <= 180) & (np.minimum(x, y) <= 90))) if len(x) else 0.0


def is_projected(x: Floats, y: Floats) -> bool:
    """Tell whether coordinates are metres of a French system, in either order."""
    axes = np.column_stack(_known(x, y))
    axes = axes[(axes != 0).all(axis=1)]
    found = guess(axes[:: max(1, len(axes) // _SAMPLE)]) if len(axes) else None
    return found is not None and found[0] != "EPSG:4326"


def _known(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    known = np.isfinite(x) & np.isfinite(y)
    return x[known], y[known]
