"""What comes out of tiling, and the numbers that everything in this room agrees on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import attrs

from ckanext.ca3b.maps.errors import MapError

if TYPE_CHECKING:
    import numpy as np

    Ints = np.ndarray[Any, np.dtype[np.int64]]
    Words = np.ndarray[Any, np.dtype[np.int32]]
    Floats = np.ndarray[Any, np.dtype[np.float64]]
    Bytes = np.ndarray[Any, np.dtype[np.uint8]]
    Flags = np.ndarray[Any, np.dtype[np.bool_]]
    AnyArray = np.ndarray[Any, Any]

#: Bytes of a compressed tile, at most: tippecanoe's limit too.
MAX_TILE = 500_000
#: Bytes of a tile once unpacked, per byte allowed packed: what a browser must read on a phone.
UNPACKED = 5
#: Features of a sample, at most.
SAMPLE_FEATURES = 2_000
#: Side of a tile in its own units, and how far lines and polygons go on around it (8 pixels of 512).
EXTENT, BUFFER = 4096, 64
#: The world is ``2 ** WORLD_BITS`` units wide (3.7 cm at the equator): at zoom 18 a unit of a tile is one of these.
WORLD_BITS, DEEPEST = 30, 18
#: Features of one tile, at most: more would freeze a browser however light they are.
MOST_FEATURES = 131_072
#: Attributes and characters of a text that tiles carry; the rest is asked from the store.
MOST_ATTRIBUTES, MOST_CHARACTERS = 30, 200

#: Reads ``length`` bytes from ``offset`` of an archive: ``read(offset, length)``.
RangeReader = Callable[[int, int], bytes]
#: Is told how much is done, from 0 to 1.
Progress = Callable[[float], None]


class TileError(MapError):
    """Tiles that cannot be made or read."""


@attrs.frozen
class Tiles:
    """What ``build`` wrote.

    ``bytes``: size of the archive, ``biggest``: of its heaviest tile. ``features``: those of ``maxzoom``;
    ``left_out``: those that even this zoom cannot hold, or that a web map cannot show (beyond 85.05° of latitude).
    ``attributes``: names of the attributes in the tiles; ``shortened``: those whose texts are cut at 200 characters.
    ``warnings``: French sentences.
    """

    minzoom: int
    maxzoom: int
    tiles: int
    bytes: int
    biggest: int = 0
    features: int = 0
    left_out: int = 0
    attributes: tuple[str, ...] = ()
    shortened: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
