"""GeoJSON and KML, escaped by GDAL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa

from . import store as stored

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_CONTROL = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"


def write_geojson(store: Path, target: Path, name: str, title: str | None) -> None:  # noqa: ARG001 - one call for all
    """Write a GeoJSON document (RFC 7946); the number of a feature in its file is its ``id``."""
    with stored.features(store) as (meta, reader):
        stored.write(
            reader,
            target,
            driver="GeoJSON",
            layer=name,
            geometry=stored.geometry_name(meta),
            layer_options={
                "RFC7946": "YES",
                "COORDINATE_PRECISION": "7",
                "ID_FIELD": stored.STORE_FID,
                "WRITE_NAME": "YES",
            },
        )


def write_kml(store: Path, target: Path, name: str, title: str | None) -> None:
    """Write a KML document; ``title`` names the placemarks, every attribute is extended data."""
    with stored.features(store) as (meta, reader):
        kept = [place for place, each in enumerate(reader.schema.names) if each != stored.STORE_FID]
        schema = pa.schema([_texts(reader.schema.field(place)) for place in kept])
        stored.write(
            reader,
            target,
            driver="KML",
            layer=_xml_name(name),
            geometry=stored.geometry_name(meta),
            change=lambda batch: _plain(batch, kept, schema),
            schema=schema,
            dataset_options={"NameField": title or "", "DescriptionField": ""},
        )


def _texts(field: pa.Field) -> pa.Field:
    """KML has no dates nor booleans: they are written as texts."""
    if field.metadata and b"ARROW:extension:name" in field.metadata:
        return field
    plain = pa.types.is_integer(field.type) or pa.types.is_floating(field.type) or pa.types.is_binary(field.type)
    return field if plain else pa.field(field.name, pa.string())


def _plain(batch: pa.RecordBatch, kept: Sequence[int], schema: pa.Schema) -> pa.RecordBatch:
    columns: list[Any] = []
    for place, field in zip(kept, schema, strict=True):
        column = batch.column(place)
        column = column if column.type == field.type else column.cast(field.type)
        columns.append(_printable(column) if pa.types.is_string(field.type) else column)
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _printable(texts: Any) -> Any:
    """Leave out the control characters that XML has no way to write."""
    series = pl.Series(pl.from_arrow(texts)).cast(pl.String)
    if not series.str.contains(_CONTROL).any():
        return texts
    return pa.array(series.str.replace_all(_CONTROL, "").to_list(), texts.type)


def _xml_name(name: str) -> str:
    """What XML and GDAL take as the name of a layer."""
    return re.sub(r"[^\w-]+", "_", name).strip("_") or "couche"
