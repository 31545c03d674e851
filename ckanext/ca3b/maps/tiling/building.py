"""From a store of features to an archive of tiles, from the deepest zoom up."""

from __future__ import annotations

import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import numpy as np
import pyarrow as pa

from ckanext.ca3b.maps.model import TILE_LAYER

from .archive import Shelf, empty
from .attributes import Rows, Spool
from .choosing import deepest_zoom, heaviest, ranks, shown
from .detail import depths
from .entries import Collector, Entries
from .levels import Level
from .model import DEEPEST, MAX_TILE, MOST_ATTRIBUTES, WORLD_BITS, Tiles
from .source import batches, columns_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import AnyArray, Ints, Progress

#: Shares of the work: reading, then the last zoom, then the others.
_READING, _LAST = 0.3, 0.5
#: Bytes that a feature and a vertex are thought to take in a packed tile, before any is seen.
_PER_FEATURE, _PER_ATTRIBUTE, _PER_VERTEX = 8, 3, 3
#: Tiles of the last zoom, at most.
_MOST_TILES = 1_000_000


def build(  # noqa: PLR0913 - what a caller may know
    store: str | Path,
    target: str | Path,
    *,
    bbox: Sequence[float] | None = None,
    features: int | None = None,
    kind: str | None = None,
    attributes: Sequence[str] | None = None,
    progress: Progress | None = None,
    max_tile: int = MAX_TILE,
) -> Tiles:
    """Write the tiles of ``store`` (a GeoPackage in WGS 84, its table ``features``) to ``target``, atomically.

    ``attributes``: names of those wanted in the tiles, else all; 30 at most. ``features``: how many there are, for
    ``progress``, which is told a share from 0 to 1 and may raise to stop the work. ``bbox`` and ``kind`` are found
    out; they are taken so that callers may say what they know.
    Raises TileError.
    """
    del bbox, kind
    store, target = Path(store), Path(target)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".tiles-") as folder:
        work = Work(Path(folder), max_tile, progress)
        result = work.run(store, Path(folder) / "tiles", attributes, features)
        (Path(folder) / "tiles").replace(target)
    return result


@attrs.define
class Work:
    """One layer on its way to tiles."""

    folder: Path
    max_tile: int
    progress: Progress | None
    entries: Entries = attrs.field(init=False)
    rows: Rows = attrs.field(init=False)
    rank: AnyArray = attrs.field(init=False)
    depth: AnyArray = attrs.field(init=False)
    left_out: int = attrs.field(default=0, init=False)
    coarser: bool = attrs.field(default=False, init=False)

    def run(self, store: Path, target: Path, wanted: Sequence[str] | None, features: int | None) -> Tiles:
        """Read, choose, draw, write."""
        outside, spool, fields = self._read(store, wanted, features)
        if not len(self.entries):
            size = empty(target, fields, TILE_LAYER)
            return Tiles(0, 0, 0, size, attributes=tuple(fields), warnings=tuple(_warnings(outside, 0, coarser=False)))
        self.rank = ranks(self.entries)
        weights = _PER_FEATURE + _PER_ATTRIBUTE * len(self.rows.names) + _PER_VERTEX * self.entries.vertices
        guess = deepest_zoom(self.entries, np.minimum(weights, self.max_tile // 4), int(self.max_tile * 0.8))
        self.depth = depths(self.entries, guess)
        with (self.folder / "shelf").open("w+b") as file, ThreadPoolExecutor(2) as pool:
            shelf = Shelf(file)
            last, drawn = self._deepest(guess, shelf, pool)
            rows = self.rows
            for zoom in range(guess - 1, -1, -1):
                which = shown(self.entries, self.rank, zoom)
                rows = rows.of(_distinct(self.entries.row[which]))
                self._zoom(zoom, which, shelf, pool, rows)
                self._tell(_READING + _LAST + (1 - _READING - _LAST) * (guess - zoom) / guess)
            box = np.concatenate([self.entries.box[:, :2].min(axis=0), self.entries.box[:, 2:].max(axis=0)])
            size = shelf.write(target, box, fields, TILE_LAYER)
        self.rows.close()
        return Tiles(
            minzoom=0,
            maxzoom=last,
            tiles=shelf.tiles,
            bytes=size,
            biggest=shelf.biggest,
            features=drawn,
            left_out=self.left_out + outside,
            attributes=tuple(fields),
            shortened=tuple(name for name in fields if name in spool.shortened),
            warnings=tuple(_warnings(outside, self.left_out, coarser=self.coarser)),
        )

    def _read(
        self, store: Path, wanted: Sequence[str] | None, features: int | None
    ) -> tuple[int, Spool, dict[str, str]]:
        names = columns_of(store)
        names = [name for name in (wanted if wanted is not None else names) if name in names][:MOST_ATTRIBUTES]
        collector, spool = Collector(self.folder / "vertices"), Spool(self.folder, names)
        for geometry, fids, table in batches(store, names):
            collector.add(geometry, fids)
            spool.add(table)
            if features:
                self._tell(_READING * min(1.0, collector.rows / features))
        # What reading has used is given back before the rest needs as much.
        pa.default_memory_pool().release_unused()
        self.entries, order = collector.entries()
        self.rows = spool.sorted(order)
        kinds = {"bool": "Boolean", "int64": "Number", "double": "Number"}
        fields = {f.name: kinds.get(str(f.type), "String") for f in spool.schema} if spool.schema else {}
        return collector.outside, spool, fields

    def _deepest(self, zoom: int, shelf: Shelf, pool: ThreadPoolExecutor) -> tuple[int, int]:
        """Draw everything, deeper and deeper until every tile holds all of its features, or no zoom would."""
        everything = np.arange(len(self.entries))
        while True:
            level = self._zoom(zoom, everything, shelf, pool, self.rows, whole=True)
            deeper = self._deeper(level)
            if deeper is None:
                self.left_out = sum(max(0, len(np.unique(heavy.entries)) - heavy.kept) for heavy in level.heavy)
                self.coarser = any(heavy.coarser for heavy in level.heavy)
                return zoom, len(everything) - self.left_out
            for between in range(zoom + 1, deeper):
                self._zoom(between, everything, shelf, pool, self.rows, whole=True)
            zoom = deeper

    def _deeper(self, level: Level) -> int | None:
        """The zoom that would hold what this one could not, None when there is none or it holds all."""
        found: list[int] = []
        for heavy in level.heavy:
            if heavy.coarser:
                found.append(level.zoom + 1)
                continue
            key = np.sort(self.entries.key[np.unique(heavy.entries)])
            ones = np.ones(len(key), np.int64)
            # Where nothing fits, features are at least as far apart as they get; on one spot they never are.
            enough = max(heavy.kept, heaviest(key, ones, DEEPEST) * 11 // 10)
            zooms = range(level.zoom, DEEPEST + 1)
            found.append(next(z for z in zooms if z == DEEPEST or heaviest(key, ones, z) <= enough))
        best = max(found, default=0)
        if not level.zoom < best <= DEEPEST or self._too_many(best):
            return None
        return best

    def _too_many(self, zoom: int) -> bool:
        box, shift = self.entries.box.astype(np.int64), WORLD_BITS - zoom
        wide, high = (box[:, 2] >> shift) - (box[:, 0] >> shift), (box[:, 3] >> shift) - (box[:, 1] >> shift)
        return float(((wide + 1.0) * (high + 1.0)).sum()) > _MOST_TILES + 4.0 * len(box)

    def _zoom(  # noqa: PLR0913
        self, zoom: int, which: Ints, shelf: Shelf, pool: ThreadPoolExecutor, rows: Rows, *, whole: bool = False
    ) -> Level:
        level = Level(self.entries, rows, self.rank, self.depth, zoom, whole, self.max_tile)
        for number, data, share in level.tiles(which, pool):
            shelf.add(zoom, number, data)
            if whole:
                self._tell(_READING + _LAST * share)
        return level

    def _tell(self, share: float) -> None:
        if self.progress is not None:
            self.progress(share)


def _distinct(row: Ints) -> Ints:
    return row if (np.diff(row) > 0).all() else np.unique(row)


def _warnings(outside: int, left_out: int, *, coarser: bool) -> list[str]:
    sentences: list[str] = []
    if outside:
        sentences.append(
            f"{outside} point(s) au-delà de 85,05° de latitude ne peuvent pas figurer sur une carte web : "
            "ils restent dans le tableau et les téléchargements."
        )
    if left_out:
        sentences.append(
            f"{left_out} objet(s) superposés au même endroit n’ont pas pu tenir sur la carte, même au plus près : "
            "ils restent dans le tableau et les téléchargements."
        )
    if coarser:
        sentences.append("Quelques contours très détaillés sont simplifiés sur la carte, même au plus près.")
    return sentences
