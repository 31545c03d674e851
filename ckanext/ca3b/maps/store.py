"""The store of a layer: a GeoPackage in WGS 84 with a spatial index, keys being the row numbers of the file.

Written in one stream, batch after batch: however large the layer, only one batch is in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pyarrow as pa
import pyarrow.types as kinds
import shapely

from .errors import MapError
from .model import STORE_FID, STORE_GEOMETRY, STORE_LAYER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np

    Shapes = np.ndarray[Any, Any]

#: Column names of a GeoPackage are the same whatever their case.
_TAKEN = (STORE_FID, STORE_GEOMETRY)


@attrs.frozen
class Piece:
    """Features to be written: geometries in WGS 84, their row numbers, their attributes."""

    geometry: Shapes
    rows: np.ndarray[Any, np.dtype[np.int64]]
    table: pa.Table

    def take(self, places: np.ndarray[Any, np.dtype[np.int64]]) -> Piece:
        """Return some of the features, by their places."""
        return Piece(self.geometry[places], self.rows[places], taken(self.table, places))


def taken(table: pa.Table, places: np.ndarray[Any, np.dtype[np.int64]]) -> pa.Table:
    """Return some rows of a table, all of it when they are all there; one without columns has no rows to take."""
    return table if not table.num_columns or len(places) == table.num_rows else table.take(places)


def column_names(names: Sequence[str]) -> list[str]:
    """Return names that a store accepts: no two alike whatever their case, none empty, none of its own."""
    taken, found = {name.lower() for name in _TAKEN}, []
    for position, name in enumerate(names, 1):
        base = name.replace("\x00", "").strip() or f"colonne_{position}"
        unique, number = base, 1
        while unique.lower() in taken:
            number += 1
            unique = f"{base}_{number}"
        taken.add(unique.lower())
        found.append(unique)
    return found


def write_store(pieces: Iterator[Piece], target: Path) -> None:
    """Write the pieces of one layer; the columns are those of the first. Raises what ``pieces`` raises."""
    import pyogrio  # noqa: PLC0415 - heavy, and an extra

    first = next(pieces, None)
    if first is None:
        raise MapError("no_features", "Cette couche ne contient aucun objet à dessiner.")
    schema = _schema(first.table.schema)
    failure: list[BaseException] = []

    def batches() -> Iterator[pa.RecordBatch]:
        try:
            yield _batch(first, schema)
            for piece in pieces:
                yield _batch(piece, schema)
        except BaseException as error:
            # An exception cannot cross the C interface of Arrow: it is kept and raised on the other side.
            failure.append(error)
            raise

    pyogrio.set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": "OFF", "OGR_CURRENT_DATE": None})
    try:
        pyogrio.write_arrow(
            pa.RecordBatchReader.from_batches(schema, batches()),
            str(target),
            layer=STORE_LAYER,
            driver="GPKG",
            geometry_name=STORE_GEOMETRY,
            geometry_type="Unknown",
            crs="EPSG:4326",
            layer_options={"FID": STORE_FID, "GEOMETRY_NAME": STORE_GEOMETRY, "SPATIAL_INDEX": "YES"},
        )
    except Exception as error:
        if failure:
            raise failure[0] from None
        raise MapError(
            "not_stored", "Cette couche n’a pas pu être enregistrée : ses colonnes ou ses valeurs sont inattendues."
        ) from error


def _schema(given: pa.Schema) -> pa.Schema:
    """Return the schema of the store: key, attributes in types of GDAL, geometry."""
    names = column_names(given.names)
    fields = [pa.field(name, _type(field.type)) for name, field in zip(names, given, strict=True)]
    geometry = pa.field(STORE_GEOMETRY, pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
    return pa.schema([pa.field(STORE_FID, pa.int64()), *fields, geometry])


def _batch(piece: Piece, schema: pa.Schema) -> pa.RecordBatch:
    columns = [pa.array(piece.rows, pa.int64())]
    for place, column in enumerate(piece.table.itercolumns(), 1):
        columns.append(_cast(column.combine_chunks(), schema.field(place).type))
    columns.append(pa.array(shapely.to_wkb(piece.geometry), pa.binary()))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _cast(column: Any, kind: pa.DataType) -> pa.Array:
    """Cast one column; a value that its type does not hold becomes nothing rather than an error."""
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if column.type == kind:
        return column
    try:
        return column.cast(kind, safe=False)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.nulls(len(column), kind)


def _type(kind: pa.DataType) -> pa.DataType:
    """Return the nearest type that a GeoPackage has."""
    same = (kinds.is_boolean, kinds.is_date32, kinds.is_int32, kinds.is_int64, kinds.is_float64)
    if any(test(kind) for test in same):
        return kind
    if kinds.is_integer(kind):
        return pa.int64()
    if kinds.is_floating(kind) or kinds.is_decimal(kind):
        return pa.float64()
    if kinds.is_date(kind):
        return pa.date32()
    if kinds.is_timestamp(kind):
        return pa.timestamp("ms", tz=kind.tz)
    return pa.string()
