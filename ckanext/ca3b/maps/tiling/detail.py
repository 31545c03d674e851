"""From which zoom each vertex is worth drawing: Douglas and Peucker's measure, of all rings at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .arrays import spread
from .model import DEEPEST

if TYPE_CHECKING:
    from .entries import Entries
    from .model import AnyArray, Floats, Ints, Words

#: A vertex that moves a line by less than this many units of a tile is left out (3/8 of a pixel).
TOLERANCE = 3.0
#: Rings with fewer vertices are drawn whole; passes over segments that remain, at most.
SMALL, PASSES = 5, 64
#: Vertices treated together.
_CHUNK = 1 << 19


def depths(entries: Entries, deepest: int) -> AnyArray:
    """For each vertex of ``entries.xy`` the zoom from which it is drawn; ``deepest`` draws all of them."""
    depth = np.zeros(len(entries.xy), np.int8)
    large = np.flatnonzero(entries.ring_size > SMALL)
    if not len(large) or not deepest:
        return depth
    ends = np.cumsum(entries.ring_size[large])
    for group in np.split(large, np.flatnonzero(np.diff(ends // _CHUNK)) + 1):
        _measure(entries.xy, entries.ring_at[group], entries.ring_size[group].astype(np.int64), depth, deepest)
    return depth


def _measure(xy: Words, at: Ints, size: Ints, depth: AnyArray, deepest: int) -> None:
    """Measure some rings; the first and the last of their vertices stay at all zooms."""
    places = spread(at, size)
    depth[places] = deepest
    points = xy[places].astype(np.float64)
    ends = np.cumsum(size)
    worth = np.zeros(len(places))
    worth[ends - size] = worth[ends - 1] = np.inf
    left, right = ends - size, ends - 1
    above = np.full(len(left), np.inf)
    least = TOLERANCE * 2.0 ** (DEEPEST - deepest + 1)
    for _ in range(PASSES):
        open_ = right - left > 1
        left, right, above = left[open_], right[open_], above[open_]
        if not len(left):
            break
        middle, far = _farthest(points, left, right)
        far = np.minimum(far, above)
        worth[middle] = far
        go = far >= least
        left, middle, right, far = left[go], middle[go], right[go], far[go]
        left, right = np.concatenate([left, middle]), np.concatenate([middle, right])
        above = np.concatenate([far, far])
    else:
        inner = spread(left + 1, right - left - 1)
        worth[inner] = np.repeat(above, right - left - 1)
    with np.errstate(divide="ignore"):
        zoom = np.ceil(DEEPEST + np.log2(TOLERANCE / worth))
    depth[places] = np.clip(zoom, 0, deepest)


def _farthest(points: Floats, left: Ints, right: Ints) -> tuple[Ints, Floats]:
    """For each chain of vertices the inner one that is farthest from its chord, and how far."""
    lengths = right - left - 1
    inner = spread(left + 1, lengths)
    begin, along = points[left], points[right] - points[left]
    square = (along**2).sum(axis=1)
    chord = np.repeat(along, lengths, axis=0)
    offset = points[inner] - np.repeat(begin, lengths, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = (offset * chord).sum(axis=1) / np.repeat(square, lengths)
    share = np.clip(np.nan_to_num(share), 0.0, 1.0)
    distance = np.hypot(*(offset - chord * share[:, None]).T)
    starts = np.cumsum(lengths) - lengths
    far = np.maximum.reduceat(distance, starts)
    hits = np.flatnonzero(distance == np.repeat(far, lengths))
    chain = np.searchsorted(starts, hits, side="right") - 1
    first = hits[np.flatnonzero(np.diff(chain, prepend=-1))]
    return inner[first], far
