"""One tile out of an archive, by ranges of bytes: wherever the archive is kept, little of it is read."""

from __future__ import annotations

import gzip
import zlib
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .model import RangeReader, TileError

if TYPE_CHECKING:
    from .model import Ints

#: Bytes of the header and of the root directory, which the format keeps within the first 16 KB.
_HEAD = 16_384
#: Directories kept per archive: an archive of a million tiles has some two hundred.
_KEPT = 64
_DEPTH = 4


class Archive:
    """An archive of tiles; keeps its header and the directories it has read. Safe to share between threads."""

    def __init__(self, read: RangeReader) -> None:
        from pmtiles.tile import deserialize_header  # noqa: PLC0415 - an extra

        self.read = read
        head = read(0, _HEAD)
        try:
            self.header: Any = deserialize_header(head)
        except Exception as error:
            raise TileError("tiles", "Ce fichier n’est pas une archive de tuiles PMTiles.") from error
        root, size = self.header["root_offset"], self.header["root_length"]
        self.root = _directory(head[root : root + size] if root + size <= len(head) else read(root, size))
        self.leaves: OrderedDict[int, tuple[Ints, Ints, Ints, Ints]] = OrderedDict()

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """The tile as stored (vector tiles: gzip), None when nothing is there or out of range. Raises TileError."""
        from pmtiles.tile import zxy_to_tileid  # noqa: PLC0415

        if not (self.header["min_zoom"] <= z <= self.header["max_zoom"] and 0 <= x < 1 << z and 0 <= y < 1 << z):
            return None
        number, directory = zxy_to_tileid(z, x, y), self.root
        for _ in range(_DEPTH):
            ids, runs, sizes, offsets = directory
            place = int(np.searchsorted(ids, number, side="right")) - 1
            if place < 0:
                return None
            run, size, offset = int(runs[place]), int(sizes[place]), int(offsets[place])
            if run:
                if number - int(ids[place]) >= run:
                    return None
                return self.read(self.header["tile_data_offset"] + offset, size)
            directory = self._leaf(offset, size)
        raise TileError("tiles", "Cette archive de tuiles est abîmée : recréez la carte.")

    def _leaf(self, offset: int, size: int) -> tuple[Ints, Ints, Ints, Ints]:
        found = self.leaves.get(offset)
        if found is None:
            found = _directory(self.read(self.header["leaf_directory_offset"] + offset, size))
            self.leaves[offset] = found
            while len(self.leaves) > _KEPT:
                self.leaves.popitem(last=False)
        return found


def read_tile(source: str | Path | RangeReader | Archive, z: int, x: int, y: int) -> bytes | None:
    """The tile ``z/x/y`` as stored (vector tiles: gzip), None when nothing is there or out of range. Raises TileError.

    The directories of archives named by a path are kept from call to call until the file changes.
    """
    if isinstance(source, Archive):
        return source.tile(z, x, y)
    if isinstance(source, (str, Path)):
        try:
            stat = Path(source).stat()
        except OSError as error:
            raise TileError("tiles", "Les tuiles de cette carte sont introuvables : recréez la carte.") from error
        return _opened(str(source), stat.st_mtime_ns, stat.st_size, stat.st_ino).tile(z, x, y)
    return Archive(source).tile(z, x, y)


@lru_cache(maxsize=32)
def _opened(path: str, _changed: int, _size: int, _file: int) -> Archive:
    def read(offset: int, length: int) -> bytes:
        with Path(path).open("rb") as file:
            file.seek(offset)
            return file.read(length)

    return Archive(read)


def _directory(data: bytes) -> tuple[Ints, Ints, Ints, Ints]:
    """Numbers, runs, sizes and offsets of the entries of a directory. Raises TileError."""
    try:
        numbers = _varints(np.frombuffer(gzip.decompress(data), np.uint8))
        count = int(numbers[0])
        steps, runs, sizes, offsets = numbers[1 : 1 + 4 * count].reshape(4, count)
    except (OSError, EOFError, zlib.error, ValueError, IndexError) as error:
        raise TileError("tiles", "Cette archive de tuiles est abîmée : recréez la carte.") from error
    # 0 says « right after the one before »; else the offset plus one. Sums start again at each one that is said.
    said = offsets > 0
    before = np.cumsum(sizes) - sizes
    last = np.maximum.accumulate(np.where(said, np.arange(count), 0))
    offsets = offsets[last] - 1 + before - before[last] if count else offsets
    return np.cumsum(steps), runs, sizes, offsets


def _varints(data: Any) -> Ints:
    """The numbers that follow one another in ``data``."""
    ends = np.flatnonzero(data < 0x80)
    begins = np.append(0, ends[:-1] + 1)
    place = np.arange(len(data)) - np.repeat(begins, ends - begins + 1)
    parts = (data & 0x7F).astype(np.int64) << (7 * place)
    return np.add.reduceat(parts, begins)
