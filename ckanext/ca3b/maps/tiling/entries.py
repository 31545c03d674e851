"""Features as flat arrays: what each is, where it is, its rings of vertices; in the order of the curve."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, BinaryIO

import attrs
import numpy as np
import shapely

from .arrays import starts_of
from .mercator import KEY_BITS, hilbert, outside, project
from .model import WORLD_BITS

if TYPE_CHECKING:
    from pathlib import Path

    from .model import AnyArray, Bytes, Flags, Floats, Ints, Words

POINT, LINE, POLYGON = 1, 2, 3
#: Coordinates that take more bytes than this stay on disk.
IN_MEMORY = 384 << 20


@attrs.define(slots=False)
class Entries:
    """Points, lines and polygons (those of several parts whole, but each point of a multipoint by itself).

    ``row``: place of its attributes; ``box``: west, north, east, south in units of the world; ``key``: place of its
    middle on the curve, which they are sorted by. The rings (or parts of a line) of an entry are ``rings`` from
    ``first``; a ring has ``ring_size`` vertices of ``xy`` from ``ring_at``, its end not repeated; points have none.
    """

    kind: Bytes
    row: Ints
    fid: Ints
    box: Words
    key: Ints
    first: Ints
    rings: Words
    ring_at: Ints
    ring_size: Words
    ring_hole: Flags
    xy: Words

    def __len__(self) -> int:
        return len(self.kind)

    @property
    def size(self) -> Ints:
        """The longer side of each box, in units of the world."""
        box = self.box
        return np.maximum(box[:, 2].astype(np.int64) - box[:, 0], box[:, 3].astype(np.int64) - box[:, 1])

    @cached_property
    def vertices(self) -> Ints:
        """How many vertices each has; a point has none."""
        total = np.concatenate([np.zeros(1, np.int64), np.cumsum(self.ring_size, dtype=np.int64)])
        return total[self.first + self.rings] - total[self.first]


@attrs.define
class Collector:
    """Flattens batches of geometries; the coordinates go to a file as they come."""

    path: Path
    file: BinaryIO = attrs.field(init=False)
    parts: dict[str, list[AnyArray]] = attrs.field(factory=dict, init=False)
    rows: int = attrs.field(default=0, init=False)
    rings: int = attrs.field(default=0, init=False)
    outside: int = attrs.field(default=0, init=False)

    def __attrs_post_init__(self) -> None:
        self.file = self.path.open("wb")

    def add(self, geometry: AnyArray, fids: AnyArray) -> None:
        """Take the geometries (WKB or shapely's) of some more rows."""
        shapes = geometry if geometry.dtype == object and _are_shapes(geometry) else shapely.from_wkb(geometry)
        place = np.arange(len(shapes), dtype=np.int64)
        types = shapely.get_type_id(shapes)
        while (types >= 7).any() or (types == 4).any():
            whole = (types == 4) | (types == 7)
            parts, index = shapely.get_parts(shapes[whole], return_index=True)
            place = np.concatenate([place[~whole], place[whole][index]])
            shapes = np.concatenate([shapes[~whole], parts])
            types = shapely.get_type_id(shapes)
        keep = (types >= 0) & ~shapely.is_empty(shapes)
        for kind, codes in ((POINT, (0,)), (LINE, (1, 2, 5)), (POLYGON, (3, 6))):
            chosen = keep & np.isin(types, codes)
            if chosen.any():
                self._add(kind, shapes[chosen], self.rows + place[chosen], fids[place[chosen]])
        self.rows += len(geometry)

    def _add(self, kind: int, shapes: AnyArray, rows: Ints, fids: AnyArray) -> None:
        if kind == POINT:
            coords = shapely.get_coordinates(shapes)
            shown = np.isfinite(coords).all(axis=1) & ~outside(coords[:, 1])
            self.outside += len(shown) - int(shown.sum())
            rows, fids, xy = rows[shown], fids[shown], project(coords[shown])
            xy[:, 0] &= (1 << WORLD_BITS) - 1
            box = np.concatenate([xy, xy], axis=1)
            rings = np.zeros(len(rows), np.int32)
        else:
            coords, sizes, holes, rings = _flatten(kind, shapes)
            xy = project(coords)
            at = starts_of(sizes)
            low = [np.minimum.reduceat(xy[:, axis], at) for axis in (0, 1)]
            high = [np.maximum.reduceat(xy[:, axis], at) for axis in (0, 1)]
            of = starts_of(rings)
            box = np.stack(
                [np.minimum.reduceat(side, of) for side in low] + [np.maximum.reduceat(side, of) for side in high],
                axis=1,
            )
            self._keep(ring_size=sizes.astype(np.int32), ring_hole=holes)
            xy.tofile(self.file)
        first = self.rings + starts_of(rings)
        self.rings += int(rings.sum())
        count = len(rows)
        self._keep(kind=np.full(count, kind, np.uint8), row=rows, fid=fids.astype(np.int64), box=box, first=first)
        self._keep(rings=rings.astype(np.int32))

    def _keep(self, **arrays: AnyArray) -> None:
        for name, array in arrays.items():
            self.parts.setdefault(name, []).append(array)

    def _take(self, name: str, empty: AnyArray) -> AnyArray:
        parts = self.parts.pop(name, None)
        return np.concatenate(parts) if parts else empty

    def entries(self) -> tuple[Entries, Ints]:
        """All the entries in order, and the rows as read in the order in which their attributes are wanted."""
        self.file.close()
        none = np.zeros(0, np.int64)
        box = self._take("box", np.zeros((0, 4), np.int32))
        key = _keys(box)
        order = np.argsort(key, kind="stable")
        read = self._take("row", none)[order]
        row, rows = _places(read, self.rows)
        ring_size = self._take("ring_size", none.astype(np.int32))
        entries = Entries(
            kind=self._take("kind", none.astype(np.uint8))[order],
            row=row,
            fid=self._take("fid", none)[order],
            box=box[order],
            key=key[order],
            first=self._take("first", none)[order],
            rings=self._take("rings", none.astype(np.int32))[order],
            ring_at=starts_of(ring_size),
            ring_size=ring_size,
            ring_hole=self._take("ring_hole", none.astype(np.bool_)),
            xy=self._coordinates(),
        )
        return entries, rows

    def _coordinates(self) -> Words:
        size = self.path.stat().st_size
        if size <= IN_MEMORY:
            return np.fromfile(self.path, np.int32).reshape(-1, 2)
        return np.memmap(self.path, np.int32, "r").reshape(-1, 2)


def _are_shapes(geometry: AnyArray) -> bool:
    first: Any = next((value for value in geometry if value is not None), None)
    return isinstance(first, shapely.Geometry)


def _flatten(kind: int, shapes: AnyArray) -> tuple[Floats, Ints, Flags, Ints]:
    """Coordinates, vertices per ring, whether it is a hole, rings per shape."""
    ringed = shapely.get_type_id(shapes) == 2
    if ringed.any():
        shapes = shapes.copy()
        shapes[ringed] = [shapely.LineString(ring.coords) for ring in shapes[ringed]]
    found, coords, offsets = shapely.to_ragged_array(shapes, include_z=False)
    sizes = np.diff(offsets[0]).astype(np.int64)
    if kind == LINE:
        rings = np.diff(offsets[1]) if "MULTI" in found.name else np.ones(len(shapes), np.int64)
        return coords, sizes, np.zeros(len(sizes), np.bool_), rings.astype(np.int64)
    # The last vertex of a ring repeats the first: tiles say « close » instead.
    last = np.asarray(offsets[0][1:], np.int64) - 1
    keep = np.ones(len(coords), np.bool_)
    keep[last[sizes > 0]] = False
    holes = np.ones(len(sizes), np.bool_)
    begins = np.asarray(offsets[1][:-1], np.int64)
    holes[begins[np.diff(offsets[1]) > 0]] = False
    rings = np.asarray(offsets[1], np.int64)
    rings = np.diff(rings[np.asarray(offsets[2], np.int64)]) if "MULTI" in found.name else np.diff(rings)
    return coords[keep], np.maximum(sizes - 1, 0), holes, rings


def _keys(box: Words) -> Ints:
    """The place on the curve of the middle of each box."""
    world, shift = (1 << WORLD_BITS) - 1, WORLD_BITS - KEY_BITS
    x = ((box[:, 0].astype(np.int64) + box[:, 2]) >> 1) & world
    y = (box[:, 1].astype(np.int64) + box[:, 3]) >> 1
    return hilbert(x >> shift, y >> shift, KEY_BITS)


def _places(read: Ints, count: int) -> tuple[Ints, Ints]:
    """For each entry the place of its attributes, and the rows as read in the order of these places."""
    if len(read) == count and len(read):
        seen = np.zeros(count, np.bool_)
        seen[read] = True
        if seen.all():
            return np.arange(count, dtype=np.int64), read
    rows, first = np.unique(read, return_index=True)
    rows = rows[np.argsort(first, kind="stable")]
    place = np.zeros(max(count, 1), np.int64)
    place[rows] = np.arange(len(rows))
    return place[read], rows
