"""Where the records of a delimited file begin, and whether they all have as many fields: exact, by blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from attrs import define, field

from .lines import Lines

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = 1 << 23
_QUOTE, _LF, _CR = 34, 10, 13


@define
class Structure:
    """Result of one pass over the bytes.

    ``chunks`` are (first byte, last byte excluded, records) of pieces that end with a record;
    ``ragged`` are (line of the file from 1, fields) of the first faults; ``plain`` says that quotes and
    lines are regular, so that a fast parser reads the same cells as a careful one.
    """

    chunks: list[tuple[int, int, int]] = field(factory=list)
    records: int = 0
    ragged: list[tuple[int, int]] = field(factory=list)
    ragged_count: int = 0
    plain: bool = True
    mark: int = 59
    width: int = 0
    padded: int = 0
    lines: Lines = field(factory=Lines)


def scan(path: Path, span: tuple[int, int], delimiter: str, width: int, first_line: int) -> Structure:
    """Count the fields of each record of ``path`` within ``span`` (bytes), which begins at line ``first_line``.

    Bytes are those of an encoding where ASCII is itself. Stops as soon as the file is seen not plain.
    """
    result = Structure(mark=ord(delimiter), width=width, lines=Lines(first_line))
    start, end = span
    position, line, rest = start, first_line, 0
    # Every block is read after what is left of the one before, in the same memory.
    memory, scratch = np.empty(4 * BLOCK + 1, dtype=np.uint8), np.empty(4 * BLOCK + 1, dtype=np.bool_)
    with path.open("rb", buffering=0) as stream:
        stream.seek(start)
        while True:
            got = stream.readinto(memory.data[rest : rest + min(BLOCK, end - stream.tell())])
            last, size = not got, rest + got
            if not size:
                break
            if last and memory[size - 1] != _LF:
                memory[size] = _LF
                size += 1
                result.padded = 1
            used, lines = _piece(memory[:size], line, position, result, scratch[:size])
            if not result.plain or (last and used < size):
                result.plain = False
                return result
            if last:
                break
            position, line, rest = position + used, line + lines, size - used
            if rest > 3 * BLOCK:  # a quote that never closes
                result.plain = False
                return result
            memory[:rest] = memory[used:size]
    return result


def _piece(array: np.ndarray, line: int, position: int, result: Structure, scratch: np.ndarray) -> tuple[int, int]:
    """Count in the bytes of ``array``, which begins with a record; give (bytes used, lines used)."""
    lines = ends = np.flatnonzero(np.equal(array, _LF, out=scratch))
    marks = np.flatnonzero(np.equal(array, result.mark, out=scratch))
    quotes = np.flatnonzero(np.equal(array, _QUOTE, out=scratch))
    if quotes.size:
        ends, marks = _outside(ends, quotes), _outside(marks, quotes)
        used_quotes = quotes[quotes < ends[-1]] if ends.size else quotes[:0]
        if not _regular(array, used_quotes, result.mark):
            result.plain = False
            return 0, 0
    if not ends.size:
        return 0, 0
    used = int(ends[-1]) + 1
    starts = np.concatenate(([0], ends[:-1] + 1))
    lengths = ends - starts
    blank = (lengths == 0) | ((lengths == 1) & (array[starts] == _CR))
    if blank.any():
        result.plain = False
        return 0, 0
    if not _even(marks, starts, ends, result.width - 1):
        fields = np.diff(np.searchsorted(marks, ends), prepend=0) + 1
        wrong = np.flatnonzero(fields != result.width)
        result.ragged_count += int(wrong.size)
        for index in wrong[: max(0, 20 - len(result.ragged))]:
            at = line + int(np.searchsorted(lines, starts[index]))
            result.ragged.append((at, int(fields[index])))
    if lines.size and ends.size < int(np.searchsorted(lines, ends[-1])) + 1:
        span = np.diff(np.searchsorted(lines, ends), prepend=-1) - 1
        longer = np.flatnonzero(span)
        result.lines.longer((longer + result.records).tolist(), span[longer].tolist())
    result.chunks.append((position, position + used - result.padded, int(ends.size)))
    result.records += int(ends.size)
    return used, int(np.searchsorted(lines, ends[-1])) + 1


def _even(marks: np.ndarray, starts: np.ndarray, ends: np.ndarray, each: int) -> bool:
    """Tell whether every record has ``each`` marks, without seeking them one record after another."""
    whole = ends.size * each
    if not each or marks.size < whole:
        return False
    if marks.size > whole and marks[whole] < ends[-1]:
        return False
    table = marks[:whole].reshape(ends.size, each)
    return bool((table[:, 0] >= starts).all() and (table[:, -1] < ends).all())


def _outside(places: np.ndarray, quotes: np.ndarray) -> np.ndarray:
    """Keep of the sorted ``places`` those with an even number of quotes before them."""
    if quotes.size > places.size:
        return places[np.searchsorted(quotes, places) % 2 == 0]
    turns = np.searchsorted(places, quotes)
    spans = np.diff(turns, prepend=0, append=places.size)
    return places[np.repeat(np.arange(spans.size) % 2 == 0, spans)]


def _regular(array: np.ndarray, quotes: np.ndarray, mark: int) -> bool:
    """Tell whether each quote opens after a mark, closes before a mark, or is doubled."""
    opening, closing = quotes[0::2], quotes[1::2]
    before = np.where(opening > 0, array[opening - 1], _LF)
    after = array[np.minimum(closing + 1, array.size - 1)]
    # A doubled quote closes then opens again at the next byte, by the count of quotes.
    good_open = np.isin(before, (mark, _LF, _QUOTE))
    reopened = before == _QUOTE
    if opening.size and reopened.any():
        # Reopening only after a closing quote, which the alternation gives when it is the previous one.
        previous = closing[np.flatnonzero(reopened) - 1]
        if (np.flatnonzero(reopened) == 0).any() or (previous != opening[reopened] - 1).any():
            return False
    return bool(good_open.all() and np.isin(after, (mark, _LF, _CR, _QUOTE)).all())
