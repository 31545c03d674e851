"""The few features that are shown while the tiles are built."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from .attributes import plain
from .choosing import ranks
from .entries import Collector
from .model import MOST_ATTRIBUTES, SAMPLE_FEATURES
from .source import batches, columns_of, count_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model import AnyArray, Ints

#: Rows looked at for each feature of the sample; vertices of the sample and of one of its features, about.
_LOOKED_AT, _VERTICES, _MOST_VERTICES = 5, 60_000, 4_000
_DECIMALS = 6


def sample(
    store: str | Path,
    target: str | Path,
    *,
    features: int | None = None,
    attributes: Sequence[str] | None = None,
    limit: int = SAMPLE_FEATURES,
) -> int:
    """Write at most ``limit`` features that stand for ``store`` as GeoJSON to ``target``, atomically; return how many.

    Rows are taken here and there in the store, so that it takes a moment whatever its size; of these the largest and
    the most evenly spread are kept, their outlines simplified. ``features``: how many the store has, when known.
    Raises TileError.
    """
    store, target = Path(store), Path(target)
    names = columns_of(store)
    names = [name for name in (attributes if attributes is not None else names) if name in names][:MOST_ATTRIBUTES]
    total = features or count_of(store)
    wanted = np.unique(np.linspace(1, max(total, 1), min(total, limit * _LOOKED_AT)).astype(np.int64))
    found = list(batches(store, names, where=f"fid IN ({','.join(map(str, wanted.tolist()))})")) if total else []
    shapes: AnyArray = np.concatenate([shapely.from_wkb(part[0]) for part in found]) if found else np.zeros(0, object)
    fids: Ints = np.concatenate([part[1] for part in found]) if found else np.zeros(0, np.int64)
    table = pa.Table.from_batches([part[2].select(names) for part in found]) if found and names else None
    chosen = np.sort(_best(shapes, fids, target.with_name(f".{target.name}.vertices"))[:limit])
    lines = _features(_light(shapes[chosen]), fids[chosen], table.take(pa.array(chosen)) if table is not None else None)
    writing = target.with_name(f".{target.name}.writing")
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    writing.write_text(text, "utf-8")
    writing.replace(target)
    return len(lines)


def _best(shapes: AnyArray, fids: Ints, scratch: Path) -> Ints:
    """Places of the features, those that should be seen first before the others."""
    collector = Collector(scratch)
    try:
        if len(shapes):
            collector.add(shapes, fids)
        entries, order = collector.entries()
    finally:
        scratch.unlink(missing_ok=True)
    rank = ranks(entries)
    row = order[entries.row][np.argsort(rank, kind="stable")]
    _, first = np.unique(row, return_index=True)
    return row[np.sort(first)]


def _light(shapes: AnyArray) -> AnyArray:
    """Simplified until all together, and each, have a moderate number of vertices."""
    shapes = shapely.force_2d(shapes)
    if not len(shapes):
        return shapes
    west, south, east, north = shapely.total_bounds(shapes)
    step = max(east - west, north - south) / 20_000
    for _ in range(12):
        count = shapely.get_num_coordinates(shapes)
        heavy = (count > _MOST_VERTICES) | ((count > 8) & (count.sum() > _VERTICES))
        if not heavy.any():
            break
        simpler = shapely.simplify(shapes[heavy], step)
        shapes = shapes.copy()
        shapes[heavy] = simpler
        step *= 2
    return shapes


def _features(shapes: AnyArray, fids: Ints, table: pa.Table | None) -> list[str]:
    columns: list[list[Any]] = [plain(_whole(c)).to_pylist() for c in table.itercolumns()] if table is not None else []
    names = table.column_names if table is not None else []
    rounded = shapely.transform(shapes, lambda xy: np.round(xy, _DECIMALS))
    lines: list[str] = []
    for place, geometry in enumerate(shapely.to_geojson(rounded)):
        properties = {name: values[place] for name, values in zip(names, columns, strict=True)}
        text = json.dumps(properties, ensure_ascii=False)
        lines.append(f'{{"type":"Feature","id":{int(fids[place])},"geometry":{geometry},"properties":{text}}}')
    return lines


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return pa.concat_arrays(column.chunks) if column.num_chunks != 1 else column.chunk(0)
