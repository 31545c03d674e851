"""The rows of a verified delimited file: by polars when quotes are regular, by the csv module otherwise."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import IO, TYPE_CHECKING

import polars as pl
from attrs import frozen

from ckanext.ca3b.tables.errors import TableError
from ckanext.ca3b.tables.reading.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from _typeshed import WriteableBuffer

# A line after the last one: a quote left open would swallow it.
_END = "\x02\n"


@frozen
class Place:
    """Where the rows are: from byte ``offset`` of ``path``, after ``lines`` lines, to byte ``end``."""

    path: Path
    encoding: str
    delimiter: str
    offset: int
    end: int
    lines: int


class _Until(io.RawIOBase):
    """A file that ends at byte ``end``."""

    def __init__(self, file: IO[bytes], end: int) -> None:
        self._file, self._end = file, end

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._file.read(min(len(view), max(self._end - self._file.tell(), 0)))
        view[: len(data)] = data
        return len(data)


def fast_rows(
    place: Place, names: Sequence[str], chunks: Sequence[tuple[int, int, int]]
) -> Callable[[int], Iterator[pl.DataFrame]]:
    """Parse each verified piece of the file with polars."""

    def parsed(start: int, end: int, count: int) -> pl.DataFrame:
        with place.path.open("rb") as stream:
            stream.seek(start)
            data = stream.read(end - start)
        if place.encoding != "utf-8":
            data = _decoded(data, place.encoding)
        frame = pl.read_csv(
            data, separator=place.delimiter, has_header=False, infer_schema=False, new_columns=list(names)
        )
        if frame.height != count:
            raise TableError("changed", "Le fichier a changé pendant la lecture : recommencez.")
        return _nulls(frame)

    def source(size: int) -> Iterator[pl.DataFrame]:
        # The next piece is decoded while the one given is worked on.
        with ThreadPoolExecutor(1) as ahead:
            pending = None
            for piece in chunks:
                ready, pending = pending, ahead.submit(parsed, *piece)
                if ready:
                    yield from _sliced(ready.result(), size)
            if pending:
                yield from _sliced(pending.result(), size)

    return source


def careful_rows(place: Place, names: Sequence[str]) -> Callable[[int], Iterator[pl.DataFrame]]:
    """Parse row by row; blank lines inside the table are rows without a value."""

    def source(size: int) -> Iterator[pl.DataFrame]:
        block: list[list[str | None]] = []
        for _, row in _records(place):
            block.append([cell or None for cell in row] if row else [None] * len(names))
            if len(block) >= size:
                yield frame_of(block, names)
                block = []
        if block:
            yield frame_of(block, names)

    return source


def careful_count(place: Place, width: int) -> tuple[int, list[tuple[int, int]], int, Lines]:
    """Give (rows, first rows of another width as (line, fields), how many of these, lines of the rows)."""
    count, faults = 0, 0
    lines = Lines(place.lines + 1)
    ragged: list[tuple[int, int]] = []
    for line, row in _records(place):
        count += 1
        late = place.lines + line - lines(count)
        if late:
            lines.longer([count - 2], [late])
        if row and len(row) != width:
            faults += 1
            if len(ragged) < 20:
                ragged.append((place.lines + line, len(row)))
    return count, ragged, faults, lines


def stray_quote(place: Place) -> int | None:
    """Give the line of the first quote that is neither doubled nor at an end of its cell, if any.

    The csv module reads such a cell, but not all programs read the same.
    """
    with place.path.open("rb") as raw:
        raw.seek(place.offset)
        text = io.TextIOWrapper(
            io.BufferedReader(_Until(raw, place.end)), encoding=place.encoding, errors="replace", newline="\n"
        )
        reader = csv.reader(text, delimiter=place.delimiter, strict=True)
        try:
            for _ in reader:
                pass
        except csv.Error:
            return place.lines + reader.line_num
    return None


def _records(place: Place) -> Iterator[tuple[int, list[str]]]:
    """Give (first line, cells) of each record, without the blank lines that end the file."""
    with place.path.open("rb") as raw:
        raw.seek(place.offset)
        text = io.TextIOWrapper(
            io.BufferedReader(_Until(raw, place.end)), encoding=place.encoding, errors="strict", newline="\n"
        )
        reader = csv.reader(chain(text, (_END,)), delimiter=place.delimiter)
        blanks: list[int] = []
        before = 0
        try:
            for row in reader:
                line, before = before + 1, reader.line_num
                if row == [_END.rstrip()]:
                    return
                if not row:
                    blanks.append(line)
                    continue
                for blank in blanks:
                    yield blank, []
                blanks = []
                if row[-1].endswith(_END):
                    raise TableError(
                        "open-quote",
                        f"Un guillemet ouvert à la ligne {place.lines + line} n’est jamais refermé : fermez-le.",
                    )
                yield line, row
        except csv.Error as error:
            if "field larger" in str(error):
                raise TableError(
                    "open-quote",
                    f"La cellule qui commence vers la ligne {place.lines + before + 1} dépasse 16 Mo : "
                    "un guillemet y est sans doute ouvert et jamais refermé.",
                ) from error
            raise TableError(
                "syntax", f"La ligne {place.lines + reader.line_num} ne se lit pas : vérifiez ses guillemets."
            ) from error
        except UnicodeError as error:
            raise TableError(
                "encoding", f"Le fichier ne se lit pas en {place.encoding} : choisissez un autre encodage."
            ) from error


def frame_of(block: Sequence[Sequence[str | None]], names: Sequence[str]) -> pl.DataFrame:
    """Give rows of strings as a frame."""
    return pl.DataFrame(
        {name: [row[index] for row in block] for index, name in enumerate(names)},
        schema=dict.fromkeys(names, pl.String()),
    )


def _decoded(data: bytes, encoding: str) -> bytes:
    try:
        return data.decode(encoding).encode("utf-8")
    except UnicodeError as error:
        raise TableError(
            "encoding", f"Le fichier ne se lit pas en {encoding} : choisissez un autre encodage."
        ) from error


def _nulls(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.when(pl.all() != "").then(pl.all()))


def _sliced(frame: pl.DataFrame, size: int) -> Iterator[pl.DataFrame]:
    for start in range(0, frame.height, size):
        yield frame.slice(start, size)
