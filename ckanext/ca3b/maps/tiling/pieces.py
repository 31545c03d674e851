"""Which tiles each feature is in; large ones are cut by halves, so that each vertex is looked at a few times only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

from .arrays import ends_of, owners, spread, starts_of, sums
from .choosing import spans
from .clipping import Rings, clip, concatenated, tidy
from .entries import POINT, POLYGON
from .mercator import tile_ids
from .model import BUFFER, DEEPEST, EXTENT, WORLD_BITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .entries import Entries
    from .model import AnyArray, Ints, Words

#: A feature in at most so many tiles, or so many times its vertices, is cut tile by tile.
FEW_TILES, FEW_VERTICES = 4, 512
_CHUNK = 1 << 18
_EXTENT_BITS = EXTENT.bit_length() - 1


@attrs.define
class Pairs:
    """Which entry is in which tile, sorted by tile: ``x``, ``y``, number ``id``; ``piece``: number of what is already
    cut, else -1.
    """

    entry: Ints
    x: Words
    y: Words
    id: Ints
    piece: Words

    def at(self, which: AnyArray | slice) -> Pairs:
        """Some of the pairs."""
        return Pairs(self.entry[which], self.x[which], self.y[which], self.id[which], self.piece[which])


@attrs.define
class Pieces:
    """Parts of large features in their tiles: ``rings`` of each from ``first``; coordinates in units of the tile."""

    first: Ints
    rings: Ints
    at: Ints
    size: Ints
    hole: AnyArray
    closed: AnyArray
    xy: AnyArray


def flatten(entries: Entries, which: Ints, zoom: int, depth: AnyArray | None) -> Rings:
    """The rings of some entries in units of ``zoom`` from the corner of the world; ``depth`` leaves vertices out."""
    count = entries.rings[which]
    ring = spread(entries.first[which], count)
    size = entries.ring_size[ring].astype(np.int64)
    place = spread(entries.ring_at[ring], size)
    if depth is not None:
        keep = depth[place] <= zoom
        size, place = sums(keep.astype(np.int64), size), place[keep]
    shift = DEEPEST - zoom
    xy = (entries.xy[place].astype(np.int64) + ((1 << shift) >> 1)) >> shift
    of = owners(count)
    closed = (entries.kind[which] == POLYGON)[of]
    return Rings(of, entries.ring_hole[ring], closed, size, xy)


def pairs(entries: Entries, which: Ints, zoom: int, depth: AnyArray | None) -> tuple[Pairs, Pieces]:
    """The tiles of some entries at one zoom."""
    shift = WORLD_BITS - zoom
    flat = entries.kind[which] == POINT
    spots, others = which[flat], which[~flat]
    x, y = (entries.box[spots, axis].astype(np.int64) >> shift for axis in (0, 1))
    found = [(spots, x, y, np.full(len(spots), -1, np.int64))]
    pieces = _join([])
    if len(others):
        west, north, east, south = spans(entries.box[others], zoom)
        wide = east - west + 1
        tiles = wide * (south - north + 1)
        direct = (tiles <= FEW_TILES) | (tiles * entries.vertices[others] <= FEW_VERTICES)
        few = np.flatnonzero(direct)
        step = np.arange(int(tiles[few].sum())) - np.repeat(starts_of(tiles[few]), tiles[few])
        of = np.repeat(few, tiles[few])
        found.append((others[of], west[of] + step % wide[of], north[of] + step // wide[of], np.full(len(of), -1)))
        many = others[~direct]
        if len(many):
            cut = list(_cut_large(entries, many, zoom, depth))
            pieces = _join([each[1] for each in cut])
            heads = [np.concatenate(parts) for parts in zip(*(each[0] for each in cut), strict=True)]
            found.append((heads[0], heads[1], heads[2], np.arange(len(heads[0]))))
            # What is too thin for any tile to show has its mark in the tile where it begins.
            lost = np.setdiff1d(many, heads[0])
            spot = entries.xy[entries.ring_at[entries.first[lost]]].astype(np.int64) >> shift
            found.append((lost, spot[:, 0], spot[:, 1], np.full(len(lost), -1, np.int64)))
    entry, x, y, piece = (np.concatenate(parts) for parts in zip(*found, strict=True))
    number = tile_ids(x, y, zoom)
    order = np.lexsort((entry, number)) if len(found) > 1 else np.argsort(number, kind="stable")
    small = [part.astype(np.int32) for part in (x, y, piece)]
    return Pairs(entry, small[0], small[1], number, small[2]).at(order), pieces


def _cut_large(
    entries: Entries, which: Ints, zoom: int, depth: AnyArray | None
) -> Iterator[tuple[tuple[Ints, Ints, Ints], Rings]]:
    """Entry, column and row of each piece, and its rings (``of`` its number), some features at a time."""
    chunk = np.cumsum(entries.vertices[which]) // _CHUNK
    for group in np.split(which, np.flatnonzero(np.diff(chunk)) + 1):
        yield _halve(entries, group, zoom, depth)


def _halve(entries: Entries, which: Ints, zoom: int, depth: AnyArray | None) -> tuple[tuple[Ints, Ints, Ints], Rings]:
    rings = flatten(entries, which, zoom, depth).distinct()
    west, north, east, south = spans(entries.box[which], zoom)
    level = np.zeros(len(which), np.int64)
    while True:
        wide = np.maximum((east >> level) - (west >> level), (south >> level) - (north >> level)) > 1
        if not wide.any():
            break
        level += wide
    entry = x = y = np.zeros(0, np.int64)
    inside = rings.where(np.zeros(len(rings.size), np.bool_))
    for step in range(int(level.max()), -1, -1):
        parts = [_quarter(inside, entry, x, y, step, (a, b)) for a in (0, 1) for b in (0, 1)] if len(entry) else []
        fresh = np.flatnonzero(level == step)
        if len(fresh):
            own = _renumbered(rings, fresh, len(which))
            left, top = west[fresh] >> step, north[fresh] >> step
            parts += [
                _quarter(own, which[fresh], left >> 1, top >> 1, step, (a, b), (left & 1, top & 1))
                for a in (0, 1)
                for b in (0, 1)
            ]
        if parts:
            entry, x, y, inside = _together(parts)
    inside = tidy(inside)
    kept = np.unique(inside.of)
    inside = attrs.evolve(inside, of=np.searchsorted(kept, inside.of))
    return (entry[kept], x[kept], y[kept]), inside


def _quarter(  # noqa: PLR0913, PLR0917 - one feature is all of these
    rings: Rings,
    entry: Ints,
    x: Ints,
    y: Ints,
    step: int,
    which: tuple[int, int],
    begin: tuple[Ints, Ints] | None = None,
) -> tuple[Ints, Ints, Ints, Rings]:
    """What is in one quarter of each block; the blocks become ``2 ** step`` tiles wide.

    Coordinates are from the corner of the block, or of the world with ``begin``: then the four are those from there.
    """
    bits = step + _EXTENT_BITS
    new_x, new_y = 2 * x + which[0], 2 * y + which[1]
    corner = np.stack([np.full(len(x), which[0]), np.full(len(y), which[1])], axis=1)
    if begin is not None:
        new_x, new_y = new_x + begin[0], new_y + begin[1]
        corner = np.stack([new_x, new_y], axis=1)
    moved = rings.xy - np.repeat((corner << bits)[rings.of], rings.size, axis=0)
    cut = clip(attrs.evolve(rings, xy=moved), -BUFFER, (1 << bits) + BUFFER)
    cut = cut.distinct()
    kept = np.unique(cut.of)
    return entry[kept], new_x[kept], new_y[kept], attrs.evolve(cut, of=np.searchsorted(kept, cut.of))


def _together(parts: Sequence[tuple[Ints, Ints, Ints, Rings]]) -> tuple[Ints, Ints, Ints, Rings]:
    entry, x, y = (np.concatenate(each) for each in list(zip(*parts, strict=True))[:3])
    shift = starts_of(np.array([len(part[0]) for part in parts]))
    return entry, x, y, concatenated([attrs.evolve(p[3], of=p[3].of + s) for p, s in zip(parts, shift, strict=True)])


def _renumbered(rings: Rings, which: Ints, count: int) -> Rings:
    """The rings of some features only, these being numbered from 0."""
    number = np.full(count, -1, np.int64)
    number[which] = np.arange(len(which))
    picked = rings.where(number[rings.of] >= 0)
    return attrs.evolve(picked, of=number[picked.of])


def _join(parts: Sequence[Rings]) -> Pieces:
    """The pieces of all features; a tile is small enough for short coordinates."""
    none = np.zeros(0, np.int64)
    if not parts:
        return Pieces(none, none, none, none, none > 0, none > 0, np.zeros((0, 2), np.int16))
    size = np.concatenate([part.size for part in parts])
    rings = np.concatenate([np.bincount(part.of) for part in parts])
    return Pieces(
        first=starts_of(rings),
        rings=rings,
        at=ends_of(size) - size,
        size=size,
        hole=np.concatenate([part.hole for part in parts]),
        closed=np.concatenate([part.closed for part in parts]),
        xy=np.concatenate([part.xy.astype(np.int16) for part in parts]),
    )
