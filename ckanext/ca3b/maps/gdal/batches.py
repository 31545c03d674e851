"""Batches as they cross from the reading process: one Arrow stream each, geometry as WKB in ``GEOMETRY``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.types as kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Column of the geometry on the way; no column of a file can bear this name once read.
GEOMETRY = "\x00geometry"

#: Batches are cut so that none is larger; one feature may still be.
BATCH_BYTES = 32 * 1024**2


def serialised(batch: pa.RecordBatch) -> memoryview:
    """Return one batch as a whole Arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return memoryview(sink.getvalue())


def deserialised(payload: bytes | bytearray | memoryview) -> pa.RecordBatch:
    """Return the batch of one Arrow stream."""
    with pa.ipc.open_stream(payload) as reader:
        return reader.read_next_batch()


def cut(batch: pa.RecordBatch, rows: int) -> Iterator[pa.RecordBatch]:
    """Yield slices of at most ``rows`` rows and about ``BATCH_BYTES`` bytes."""
    size = max(1, batch.nbytes)
    step = max(1, min(rows, batch.num_rows * BATCH_BYTES // size))
    for start in range(0, batch.num_rows, step):
        yield batch.slice(start, step)


def plain(column: Any) -> Any:
    """Return a column of a simple type: lists and structures become JSON, bytes become nothing."""
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    kind = column.type
    if kinds.is_dictionary(kind):
        return plain(column.dictionary_decode())
    if kinds.is_binary(kind) or kinds.is_large_binary(kind) or kinds.is_fixed_size_binary(kind) or kinds.is_null(kind):
        return pa.nulls(len(column), pa.string())
    if kinds.is_nested(kind):
        return pa.array(
            [
                None if value is None else json.dumps(value, ensure_ascii=False, default=str)
                for value in column.to_pylist()
            ],
            pa.string(),
        )
    if kinds.is_large_string(kind) or kinds.is_string_view(kind):
        return column.cast(pa.string())
    return column


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)
