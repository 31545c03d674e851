"""Features as vector tiles (Mapbox Vector Tile 2.1), many tiles at once.

A feature is a run of varints, its tags and lengths included: all the numbers of all the features are laid out in one
array, and turned into bytes in one go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np

from ckanext.ca3b.maps.model import TILE_LAYER

from .arrays import ends_of, spread, starts_of, varint_sizes, varints, zigzag
from .model import EXTENT
from .values import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .clipping import Rings
    from .model import AnyArray, Bytes, Ints
    from .values import Column

_LAYER, _FEATURE, _ID, _TAGS, _TYPE, _GEOMETRY = 0x1A, 0x12, 0x08, 0x12, 0x18, 0x22
_MOVE, _LINE, _CLOSE = 1, 2, 15
#: Numbers of a feature around its tags and its geometry.
_FRAME = 10


@attrs.frozen
class Drawn:
    """The commands of some features, one after the other; ``size`` numbers each."""

    commands: AnyArray
    size: Ints


def points(xy: AnyArray) -> Drawn:
    """One point per feature."""
    commands = np.empty((len(xy), 3), np.int64)
    commands[:, 0] = 1 << 3 | _MOVE
    commands[:, 1:] = zigzag(xy.astype(np.int64))
    return Drawn(commands.ravel(), np.full(len(xy), 3, np.int64))


def shapes(rings: Rings, features: int) -> Drawn:
    """Lines and polygons; ``rings.of`` goes from 0 to ``features - 1``, each with one ring or more."""
    size = rings.size
    numbers = 2 * size + 2 + rings.closed
    begins = starts_of(numbers)
    commands = np.empty(int(numbers.sum()), np.int64)
    steps = rings.xy.copy()
    steps[1:] -= rings.xy[:-1]
    first = starts_of(size)
    # The pen starts at the corner of the tile for each feature, and goes on from ring to ring.
    fresh = first[np.flatnonzero(np.diff(rings.of, prepend=-1))]
    steps[fresh] = rings.xy[fresh]
    steps = zigzag(steps)
    commands[begins] = 1 << 3 | _MOVE
    commands[begins + 1], commands[begins + 2] = steps[first, 0], steps[first, 1]
    commands[begins + 3] = (size - 1) << 3 | _LINE
    rest = np.ones(len(steps), np.bool_)
    rest[first] = False
    at = spread(begins + 4, 2 * (size - 1))
    commands[at] = steps[rest].ravel()
    commands[(begins + numbers - 1)[rings.closed]] = _CLOSE
    per_feature = np.bincount(rings.of, weights=numbers, minlength=features).astype(np.int64)
    return Drawn(commands, per_feature)


def merge(parts: Sequence[tuple[Ints, Drawn]], features: int) -> Drawn:
    """Put together the commands of features of several kinds; each part names the features it draws."""
    if len(parts) == 1 and len(parts[0][0]) == features:
        return parts[0][1]
    size = np.zeros(features, np.int64)
    for places, drawn in parts:
        size[places] = drawn.size
    begins = starts_of(size)
    commands = np.empty(int(size.sum()), np.int64)
    for places, drawn in parts:
        commands[spread(begins[places], drawn.size)] = drawn.commands
    return Drawn(commands, size)


@attrs.frozen
class Content:
    """The features of some tiles, sorted by tile: ``tile`` from 0 to ``tiles - 1`` (none empty), kind, id, commands,
    and attributes in the order of ``names``.
    """

    tile: Ints
    tiles: int
    kind: Bytes
    fid: Ints
    drawn: Drawn
    names: Sequence[str]
    columns: list[Column]


def encode(content: Content) -> list[bytes]:
    """The tiles, not compressed."""
    table = tables(content.columns, content.tile, content.tiles)
    features, ends = _features(content, table.places)
    keys = b"".join(_text(0x1A, name) for name in content.names)
    head = b"\x78\x02" + _text(0x0A, TILE_LAYER)
    tail = b"\x28" + _number(EXTENT)
    tile_ends = ends[np.cumsum(np.bincount(content.tile, minlength=content.tiles)) - 1]
    value_ends = ends_of(table.size)
    tiles: list[bytes] = []
    begin = value_begin = 0
    for end, value_end in zip(tile_ends.tolist(), value_ends.tolist(), strict=True):
        size = len(head) + len(keys) + len(tail) + end - begin + value_end - value_begin
        body = (features[begin:end].data, keys, table.data[value_begin:value_end].data, tail)
        tiles.append(b"".join((bytes([_LAYER]), _number(size), head, *body)))
        begin, value_begin = end, value_end
    return tiles


def _features(content: Content, places: list[Ints]) -> tuple[Bytes, Ints]:
    """The bytes of all the features, and where each ends."""
    drawn, count = content.drawn, len(content.tile)
    tags = np.zeros(count, np.int64)
    for place in places:
        tags += place >= 0
    tags *= 2
    numbers = _FRAME + tags + drawn.size
    begin = starts_of(numbers)
    highest = int(content.fid.max(initial=0))
    tokens = np.zeros(int(numbers.sum()), np.uint32 if highest < 1 << 32 else np.uint64)
    tokens[begin], tokens[begin + 2], tokens[begin + 3] = _FEATURE, _ID, np.maximum(content.fid, 0)
    tokens[begin + 4] = _TAGS
    at = begin + 6
    for number, place in enumerate(places):
        filled = place >= 0
        tokens[at[filled]] = number
        tokens[at[filled] + 1] = place[filled]
        at += 2 * filled
    tokens[at], tokens[at + 1], tokens[at + 2] = _TYPE, content.kind, _GEOMETRY
    tokens[spread(at + 4, drawn.size)] = drawn.commands
    sizes = varint_sizes(tokens)
    total = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    tag_bytes = total[begin + 6 + tags] - total[begin + 6]
    geometry_bytes = total[begin + numbers] - total[at + 4]
    tokens[begin + 5], tokens[at + 3] = tag_bytes, geometry_bytes
    sizes[begin + 5], sizes[at + 3] = varint_sizes(tag_bytes), varint_sizes(geometry_bytes)
    inner = 5 + sizes[begin + 3] + sizes[begin + 5] + tag_bytes + sizes[at + 3] + geometry_bytes
    tokens[begin + 1] = inner
    sizes[begin + 1] = varint_sizes(inner)
    return varints(tokens, sizes), ends_of(1 + sizes[begin + 1] + inner)


def _number(value: int) -> bytes:
    numbers = np.array([value], np.int64)
    return varints(numbers, varint_sizes(numbers)).tobytes()


def _text(field: int, text: str) -> bytes:
    data = text.encode()
    return bytes([field]) + _number(len(data)) + data
