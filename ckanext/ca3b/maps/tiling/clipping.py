"""Rings and lines of vertices cut at the edges of a square, all at once (Sutherland and Hodgman, plane by plane)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

from .arrays import ends_of, owners, spread, starts_of, sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import AnyArray, Flags, Ints


@attrs.define
class Rings:
    """Rings of polygons (``closed``) or parts of lines: ``size`` vertices of ``xy`` each, one after the other.

    ``of``: number of the feature they belong to, never decreasing; ``hole``: a hole of the polygon before it.
    """

    of: Ints
    hole: Flags
    closed: Flags
    size: Ints
    xy: Ints

    def where(self, keep: Flags) -> Rings:
        """Only some rings."""
        if keep.all():
            return self
        members = np.repeat(keep, self.size)
        return Rings(self.of[keep], self.hole[keep], self.closed[keep], self.size[keep], self.xy[members])

    def distinct(self) -> Rings:
        """Without vertices that repeat the one before; a ring does not end where it begins."""
        if not len(self.xy):
            return self
        keep = np.ones(len(self.xy), np.bool_)
        keep[1:] = (self.xy[1:] != self.xy[:-1]).any(axis=1)
        starts = starts_of(self.size)
        filled = self.size > 0
        keep[starts[filled]] = True
        size = sums(keep.astype(np.int64), self.size)
        xy = self.xy[keep]
        loops = np.flatnonzero(self.closed & (size > 1))
        if len(loops):
            ends = ends_of(size)[loops] - 1
            same = (xy[ends] == xy[ends - size[loops] + 1]).all(axis=1)
            if same.any():
                gone = np.ones(len(xy), np.bool_)
                gone[ends[same]] = False
                xy = xy[gone]
                size[loops[same]] -= 1
        return Rings(self.of, self.hole, self.closed, size, xy)


def clip(rings: Rings, low: int, high: int) -> Rings:
    """The part of the rings within the square from ``low`` to ``high`` on both axes; lines may fall apart."""
    beyond: Flags = np.asarray(((rings.xy < low) | (rings.xy > high)).any(axis=1))
    if not beyond.any():
        return rings
    # Most features are within: only the others are cut, and put back in their places.
    cut = np.zeros(int(rings.of[-1]) + 1, np.bool_)
    cut[rings.of[sums(beyond.astype(np.int64), rings.size) > 0]] = True
    which = cut[rings.of]
    if which.all():
        return _clip(rings, low, high)
    return in_order(concatenated([rings.where(~which), _clip(rings.where(which), low, high)]))


def _clip(rings: Rings, low: int, high: int) -> Rings:
    for axis, edge, sign in ((0, low, 1), (0, high, -1), (1, low, 1), (1, high, -1)):
        inside = (rings.xy[:, axis] - edge) * sign >= 0
        if inside.all():
            continue
        touched = sums(inside.astype(np.int64), rings.size)
        # A ring wholly on the wrong side is gone before anything is computed for it.
        some = touched > 0
        if not some.all():
            inside = inside[np.repeat(some, rings.size)]
            rings = rings.where(some)
        rings = _cut(rings, inside, axis, edge)
    return rings


def _cut(rings: Rings, inside: Flags, axis: int, edge: int) -> Rings:
    """Cut at one line: what is ``inside`` stays."""
    xy, count = rings.xy, len(rings.xy)
    if not count:
        return rings
    last = ends_of(rings.size) - 1
    following = np.arange(1, count + 1)
    following[last] = last - rings.size + 1
    crosses = inside != inside[following]
    crosses[last[~rings.closed]] = False
    written = inside.astype(np.int64) + crosses
    places = starts_of(written)
    out = np.empty((int(written.sum()), 2), np.int64)
    out[places[inside]] = xy[inside]
    here = np.flatnonzero(crosses)
    out[places[here] + inside[here]] = _crossing(xy[here], xy[following[here]], axis, edge)
    size = sums(written, rings.size)
    result = Rings(rings.of, rings.hole, rings.closed, size, out)
    if rings.closed.all():
        return result.where(size > 0)
    # A line that comes back inside begins a new part there; one that starts inside begins at its start.
    entering = here[~inside[here]]
    entering = entering[~rings.closed[owners(rings.size)[entering]]]
    begins = np.zeros(len(out), np.bool_)
    begins[starts_of(size)[size > 0]] = True
    begins[places[entering]] = True
    at = np.flatnonzero(begins)
    ring = owners(size)[at]
    return Rings(rings.of[ring], rings.hole[ring], rings.closed[ring], np.diff(at, append=len(out)), out)


def _crossing(begin: AnyArray, end: AnyArray, axis: int, edge: int) -> AnyArray:
    """Where the segments cross the line, in whole units."""
    out = np.empty_like(begin)
    share = (edge - begin[:, axis]) / (end[:, axis] - begin[:, axis])
    other = 1 - axis
    out[:, axis] = edge
    out[:, other] = np.rint(begin[:, other] + share * (end[:, other] - begin[:, other]))
    return out


def tidy(rings: Rings, least: int = 1) -> Rings:
    """Without what has no length or no area; outer rings turn one way (positive area), holes the other."""
    rings = rings.distinct()
    # Holes of a polygon whose outer ring is gone go with it: each ring knows its outer ring before any is dropped.
    outer = np.maximum.accumulate(np.where(rings.hole, -1, np.arange(len(rings.hole))))
    long = np.where(rings.closed, rings.size >= 3, rings.size >= 2)
    good = long.copy()
    area = np.zeros(len(long), np.int64)
    area[long] = areas(rings.where(long))
    good &= ~rings.closed | (np.abs(area) >= least)
    good &= (outer >= 0) & good[outer] & (rings.of[outer] == rings.of)
    area = area[good]
    rings = rings.where(good)
    wrong = rings.closed & ((area < 0) != rings.hole)
    if wrong.any():
        rings = _reversed(rings, wrong)
    return rings


def areas(rings: Rings) -> Ints:
    """Twice the signed area of each ring by the surveyor's formula, positive when it turns as outer rings of tiles do;
    no ring is empty.
    """
    last = ends_of(rings.size) - 1
    following = np.arange(1, len(rings.xy) + 1)
    following[last] = last - rings.size + 1
    x, y = rings.xy[:, 0], rings.xy[:, 1]
    return sums(x * y[following] - x[following] * y, rings.size)


def _reversed(rings: Rings, which: Flags) -> Rings:
    """Some rings the other way round."""
    ends = ends_of(rings.size)
    begins = ends - rings.size
    place = np.arange(len(rings.xy))
    flipped = np.repeat(begins + ends - 1, rings.size) - place
    return attrs.evolve(rings, xy=rings.xy[np.where(np.repeat(which, rings.size), flipped, place)])


def concatenated(parts: Sequence[Rings]) -> Rings:
    """Several lists of rings as one."""
    if len(parts) == 1:
        return parts[0]
    fields = ("of", "hole", "closed", "size", "xy")
    return Rings(*(np.concatenate([getattr(part, name) for part in parts]) for name in fields))


def in_order(rings: Rings) -> Rings:
    """The rings sorted by feature, those of a feature as they were."""
    if not len(rings.of) or (np.diff(rings.of) >= 0).all():
        return rings
    order = np.argsort(rings.of, kind="stable")
    at = np.cumsum(rings.size) - rings.size
    size = rings.size[order]
    return Rings(rings.of[order], rings.hole[order], rings.closed[order], size, rings.xy[spread(at[order], size)])
