"""Tiles kept as they are made, zoom after zoom, then written in order as one PMTiles archive."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any, BinaryIO

import attrs
import numpy as np

from .mercator import degrees
from .model import WORLD_BITS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .model import Ints


@attrs.define
class Shelf:
    """Compressed tiles in a file, to be found again by zoom."""

    file: BinaryIO
    size: int = 0
    biggest: int = 0
    tiles: int = 0
    zooms: dict[int, list[tuple[int, int, int]]] = attrs.field(factory=dict)

    def add(self, zoom: int, tile: int, data: bytes) -> None:
        """Keep one tile; the tiles of a zoom come in order of their numbers."""
        self.file.write(data)
        self.zooms.setdefault(zoom, []).append((tile, self.size, len(data)))
        self.size += len(data)
        self.tiles += 1
        self.biggest = max(self.biggest, len(data))

    def write(self, target: Path, box: Ints, fields: dict[str, str], layer: str) -> int:
        """Write the archive; ``box`` in units of the world. Return its size in bytes."""
        from pmtiles.tile import Compression, TileType  # noqa: PLC0415 - an extra
        from pmtiles.writer import Writer  # noqa: PLC0415

        with target.open("wb") as out:
            writer = Writer(out)
            for zoom in sorted(self.zooms):
                for number, at, size in self.zooms[zoom]:
                    self.file.seek(at)
                    writer.write_tile(number, self.file.read(size))
            low, high = min(self.zooms), max(self.zooms)
            west, north, east, south = _bounds(box)
            header: dict[str, Any] = {
                "tile_type": TileType.MVT,
                "tile_compression": Compression.GZIP,
                "min_lon_e7": west,
                "min_lat_e7": south,
                "max_lon_e7": east,
                "max_lat_e7": north,
                "center_zoom": _center_zoom(box, low, high),
                "center_lon_e7": (west + east) // 2,
                "center_lat_e7": (south + north) // 2,
            }
            described = {"id": layer, "minzoom": low, "maxzoom": high, "fields": fields}
            writer.finalize(header, {"name": layer, "format": "pbf", "vector_layers": [described]})
        return target.stat().st_size


def empty(target: Path, fields: dict[str, str], layer: str) -> int:
    """Write an archive without any tile."""
    from pmtiles.tile import Compression, TileType, serialize_directory, serialize_header  # noqa: PLC0415 - an extra

    described = {"id": layer, "minzoom": 0, "maxzoom": 0, "fields": fields}
    said = json.dumps({"name": layer, "format": "pbf", "vector_layers": [described]})
    metadata = gzip.compress(said.encode(), mtime=0)
    root = serialize_directory([])
    at = 127 + len(root)
    places: Sequence[str] = ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7", "center_lon_e7", "center_lat_e7")
    counts = ("addressed_tiles_count", "tile_entries_count", "tile_contents_count", "leaf_directory_length")
    zooms = ("min_zoom", "max_zoom", "center_zoom", "tile_data_length")
    header: Any = dict.fromkeys((*places, *counts, *zooms), 0) | {
        "root_offset": 127,
        "root_length": len(root),
        "metadata_offset": at,
        "metadata_length": len(metadata),
        "leaf_directory_offset": at + len(metadata),
        "tile_data_offset": at + len(metadata),
        "clustered": True,
        "internal_compression": Compression.GZIP,
        "tile_compression": Compression.GZIP,
        "tile_type": TileType.MVT,
    }
    data = serialize_header(header) + root + metadata
    return target.write_bytes(data)


def _bounds(box: Ints) -> tuple[int, int, int, int]:
    corners = np.round(degrees(np.asarray(box, np.int64).reshape(2, 2)) * 1e7).astype(np.int64)
    lon = np.clip(corners[:, 0], -1_800_000_000, 1_800_000_000)
    return int(lon[0]), int(corners[0, 1]), int(lon[1]), int(corners[1, 1])


def _center_zoom(box: Ints, low: int, high: int) -> int:
    wide = max(int(box[2]) - int(box[0]), int(box[3]) - int(box[1]), 1)
    return max(low, min(high, WORLD_BITS - wide.bit_length()))
