"""Features in their tiles: vertices in units of the tile, cut at its edges, turned the right way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

from .arrays import owners, spread
from .clipping import Rings, clip, concatenated, in_order, tidy
from .encoding import Drawn, merge, points, shapes
from .entries import POINT, POLYGON
from .model import BUFFER, DEEPEST, EXTENT, WORLD_BITS
from .pieces import flatten

if TYPE_CHECKING:
    from .entries import Entries
    from .model import AnyArray, Flags, Ints
    from .pieces import Pairs, Pieces

#: What is smaller than this (a pixel) is drawn as a mark of ``MARK`` units; at the last zoom only what has no extent.
TINY, MARK, LAST_MARK = 8, 16, 2


@attrs.frozen
class Way:
    """How a zoom is drawn: ``depth`` per vertex (None: all vertices), ``whole``: true shapes however small."""

    zoom: int
    whole: bool
    depth: AnyArray | None


def draw(entries: Entries, chosen: Pairs, pieces: Pieces, way: Way) -> tuple[Ints, Drawn]:
    """Draw each entry in its tile; also return which pairs there is something to draw of."""
    flat = entries.kind[chosen.entry] == POINT
    if flat.all():
        return np.arange(len(flat)), points(_spots(entries, chosen, way.zoom))
    rings = _rings(entries, chosen, pieces, way, ~flat)
    drawn = flat.copy()
    drawn[rings.of] = True
    places = np.flatnonzero(drawn)
    number = np.cumsum(drawn) - 1
    solid = places[~flat[places]]
    own = np.searchsorted(solid, rings.of)
    parts = [(number[solid], shapes(attrs.evolve(rings, of=own), len(solid)))]
    if flat.any():
        spots = np.flatnonzero(flat)
        parts.append((number[spots], points(_spots(entries, chosen.at(spots), way.zoom))))
    return places, merge(parts, len(places))


def _spots(entries: Entries, chosen: Pairs, zoom: int) -> Ints:
    """The units of points: from 0 to 4095, what lies on the edge belongs to one tile only."""
    xy = entries.box[chosen.entry, :2].astype(np.int64)
    return (xy & ((1 << (WORLD_BITS - zoom)) - 1)) >> (DEEPEST - zoom)


def _rings(entries: Entries, chosen: Pairs, pieces: Pieces, way: Way, solid: Flags) -> Rings:
    """The rings of all lines and polygons, sorted by pair; what has no extent has a mark in the tile of its middle."""
    tiny = solid & (chosen.piece < 0) & ~_large(entries, chosen, way)
    parts: list[Rings] = []
    direct = np.flatnonzero(solid & ~tiny & (chosen.piece < 0))
    if len(direct):
        rings = flatten(entries, chosen.entry[direct], way.zoom, way.depth)
        corner = np.stack([chosen.x[direct], chosen.y[direct]], axis=1) * EXTENT
        rings.xy -= np.repeat(corner[rings.of], rings.size, axis=0)
        rings = tidy(clip(rings, -BUFFER, EXTENT + BUFFER))
        parts.append(attrs.evolve(rings, of=direct[rings.of]))
    cut = np.flatnonzero(solid & (chosen.piece >= 0))
    if len(cut):
        parts.append(_stored(pieces, chosen.piece[cut], cut))
    missing = solid.copy()
    for part in parts:
        missing[part.of] = False
    missing[missing] = _without_extent(entries, chosen.at(missing), way) | tiny[missing]
    parts.append(_marks(entries, chosen, way, np.flatnonzero(missing)))
    return in_order(concatenated(parts))


def _large(entries: Entries, chosen: Pairs, way: Way) -> Flags:
    """Whether the true shape is drawn."""
    if way.whole:
        return np.ones(len(chosen.entry), np.bool_)
    box = entries.box[chosen.entry].astype(np.int64)
    size = np.maximum(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1])
    return size >= TINY << (DEEPEST - way.zoom)


def _stored(pieces: Pieces, which: AnyArray, of: Ints) -> Rings:
    count = pieces.rings[which]
    ring = spread(pieces.first[which], count)
    size = pieces.size[ring]
    xy = pieces.xy[spread(pieces.at[ring], size)].astype(np.int64)
    return Rings(of[owners(count)], pieces.hole[ring], pieces.closed[ring], size, xy)


def _without_extent(entries: Entries, chosen: Pairs, way: Way) -> Flags:
    """Of features that their tile shows nothing of, those that no tile would: too thin for its units."""
    left = np.ones(len(chosen.entry), np.bool_)
    if len(left):
        left[tidy(flatten(entries, chosen.entry, way.zoom, way.depth)).of] = False
    return left & (chosen.piece < 0)


def _marks(entries: Entries, chosen: Pairs, way: Way, which: Ints) -> Rings:
    """Squares and strokes where what has no extent begins, each in one tile."""
    spot = entries.xy[entries.ring_at[entries.first[chosen.entry[which]]]].astype(np.int64)
    x = (spot[:, 0] >> (DEEPEST - way.zoom)) - chosen.x[which] * EXTENT
    y = (spot[:, 1] >> (DEEPEST - way.zoom)) - chosen.y[which] * EXTENT
    inside = (x >= 0) & (x < EXTENT) & (y >= 0) & (y < EXTENT)
    which, x, y = which[inside], x[inside], y[inside]
    half = (LAST_MARK if way.whole else MARK) // 2
    closed = entries.kind[chosen.entry[which]] == POLYGON
    size = np.where(closed, 4, 2)
    corners = np.stack([np.stack([x + a * half, y + b * half], axis=1) for a, b in _CORNERS], axis=1)
    corners[~closed, 0] = np.stack([x - half, y], axis=1)[~closed]
    corners[~closed, 1] = np.stack([x + half, y], axis=1)[~closed]
    xy = corners.reshape(-1, 2)[spread(np.arange(len(which)) * 4, size)]
    return Rings(which, np.zeros(len(which), np.bool_), closed, size, xy)


_CORNERS = ((-1, -1), (1, -1), (1, 1), (-1, 1))
