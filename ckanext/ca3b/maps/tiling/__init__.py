"""Large layers as PMTiles: a sample to show at once, then vector tiles that are never too heavy, then their reading.

``sample(store, target)`` writes a moment's GeoJSON, ``build(store, target, progress=...)`` the archive,
``read_tile(archive, z, x, y)`` gives one tile back.
"""

from __future__ import annotations

from .building import build
from .model import MAX_TILE, SAMPLE_FEATURES, Progress, RangeReader, TileError, Tiles
from .reading import Archive, read_tile
from .sampling import sample

__all__ = [
    "MAX_TILE",
    "SAMPLE_FEATURES",
    "Archive",
    "Progress",
    "RangeReader",
    "TileError",
    "Tiles",
    "build",
    "read_tile",
    "sample",
]
