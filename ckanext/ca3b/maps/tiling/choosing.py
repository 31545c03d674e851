"""Which features each zoom shows, and how deep the zooms must go.

Each feature gets one number, its rank, once: features of small rank appear first and are left out last. A feature is
the first of its cell (the largest, else one at random that is always the same) in grids that grow finer; a large one
also counts as soon as it can be seen. So what shows at a zoom still shows at the next, evenly spread.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .arrays import mixed
from .mercator import KEY_BITS
from .model import BUFFER, DEEPEST, EXTENT, WORLD_BITS

if TYPE_CHECKING:
    from .entries import Entries
    from .model import AnyArray, Ints

#: A tile shows one feature in each of 128 by 128 cells, 4 pixels wide; with fewer features it shows all.
CELL_BITS, LIGHT = 7, 2_000
#: A size that is seen without being chosen: 2 pixels.
SEEN = 16
#: Zooms where a unit of a tile is 0.8 m and 0.4 m wide in France: for points and for outlines, unless that makes too
#: many tiles.
STREETS, BUILDINGS = 13, 14
MANY_TILES = 20_000
_NEVER = 100.0


def ranks(entries: Entries) -> AnyArray:
    """The rank of each entry: shown at zoom z when under ``z + CELL_BITS + 1``."""
    count = len(entries)
    chance = mixed(entries.fid)
    size = entries.size
    order = np.lexsort((chance, -size))
    place = np.empty(count, np.int64)
    place[order] = np.arange(count)
    level = np.full(count, _NEVER, np.float32)
    for bits in range(KEY_BITS, -1, -1):
        cell = entries.key >> (2 * (KEY_BITS - bits))
        starts = np.flatnonzero(np.diff(cell, prepend=-1))
        if count:
            level[order[np.minimum.reduceat(place, starts)]] = bits
    level += ((chance >> np.uint64(44)).astype(np.float32) / np.float32(1 << 20)).astype(np.float32)
    with np.errstate(divide="ignore"):
        seen = WORLD_BITS - np.log2(size.astype(np.float32)) + np.log2(SEEN / (EXTENT >> (CELL_BITS + 1)))
    return np.minimum(level, seen.astype(np.float32))


def shown(entries: Entries, rank: AnyArray, zoom: int) -> Ints:
    """The entries of a zoom that is not the last."""
    chosen = rank < zoom + CELL_BITS + 1
    tile = entries.key >> (2 * (KEY_BITS - zoom))
    starts = np.flatnonzero(np.diff(tile, prepend=-1))
    counts = np.diff(starts, append=len(tile))
    chosen |= np.repeat(counts <= LIGHT, counts)
    return np.flatnonzero(chosen)


def deepest_zoom(entries: Entries, weights: Ints, allowed: int) -> int:
    """The first zoom where tiles weigh at most ``allowed`` and positions are good to the metre.

    ``weights``: bytes that each entry is thought to take.
    """
    if not len(entries):
        return 0
    fit = next((z for z in range(DEEPEST + 1) if heaviest(entries.key, weights, z) <= allowed), DEEPEST)
    wanted = BUILDINGS if entries.rings.any() else STREETS
    most = max(MANY_TILES, len(entries) // 20)
    while wanted > fit and _tiles(entries, wanted) > most:
        wanted -= 1
    # What no zoom can hold apart is no reason to go to the end.
    return max(wanted, fit if heaviest(entries.key, weights, DEEPEST) <= allowed else 0)


def heaviest(key: Ints, weights: Ints, zoom: int) -> int:
    """The weight of the heaviest tile of ``zoom``."""
    starts = np.flatnonzero(np.diff(key >> (2 * (KEY_BITS - zoom)), prepend=-1))
    return int(np.add.reduceat(weights, starts).max()) if len(key) else 0


def spans(box: AnyArray, zoom: int, buffer: int = BUFFER) -> tuple[Ints, Ints, Ints, Ints]:
    """The first and last columns and rows of tiles that each box touches; columns may be beyond the world."""
    margin, shift = buffer << (DEEPEST - zoom), WORLD_BITS - zoom
    box = box.astype(np.int64)
    last = (1 << zoom) - 1
    top = np.maximum((box[:, 1] - margin) >> shift, 0)
    bottom = np.minimum((box[:, 3] + margin) >> shift, last)
    return (box[:, 0] - margin) >> shift, top, (box[:, 2] + margin) >> shift, bottom


def _tiles(entries: Entries, zoom: int) -> int:
    tiles = int(np.count_nonzero(np.diff(entries.key >> (2 * (KEY_BITS - zoom)), prepend=-1)))
    west, north, east, south = spans(entries.box, zoom, 0)
    return tiles + int(((east - west + 1) * (south - north + 1) - 1).sum())
