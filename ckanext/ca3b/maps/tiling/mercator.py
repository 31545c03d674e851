"""Degrees to the square of web maps, and the curve of Hilbert through its tiles (as PMTiles numbers them)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from .model import WORLD_BITS

if TYPE_CHECKING:
    from .model import AnyArray, Flags, Floats, Ints, Words

#: Beyond this latitude a web map shows nothing.
LIMIT = 85.0511287798066
#: Bits of each coordinate in the key of a feature: cells finer than those of any choice (zoom 18, 1/128 of a tile).
KEY_BITS = 26
_STEP = 4


def project(degrees: Floats) -> Words:
    """Longitudes and latitudes as whole units of the world, y downwards; latitudes are held within the square.

    Longitudes beyond 180° (to 540°) go on to the right of the world, those below −180° to its left.
    """
    world = float(1 << WORLD_BITS)
    out = np.empty(degrees.shape, np.int32)
    lon = np.clip(degrees[:, 0], -360.0, 360.0)
    out[:, 0] = np.floor((lon + 180.0) * (world / 360.0))
    lat = np.radians(np.clip(degrees[:, 1], -LIMIT, LIMIT))
    out[:, 1] = np.clip(np.floor((0.5 - np.arcsinh(np.tan(lat)) / (2 * np.pi)) * world), 0, world - 1)
    return out


def degrees(units: AnyArray) -> Floats:
    """The reverse of ``project``: the middle of each unit."""
    world = float(1 << WORLD_BITS)
    out = np.empty(units.shape, np.float64)
    out[:, 0] = (units[:, 0] + 0.5) / world * 360.0 - 180.0
    out[:, 1] = np.degrees(np.arctan(np.sinh(np.pi * (1.0 - 2.0 * (units[:, 1] + 0.5) / world))))
    return out


def hilbert(x: AnyArray, y: AnyArray, bits: int) -> Ints:
    """Distance along the curve of order ``bits``; the distance of the parent is that of the child over four."""
    pad = -bits % _STEP
    steps = (bits + pad) // _STEP
    # Leading zeros only swap the axes, once for each: as many more as make the number of bits even undo it.
    if pad % 2:
        x, y = y, x
    distances, states = _table()
    state = np.zeros(len(x), np.uint8)
    result = np.zeros(len(x), np.int64)
    mask = (1 << _STEP) - 1
    for step in range(steps - 1, -1, -1):
        shift = step * _STEP
        here = (((x >> shift) & mask) << _STEP) | ((y >> shift) & mask)
        entry = (state.astype(np.int64) << (2 * _STEP)) | here
        result = (result << (2 * _STEP)) | distances[entry]
        state = states[entry]
    return result


def first_id(zoom: int) -> int:
    """The number of the first tile of ``zoom`` in an archive."""
    return ((1 << (2 * zoom)) - 1) // 3


def tile_ids(x: AnyArray, y: AnyArray, zoom: int) -> Ints:
    """Numbers of tiles in an archive; ``x`` may be beyond the edges of the world."""
    return hilbert(np.asarray(x, np.int64) & ((1 << zoom) - 1), np.asarray(y, np.int64), zoom) + first_id(zoom)


@cache
def _table() -> tuple[Ints, AnyArray]:
    """For each orientation (bit 0: axes swapped, bit 1: both reversed) and 4 bits of x and of y: 8 bits of distance
    and the orientation that follows.
    """
    distances, states = np.zeros(4 << (2 * _STEP), np.int64), np.zeros(4 << (2 * _STEP), np.uint8)
    for start in range(4):
        for cell in range(1 << (2 * _STEP)):
            state, distance = start, 0
            for bit in range(_STEP - 1, -1, -1):
                x, y = (cell >> (_STEP + bit)) & 1, (cell >> bit) & 1
                if state & 1:
                    x, y = y, x
                if state & 2:
                    x, y = 1 - x, 1 - y
                distance = (distance << 2) | ((3 * x) ^ y)
                if y == 0:
                    state ^= 1 | (2 if x else 0)
            distances[(start << (2 * _STEP)) | cell] = distance
            states[(start << (2 * _STEP)) | cell] = state
    return distances, states


def outside(latitudes: Floats) -> Flags:
    """Which latitudes no web map can show."""
    return np.abs(latitudes) > LIMIT
