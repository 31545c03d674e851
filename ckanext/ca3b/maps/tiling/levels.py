"""All the tiles of one zoom, none too heavy."""

from __future__ import annotations

import zlib
from collections import deque
from typing import TYPE_CHECKING

import attrs
import numpy as np
import pyarrow as pa

from .drawing import Way, draw
from .encoding import Content, encode
from .entries import POINT
from .model import MOST_FEATURES, UNPACKED
from .pieces import pairs
from .values import column

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future, ThreadPoolExecutor

    from .attributes import Rows
    from .entries import Entries
    from .model import AnyArray, Ints
    from .pieces import Pairs, Pieces

#: Pairs and vertices drawn together; jobs of compression under way; zlib's level.
_RUN, _RUN_VERTICES, _AHEAD, _LEVEL = 1 << 15, 400_000, 3, 6
#: A share of what would just fit, lest a tile be thinned again and again.
_SLACK = 0.93
#: With more vertices than this per feature, shapes are made coarser before any feature is left out.
_DETAILED, _COARSEST = 24, 6


@attrs.define
class Heavy:
    """A tile that could not hold all: what was in it, how many features it kept, whether shapes are coarser."""

    entries: Ints
    kept: int
    coarser: bool


@attrs.define
class Level:
    """One zoom to be drawn: ``which`` entries, sorted; ``whole``: all their vertices, true shapes."""

    entries: Entries
    rows: Rows
    rank: AnyArray
    depth: AnyArray
    zoom: int
    whole: bool
    max_tile: int
    pieces: Pieces = attrs.field(init=False)
    drawn: int = attrs.field(default=0, init=False)
    heavy: list[Heavy] = attrs.field(factory=list, init=False)

    def tiles(self, which: Ints, pool: ThreadPoolExecutor) -> Iterator[tuple[int, bytes, float]]:
        """Each tile in order: its number, its bytes, and the share of the zoom that is done with it."""
        found, self.pieces = pairs(self.entries, which, self.zoom, None if self.whole else self.depth)
        total = max(len(found.entry), 1)
        waiting: deque[tuple[Pairs, int, Future[tuple[Ints, list[tuple[bytes, int]]]]]] = deque()
        for begin, end in self._runs(found):
            run = found.at(slice(begin, end))
            numbers, raw = self._encode(run, 0)
            waiting.append((run, end, pool.submit(_packed, numbers, raw)))
            del raw
            if len(waiting) > _AHEAD:
                yield from self._ready(*waiting.popleft(), total)
        while waiting:
            yield from self._ready(*waiting.popleft(), total)

    def _ready(
        self, run: Pairs, end: int, job: Future[tuple[Ints, list[tuple[bytes, int]]]], total: int
    ) -> Iterator[tuple[int, bytes, float]]:
        numbers, packed = job.result()
        edges = np.searchsorted(run.id, np.append(numbers, run.id[-1] + 1 if len(run.id) else 0))
        for place, (number, (data, size)) in enumerate(zip(numbers.tolist(), packed, strict=True)):
            if self._fits(len(data), size) and edges[place + 1] - edges[place] <= MOST_FEATURES:
                yield number, data, end / total
                continue
            of_tile = run.at(slice(int(edges[place]), int(edges[place + 1])))
            thinner = self._thinned(of_tile, max(len(data) / self.max_tile, size / self.max_tile / UNPACKED))
            if thinner is not None:
                yield number, thinner, end / total

    def _fits(self, packed: int, unpacked: int) -> bool:
        return packed <= self.max_tile and unpacked <= UNPACKED * self.max_tile

    def _runs(self, found: Pairs) -> Iterator[tuple[int, int]]:
        """Cut between tiles."""
        starts = np.flatnonzero(np.diff(found.id, prepend=-1))
        if not len(starts):
            return
        cost = self._vertices(found)
        load = np.add.reduceat(np.maximum(cost * (_RUN / _RUN_VERTICES), 1.0), starts)
        run = np.floor(np.cumsum(load) / _RUN - load / (2 * _RUN)).astype(np.int64)
        begins = starts[np.flatnonzero(np.diff(run, prepend=-1))]
        yield from zip(begins.tolist(), np.append(begins[1:], len(found.id)).tolist(), strict=True)

    def _vertices(self, found: Pairs) -> AnyArray:
        cost = np.zeros(len(found.entry))
        solid = np.flatnonzero((self.entries.kind[found.entry] != POINT) & (found.piece < 0))
        cost[solid] = self.entries.vertices[found.entry[solid]]
        cut = np.flatnonzero(found.piece >= 0)
        if len(cut):
            total = np.append(0, np.cumsum(self.pieces.size))
            first = self.pieces.first[found.piece[cut]]
            cost[cut] = total[first + self.pieces.rings[found.piece[cut]]] - total[first]
        return cost

    def _encode(self, run: Pairs, coarser: int) -> tuple[Ints, list[bytes]]:
        """The numbers and the bytes of the tiles of a run."""
        run = self._sparse(run)
        depth = None if self.whole and not coarser else self.depth + np.int8(coarser) if coarser else self.depth
        way = Way(self.zoom, self.whole, depth)
        places, drawn = draw(self.entries, run, self.pieces, way)
        entry, number = run.entry[places], run.id[places]
        if not len(entry):
            return number, []
        begins = np.flatnonzero(np.diff(number, prepend=-1))
        tile = np.repeat(np.arange(len(begins)), np.diff(begins, append=len(number)))
        columns = [column(values) for values in self._attributes(entry)]
        fid, kind = self.entries.fid[entry], self.entries.kind[entry]
        self.drawn += len(entry)
        raw = encode(Content(tile, len(begins), kind, fid, drawn, self.rows.names, columns))
        return number[begins], raw

    def _attributes(self, entry: Ints) -> list[AnyArray]:
        if not self.rows.names:
            return []
        row = self.entries.row[entry]
        if (np.diff(row) > 0).all():
            return self.rows.take(row)
        unique, back = np.unique(row, return_inverse=True)
        return [values.take(pa.array(back)) for values in self.rows.take(unique)]

    def _sparse(self, run: Pairs) -> Pairs:
        """Without what no tile could hold, before time and memory are spent on it."""
        if len(run.entry) <= MOST_FEATURES:
            return run
        best = np.lexsort((self.rank[run.entry], run.id))
        begins = np.flatnonzero(np.diff(run.id, prepend=-1))
        place = np.arange(len(best)) - np.repeat(begins, np.diff(begins, append=len(best)))
        return run.at(np.sort(best[place < MOST_FEATURES]))

    def _thinned(self, tile: Pairs, excess: float) -> bytes | None:
        """The tile with coarser shapes, or with fewer features: those of the highest ranks are left out."""
        self.drawn -= min(len(tile.entry), MOST_FEATURES)
        kept, coarser = tile, 0
        best = np.argsort(self.rank[tile.entry], kind="stable")
        count = min(len(best), MOST_FEATURES)
        while True:
            vertices = float(self._vertices(kept).sum()) if not coarser or len(kept.entry) == 1 else 0.0
            detailed = vertices > _DETAILED * len(kept.entry) and coarser < _COARSEST * (1 + 2 * (len(kept.entry) == 1))
            if detailed:
                coarser += 2
            elif len(kept.entry) <= 1:
                self.heavy.append(Heavy(tile.entry, 0, coarser=True))
                return None
            else:
                count = max(1, min(int(count / excess * _SLACK), count - 1))
                kept = tile.at(np.sort(best[:count]))
            numbers, raw = self._encode(self._uncut(kept, coarser), coarser)
            if not len(numbers):
                return None
            data = _pack(raw[0])
            if self._fits(len(data), len(raw[0])):
                self.heavy.append(Heavy(tile.entry, count, coarser > 0))
                return data
            self.drawn -= len(kept.entry)
            excess = max(len(data) / self.max_tile, len(raw[0]) / self.max_tile / UNPACKED)

    def _uncut(self, kept: Pairs, coarser: int) -> Pairs:
        """Pieces have lost which vertex is which: to be coarser, shapes are cut again from the whole."""
        return attrs.evolve(kept, piece=np.full(len(kept.entry), -1)) if coarser else kept


def _pack(data: bytes) -> bytes:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def _packed(numbers: Ints, raw: list[bytes]) -> tuple[Ints, list[tuple[bytes, int]]]:
    return numbers, [(_pack(data), len(data)) for data in raw]
