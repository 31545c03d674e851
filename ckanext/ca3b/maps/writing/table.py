"""CSV: longitude and latitude of points, WKT of anything else; nothing that a spreadsheet would run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa
import shapely

from ckanext.ca3b.tables.writing.delimited import BOM, lines
from ckanext.ca3b.tables.writing.neutral import neutralised

from . import store as stored

if TYPE_CHECKING:
    from pathlib import Path

_POINTS = {"POINT"}
#: Decimals of a degree: a centimetre.
_DECIMALS = 7


def write_csv(store: Path, target: Path, name: str, title: str | None) -> None:  # noqa: ARG001 - one call for all
    """Write a CSV in UTF-8 that a spreadsheet opens: attributes, then ``longitude`` and ``latitude``, or ``wkt``."""
    points = stored.types_of(store) <= _POINTS
    with stored.features(store) as (meta, reader), target.open("wb") as out:
        geometry = stored.geometry_name(meta)
        names = [each for each in reader.schema.names if each not in {geometry, stored.STORE_FID}]
        places = _unique(["longitude", "latitude"] if points else ["wkt"], names)
        out.write(BOM + lines(pl.DataFrame([[neutralised(each) for each in [*names, *places]]], orient="row"), ","))
        for batch in reader:
            out.write(lines(_rows(batch, names, places, geometry), ","))


def _rows(batch: pa.RecordBatch, names: list[str], places: list[str], geometry: str) -> pl.DataFrame:
    shapes = shapely.from_wkb(batch.column(geometry).to_numpy(zero_copy_only=False))
    if len(places) == 2:
        x, y = shapely.get_x(shapes).round(_DECIMALS), shapely.get_y(shapes).round(_DECIMALS)
        where = [pl.Series(places[0], x), pl.Series(places[1], y)]
    else:
        where = [pl.Series(places[0], shapely.to_wkt(shapes, rounding_precision=_DECIMALS), dtype=pl.String)]
    frame = pl.DataFrame(where)
    if names:
        attributes = pl.from_arrow(pa.Table.from_batches([batch.select(names)]))
        assert isinstance(attributes, pl.DataFrame)  # noqa: S101 - a table gives a frame
        texts = [each for each, kind in attributes.schema.items() if kind == pl.String]
        safe = attributes.with_columns(neutralised(pl.col(each)).alias(each) for each in texts)
        frame = pl.concat([safe, frame], how="horizontal")
    return frame


def _unique(places: list[str], names: list[str]) -> list[str]:
    """Give columns of the position that no attribute is called like, whatever the case."""
    taken = {name.lower() for name in names}
    return [place if place not in taken else f"{place}_wgs84" for place in places]
