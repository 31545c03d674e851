"""The features of a store, batch after batch, as Arrow that GDAL writes again."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyogrio

from ckanext.ca3b.maps.model import STORE_FID, STORE_GEOMETRY, STORE_LAYER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: Features held in memory at a time; those of a cadastre are heavy.
_BATCH = 16_384


@contextmanager
def features(store: Path, *, where: str | None = None) -> Iterator[tuple[dict[str, Any], pa.RecordBatchReader]]:
    """Give what the store says of itself and a reader of its features (WKB in ``geom``, attributes, ``fid``)."""
    with pyogrio.open_arrow(
        store, layer=STORE_LAYER, where=where, batch_size=_BATCH, use_pyarrow=True, return_fids=True
    ) as (meta, reader):
        yield meta, reader


def geometry_name(meta: dict[str, Any]) -> str:
    """Give the name of the geometry column of a reader."""
    return meta["geometry_name"] or "wkb_geometry"


def types_of(store: Path) -> set[str]:
    """Give the types of the geometries of a store, as GDAL writes them in capitals: ``POINT``, ``MULTIPOLYGON``."""
    sql = f'SELECT DISTINCT ST_GeometryType("{STORE_GEOMETRY}") AS kind FROM "{STORE_LAYER}"'  # noqa: S608 - constants
    kinds = pyogrio.read_arrow(store, sql=sql, read_geometry=False)[1]["kind"].to_pylist()
    return {kind for kind in kinds if kind}


def write(  # noqa: PLR0913 - those of GDAL
    reader: pa.RecordBatchReader,
    target: Path,
    *,
    driver: str,
    layer: str,
    geometry: str,
    geometry_type: str = "Unknown",
    change: Callable[[pa.RecordBatch], pa.RecordBatch] | None = None,
    schema: pa.Schema | None = None,
    **options: Any,
) -> None:
    """Write the features of a reader; ``change`` is applied to each batch and gives those of ``schema``."""
    if change is not None:
        changed = (change(batch) for batch in reader)
        reader = pa.RecordBatchReader.from_batches(schema or reader.schema, changed)
    pyogrio.write_arrow(
        reader,
        target,
        layer=layer,
        driver=driver,
        geometry_name=geometry,
        geometry_type=geometry_type,
        crs="EPSG:4326",
        **options,
    )


__all__ = ["STORE_FID", "features", "geometry_name", "types_of", "write"]
