"""Ragged arrays: many short lists one after the other in one long array."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .model import AnyArray, Bytes, Ints


def ends_of(lengths: AnyArray) -> Ints:
    """Where each list ends in the long array."""
    return np.cumsum(lengths, dtype=np.int64)


def starts_of(lengths: AnyArray) -> Ints:
    """Where each list begins in the long array."""
    return ends_of(lengths) - lengths


def spread(starts: AnyArray, lengths: AnyArray) -> Ints:
    """The places of all the members of the lists that begin at ``starts``, in order."""
    ends = ends_of(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) + np.repeat(np.asarray(starts, np.int64) - (ends - lengths), lengths)


def sums(values: AnyArray, lengths: AnyArray) -> AnyArray:
    """The sum of each list, 0 for an empty one."""
    total = np.concatenate([np.zeros(1, values.dtype), np.cumsum(values, dtype=values.dtype)])
    ends = ends_of(lengths)
    return total[ends] - total[ends - lengths]


def owners(lengths: AnyArray) -> Ints:
    """For each member the number of its list."""
    return np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)


def mixed(value: AnyArray) -> AnyArray:
    """64 bits that look random and are always the same for the same numbers (splitmix64)."""
    with np.errstate(over="ignore"):
        bits = value.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)
        bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return bits ^ (bits >> np.uint64(31))


def varint_sizes(values: AnyArray) -> Ints:
    """How many bytes each number takes as a varint of Protocol Buffers; the numbers are not negative."""
    sizes = np.ones(len(values), np.int64)
    top, limit = int(values.max(initial=0)), 0x80
    while top >= limit:
        sizes += values >= limit
        limit <<= 7
    return sizes


def varints(values: AnyArray, sizes: Ints) -> Bytes:
    """The numbers as varints, one after the other; ``sizes`` are those of ``varint_sizes``."""
    ends = ends_of(sizes)
    at = ends - sizes
    written = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
    written[at] = _septet(values, sizes > 1)
    rest, byte = np.flatnonzero(sizes > 1), 1
    while rest.size:
        more = sizes[rest] > byte + 1
        written[at[rest] + byte] = _septet(values[rest] >> (7 * byte), more)
        rest, byte = rest[more], byte + 1
    return written


def _septet(values: AnyArray, more: AnyArray) -> Bytes:
    """The lowest seven bits, and whether others follow."""
    low: Bytes = (values & 0x7F).astype(np.uint8)
    return np.bitwise_or(low, more.astype(np.uint8) << 7, dtype=np.uint8)


def zigzag(values: AnyArray) -> AnyArray:
    """Signed numbers as numbers that are small when the signed ones are near zero."""
    return (values << 1) ^ (values >> (values.dtype.itemsize * 8 - 1))
