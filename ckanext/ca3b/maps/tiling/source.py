"""The store of a layer, read batch by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from ckanext.ca3b.maps.model import STORE_FID, STORE_LAYER

from .model import TileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from .model import AnyArray, Ints

_BATCH = 65_536


def columns_of(store: Path) -> list[str]:
    """Names of the attributes of a store, in its order. Raises TileError."""
    import pyogrio  # noqa: PLC0415 - heavy, and an extra
    from pyogrio.errors import DataLayerError, DataSourceError  # noqa: PLC0415

    try:
        return [str(name) for name in pyogrio.read_info(str(store), layer=layer_of(store))["fields"]]
    except (DataSourceError, DataLayerError) as error:
        raise _unreadable() from error


def count_of(store: Path) -> int:
    """How many features a store has. Raises TileError."""
    import pyogrio  # noqa: PLC0415
    from pyogrio.errors import DataLayerError, DataSourceError  # noqa: PLC0415

    try:
        return int(pyogrio.read_info(str(store), layer=layer_of(store), force_feature_count=True)["features"])
    except (DataSourceError, DataLayerError) as error:
        raise _unreadable() from error


def layer_of(store: Path) -> str:
    """Name of the table: that of a store, else the first of another GeoPackage."""
    import pyogrio  # noqa: PLC0415

    names = [str(name) for name in pyogrio.list_layers(str(store))[:, 0]]
    return STORE_LAYER if STORE_LAYER in names or not names else names[0]


def batches(store: Path, names: Sequence[str], **options: Any) -> Iterator[tuple[AnyArray, Ints, pa.RecordBatch]]:
    """WKB, ids and attributes of some 65,536 features at a time. Raises TileError."""
    import pyogrio  # noqa: PLC0415
    from pyogrio.errors import DataLayerError, DataSourceError  # noqa: PLC0415

    try:
        opened = pyogrio.open_arrow(
            str(store), layer=layer_of(store), columns=list(names), batch_size=_BATCH, return_fids=True, **options
        )
        with opened as (meta, reader):
            geometry, key = meta["geometry_name"] or "wkb_geometry", meta["fid_column"] or STORE_FID
            stream = pa.RecordBatchReader.from_stream(reader)
            for batch in stream:
                wkb = batch.column(geometry).to_numpy(zero_copy_only=False)
                fids = batch.column(key).to_numpy(zero_copy_only=False).astype(np.int64)
                yield wkb, fids, batch
    except (DataSourceError, DataLayerError, pa.ArrowInvalid) as error:
        raise _unreadable() from error


def _unreadable() -> TileError:
    return TileError(
        "store", "La couche préparée pour la carte n’est plus lisible : relancez la préparation de la carte."
    )
