"""Rows found once and read several times: frames kept in memory, on disk when there are many."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from attrs import define, field

from ckanext.ca3b.tables.reading.header import check_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ROWS = 20_000
_CELLS = 2_000_000
_IN_MEMORY = 64 << 20


@define
class Spool:
    """Records of strings, whose columns are known when all were added."""

    rows: int = 0
    names: dict[str, None] = field(factory=dict)
    _pending: list[dict[str, str | None]] = field(factory=list)
    _frames: list[pl.DataFrame | Path] = field(factory=list)
    _size: int = 0
    _home: tempfile.TemporaryDirectory[str] | None = None

    def add(self, record: dict[str, str | None]) -> None:
        """Add one record."""
        self.rows += 1
        new = record.keys() - self.names.keys()
        if new:
            self.names.update((name, None) for name in record if name in new)
            check_width(len(self.names))
        self._pending.append(record)
        if len(self._pending) >= _ROWS or len(self._pending) * len(self.names) >= _CELLS:
            self._flush()

    def frames(self, names: Sequence[str], size: int) -> Iterator[pl.DataFrame]:
        """Give the records as frames of at most ``size`` rows with the columns ``names``; None where empty."""
        self._flush()
        keys = list(self.names)
        for kept in self._frames:
            frame = pl.read_ipc(kept) if isinstance(kept, Path) else kept
            known = set(frame.columns)
            full = frame.select(
                (pl.col(key) if key in known else pl.lit(None, pl.String)).alias(name)
                for key, name in zip(keys, names, strict=True)
            )
            for start in range(0, full.height, size):
                yield full.slice(start, size)

    def _flush(self) -> None:
        if not self._pending:
            return
        frame = pl.DataFrame(
            {name: [record.get(name) or None for record in self._pending] for name in self.names},
            schema=dict.fromkeys(self.names, pl.String()),
        )
        self._pending = []
        self._size += int(frame.estimated_size())
        if self._size > _IN_MEMORY:
            self._home = self._home or tempfile.TemporaryDirectory(prefix="ca3b-table-")
            path = Path(self._home.name) / f"{len(self._frames)}.arrow"
            frame.write_ipc(path, compression="lz4")
            self._frames.append(path)
        else:
            self._frames.append(frame)
