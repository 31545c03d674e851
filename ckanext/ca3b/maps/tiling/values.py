"""Values of attributes as messages of a vector tile, each different one once per tile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.types as kinds

from .arrays import spread, starts_of, sums, varint_sizes, varints, zigzag

if TYPE_CHECKING:
    from .model import AnyArray, Bytes, Ints

#: Fields of Tile.Layer and Tile.Value.
_VALUES, _TEXT, _DOUBLE, _UINT, _SINT, _BOOL = 0x22, 0x0A, 0x19, 0x28, 0x30, 0x38
_TABLE = 1 << 22


@attrs.frozen
class Column:
    """One attribute of some features: ``codes`` says which message each has (-1 none)."""

    codes: Ints
    data: Bytes
    at: Ints
    size: Ints


def column(values: pa.Array) -> Column:
    """Encode one attribute."""
    coded = values.dictionary_encode()
    codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    data, size = _messages(coded.dictionary)
    return Column(codes, data, starts_of(size), size)


def _messages(values: pa.Array) -> tuple[Bytes, Ints]:
    """The different values of a column as messages with their lengths."""
    count = len(values)
    if kinds.is_string(values.type) or kinds.is_large_string(values.type):
        return _texts(values.cast(pa.large_binary()))
    if kinds.is_float64(values.type):
        data = np.zeros((count, 11), np.uint8)
        data[:, :3] = _VALUES, 9, _DOUBLE
        data[:, 3:] = values.to_numpy(zero_copy_only=False).astype("<f8").view(np.uint8).reshape(count, 8)
        return data.ravel(), np.full(count, 11, np.int64)
    if kinds.is_boolean(values.type):
        data = np.zeros((count, 4), np.uint8)
        data[:, :3] = _VALUES, 2, _BOOL
        data[:, 3] = values.to_numpy(zero_copy_only=False)
        return data.ravel(), np.full(count, 4, np.int64)
    numbers = values.to_numpy(zero_copy_only=False)
    stored = np.where(numbers < 0, zigzag(numbers), numbers).astype(np.uint64)
    sizes = varint_sizes(stored)
    tokens = np.empty((count, 4), np.uint64)
    tokens[:, 0], tokens[:, 1], tokens[:, 3] = _VALUES, sizes + 1, stored
    tokens[:, 2] = np.where(numbers < 0, _SINT, _UINT)
    return _numbers(tokens), sizes + 3


def _numbers(tokens: AnyArray) -> Bytes:
    flat = tokens.ravel()
    return varints(flat, varint_sizes(flat))


def _texts(values: pa.Array) -> tuple[Bytes, Ints]:
    buffers, count = values.buffers(), len(values)
    if not count:
        return np.zeros(0, np.uint8), np.zeros(0, np.int64)
    offsets = np.frombuffer(buffers[1], np.int64, count + 1, values.offset * 8)
    bytes_ = np.frombuffer(buffers[2], np.uint8) if buffers[2] is not None else np.zeros(0, np.uint8)
    length = np.diff(offsets)
    tokens = np.empty((count, 4), np.uint64)
    inner = length + 1 + varint_sizes(length)
    tokens[:, 0], tokens[:, 1], tokens[:, 2], tokens[:, 3] = _VALUES, inner, _TEXT, length
    flat = tokens.ravel()
    sizes = varint_sizes(flat)
    head = sizes.reshape(count, 4).sum(axis=1)
    size = head + length
    data = np.empty(int(size.sum()), np.uint8)
    begin = starts_of(size)
    data[spread(begin, head)] = varints(flat, sizes)
    data[spread(begin + head, length)] = bytes_[int(offsets[0]) : int(offsets[-1])]
    return data, size


@attrs.frozen
class Tables:
    """The values of some tiles: ``places`` has, per column, the number that each feature's value has in its tile (-1
    none); ``data`` the messages of all tiles, ``size`` bytes each.
    """

    places: list[Ints]
    data: Bytes
    size: Ints


def tables(columns: list[Column], tile: Ints, tiles: int) -> Tables:
    """Number the values of each tile; ``tile`` is that of each feature, from 0 to ``tiles - 1``, in order."""
    base = np.zeros(tiles, np.int64)
    places: list[Ints] = []
    found: list[tuple[Ints, Ints, Ints]] = []
    for number, each in enumerate(columns):
        filled = each.codes >= 0
        of, code = tile[filled], each.codes[filled]
        local, in_tile, in_code = _different(of, code, len(each.size), tiles)
        place = np.full(len(tile), -1, np.int64)
        place[filled] = local + base[of]
        places.append(place)
        base += np.bincount(in_tile, minlength=tiles)
        found.append((in_tile, np.full(len(in_code), number, np.int64), in_code))
    if not found:
        return Tables([], np.zeros(0, np.uint8), np.zeros(tiles, np.int64))
    in_tile, in_column, in_code = (np.concatenate(parts) for parts in zip(*found, strict=True))
    data = np.concatenate([each.data for each in columns])
    begins = starts_of(np.array([len(each.data) for each in columns]))
    firsts = starts_of(np.array([len(each.size) for each in columns]))
    at = np.concatenate([each.at + begin for each, begin in zip(columns, begins, strict=True)])
    size = np.concatenate([each.size for each in columns])
    order = np.argsort(in_tile, kind="stable")
    message = (firsts[in_column] + in_code)[order]
    size = size[message]
    return Tables(places, data[spread(at[message], size)], sums(size, np.bincount(in_tile, minlength=tiles)))


def _different(tile: Ints, code: Ints, codes: int, tiles: int) -> tuple[Ints, Ints, Ints]:
    """For each value its number among those of its tile; the tiles and codes of these, in order of the tiles."""
    count = np.bincount(tile, minlength=tiles)
    if codes == len(code):
        return np.arange(len(code)) - np.repeat(starts_of(count), count), tile, code
    both = tile * codes + code
    if tiles * codes <= max(_TABLE, 4 * len(code)):
        flags = np.zeros(tiles * codes, np.bool_)
        flags[both] = True
        unique = np.flatnonzero(flags)
        number = np.cumsum(flags)[both] - 1
    else:
        unique, number = np.unique(both, return_inverse=True)
    in_tile = unique // codes
    first = np.searchsorted(in_tile, np.arange(tiles))
    return number - first[tile], in_tile, unique % codes
