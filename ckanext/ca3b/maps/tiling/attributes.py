"""Attributes of features in the few types that tiles have, in the order of the map, in memory or on disk."""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.types as kinds
from pyarrow import compute

from .model import MOST_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .model import AnyArray, Ints

#: Its functions are made when it is imported: no type checker knows them.
pc: Any = compute
#: Attributes that take fewer bytes than this stay in memory.
IN_MEMORY = 128 << 20
_BATCH = 1 << 16
_KEPT = 4


def plain(column: pa.Array) -> pa.Array:
    """The column as booleans, whole numbers, decimals or texts; texts are cut."""
    kind: Any = column.type
    if kinds.is_dictionary(kind):
        return plain(column.cast(kind.value_type))
    if kinds.is_boolean(kind):
        return column
    if kinds.is_integer(kind):
        return column.cast(pa.float64() if kinds.is_uint64(kind) else pa.int64(), safe=False)
    if kinds.is_floating(kind) or kinds.is_decimal(kind):
        column = column.cast(pa.float64(), safe=False)
        return pc.if_else(pc.is_finite(column), column, pa.scalar(None, pa.float64()))
    if kinds.is_nested(kind):
        values = column.to_pylist()
        said = [None if value is None else json.dumps(value, ensure_ascii=False, default=str) for value in values]
        column = pa.array(said, pa.string())
    elif kinds.is_timestamp(kind):
        seconds = column.cast(pa.timestamp("s", tz=kind.tz), safe=False)
        column = pc.strftime(seconds, "%Y-%m-%dT%H:%M:%SZ" if kind.tz else "%Y-%m-%dT%H:%M:%S").cast(pa.string())
    elif kinds.is_binary(kind) or kinds.is_large_binary(kind) or kinds.is_fixed_size_binary(kind):
        column = pa.nulls(len(column), pa.string())
    else:
        column = column.cast(pa.string(), safe=False)
    return pc.utf8_slice_codeunits(column, 0, MOST_CHARACTERS)


def is_cut(column: pa.Array) -> bool:
    """Whether some text of the column is longer than tiles carry."""
    if not (kinds.is_string(column.type) or kinds.is_large_string(column.type)):
        return False
    return bool(pc.any(pc.greater(pc.utf8_length(column), MOST_CHARACTERS)).as_py())


class Rows:
    """Attributes of features that are asked by their place on the map; ``take`` wants places in order."""

    names: Sequence[str]

    def take(self, places: Ints) -> list[pa.Array]:
        """The values of some features, one array per attribute."""
        raise NotImplementedError

    def close(self) -> None:
        """Free what is held."""

    def of(self, places: Ints) -> Rows:
        """Only these features, as quick as can be."""
        if len(places) > _BATCH * 8:
            return self
        return MemoryRows(self.names, self.take(places), places)


class MemoryRows(Rows):
    """Attributes held in memory, of all features or of those at ``places``."""

    def __init__(self, names: Sequence[str], columns: list[pa.Array], places: Ints | None = None) -> None:
        self.names, self.columns, self.places = names, columns, places

    def take(self, places: Ints) -> list[pa.Array]:
        """The values of some features, one array per attribute."""
        if self.places is not None:
            places = np.searchsorted(self.places, places)
        picked = pa.array(places)
        return [column.take(picked) for column in self.columns]


class FileRows(Rows):
    """Attributes in a file, read by batches of which the last few are kept."""

    def __init__(self, path: Path) -> None:
        self.source = pa.OSFile(str(path), "rb")
        self.file = pa.ipc.open_file(self.source)
        self.names = self.file.schema.names
        self.kept: OrderedDict[int, pa.RecordBatch] = OrderedDict()

    def take(self, places: Ints) -> list[pa.Array]:
        """The values of some features, one array per attribute."""
        batch = places >> 16
        cuts = np.flatnonzero(np.diff(batch)) + 1
        parts = [
            self._batch(int(group[0] >> 16)).take(pa.array(group & (_BATCH - 1))).columns
            for group in np.split(places, cuts)
            if len(group)
        ]
        return [pa.concat_arrays([part[i] for part in parts]) for i in range(len(self.names))] if parts else []

    def close(self) -> None:
        """Free what is held."""
        self.kept.clear()
        self.source.close()

    def _batch(self, number: int) -> pa.RecordBatch:
        if number not in self.kept:
            while len(self.kept) >= _KEPT:
                self.kept.popitem(last=False)
            self.kept[number] = self.file.get_batch(number)
        self.kept.move_to_end(number)
        return self.kept[number]


class Spool:
    """Takes attributes as they are read; gives them back in the order of the map."""

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        self.folder, self.names = folder, list(names)
        self.size = self.rows = 0
        self.shortened: set[str] = set()
        self.writer: pa.RecordBatchFileWriter | None = None
        self.schema: pa.Schema | None = None
        self.path = folder / "read.arrow"

    def add(self, batch: pa.RecordBatch) -> None:
        """Keep the attributes of some more features."""
        columns = []
        for name in self.names:
            column = batch.column(name)
            if name not in self.shortened and is_cut(column):
                self.shortened.add(name)
            columns.append(plain(column))
        if self.writer is None:
            self.schema = pa.schema([pa.field(n, c.type) for n, c in zip(self.names, columns, strict=True)])
            self.writer = pa.ipc.new_file(str(self.path), self.schema)
        if self.names:
            written = pa.RecordBatch.from_arrays(columns, schema=self.schema)
            self.size += written.nbytes
            self.writer.write_batch(written)
        self.rows += batch.num_rows

    def sorted(self, order: Ints) -> Rows:
        """The attributes, the first being that of row ``order[0]`` as read."""
        if self.writer is None or not self.names:
            return MemoryRows([], [])
        self.writer.close()
        if self.size <= IN_MEMORY:
            with pa.OSFile(str(self.path), "rb") as source:
                table = pa.ipc.open_file(source).read_all()
            picked = pa.array(order)
            columns = [_whole(table.column(i)).take(picked) for i in range(len(self.names))]
            self.path.unlink()
            return MemoryRows(self.names, columns)
        target = self.folder / "sorted.arrow"
        with pa.ipc.new_file(str(target), self.schema) as writer:
            for batch in self._buckets(order):
                writer.write_batch(batch)
        self.path.unlink()
        return FileRows(target)

    def _buckets(self, order: Ints) -> Iterator[pa.RecordBatch]:
        step = max(_BATCH, int(len(order) * IN_MEMORY / self.size) // _BATCH * _BATCH)
        for begin in range(0, len(order), step):
            wanted = order[begin : begin + step]
            by_row = np.argsort(wanted, kind="stable")
            rows = wanted[by_row]
            parts: list[pa.RecordBatch] = []
            with pa.OSFile(str(self.path), "rb") as source:
                file, first = pa.ipc.open_file(source), 0
                for number in range(file.num_record_batches):
                    batch = file.get_batch(number)
                    low, high = np.searchsorted(rows, (first, first + batch.num_rows))
                    if high > low:
                        parts.append(batch.take(pa.array(rows[low:high] - first)))
                    first += batch.num_rows
            table = pa.Table.from_batches(parts, schema=self.schema).combine_chunks()
            back: AnyArray = np.empty_like(by_row)
            back[by_row] = np.arange(len(by_row))
            for start in range(0, len(back), _BATCH):
                piece = table.take(pa.array(back[start : start + _BATCH])).combine_chunks()
                yield from piece.to_batches()


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks) if column.num_chunks != 1 else column.chunk(0)
