"""Parquet, typed, in bounded memory."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from .frames import empty, in_types, opened, rows_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ckanext.ca3b.tables.model import Column

    from .frames import Rows, Target

GROUP_ROWS = 100_000


def write_parquet(rows: Rows, target: Target, *, columns: Sequence[Column] | None = None) -> int:
    """Write ``rows`` as Parquet (zstd, groups of 100,000 rows) and give their number.

    Each batch goes to a temporary part, then polars streams the parts into one file: memory holds a few batches.
    """
    frames, columns = rows_of(rows, columns)
    count = 0
    with tempfile.TemporaryDirectory(prefix="ca3b-parquet-") as home:
        parts: list[Path] = []
        for frame in frames:
            parts.append(Path(home) / f"{len(parts):06}.parquet")
            in_types(frame, columns).write_parquet(parts[-1], compression="lz4", statistics=False)
            count += frame.height
        if not parts:
            parts.append(Path(home) / "empty.parquet")
            empty(columns).write_parquet(parts[0])
        whole = Path(home) / "whole.parquet"
        pl.scan_parquet(parts).sink_parquet(whole, row_group_size=GROUP_ROWS)
        with opened(target) as out, whole.open("rb") as source:
            shutil.copyfileobj(source, out, 1 << 20)
    return count
