"""Tables (CSV, spreadsheets, JSON records): coordinates, geometries in cells, or names of areas, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.limits import BATCH_FEATURES
from ckanext.ca3b.maps.model import Batch, LayerSource, Source
from ckanext.ca3b.maps.placing import choose
from ckanext.ca3b.tables import TableError, read, typed

from . import choropleth
from .common import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from ckanext.ca3b.maps.model import Request
    from ckanext.ca3b.maps.placing import Placement
    from ckanext.ca3b.tables import Column, Table

# Rows that decide where rows are: the first ones, and further ones when those say nothing.
_FIRST, _FURTHER, _FURTHER_BATCHES = 20_000, 2_000, 20


def open_source(path: Path, request: Request) -> Source:
    """Read a table as one layer of points, of the geometries of its cells, or of the areas it names.

    Raises MapError when it cannot be read as a table (the code of the table's error) or when nothing in it
    says where its rows are (``not_a_map``).
    """
    try:
        table = read(path, name=request.name)
    except TableError as error:
        raise MapError(error.code.replace("-", "_"), error.message) from error
    request.deadline.check()
    headers = {column.name: column.header for column in table.columns}
    placement = next((found for sample in _samples(table) if (found := choose(sample, headers))), None)
    if placement is None:
        if areas := choropleth.open_areas(table, request):
            return Source(table.format.upper(), [areas])
        raise MapError(
            "not_a_map",
            "Rien dans ce tableau ne dit où sont ses lignes. Ajoutez deux colonnes « latitude » et « longitude », "
            "une colonne de géométries (WKT ou GeoJSON), ou le code INSEE de la commune.",
        )
    if placement.guess:
        request.notes.say(placement.guess)
    return Source(table.format.upper(), [_layer(table, placement, request)])


def attributes(frame: pl.DataFrame, columns: Sequence[Column]) -> pa.Table:
    """Give the columns of a frame of texts in their types, as Arrow that GDAL reads."""
    return typed(frame.select(column.name for column in columns), columns).to_arrow(
        compat_level=pl.CompatLevel.oldest()
    )


def _samples(table: Table) -> Iterator[pl.DataFrame]:
    try:
        for index, frame in enumerate(table.batches(_FIRST)):
            if index > _FURTHER_BATCHES:
                return
            yield frame if index == 0 else frame.head(_FURTHER)
    except TableError as error:
        raise MapError(error.code, error.message) from error


def _layer(table: Table, placement: Placement, request: Request) -> LayerSource:
    columns = [column for column in table.columns if column.name not in placement.dropped]

    def batches() -> Iterator[Batch]:
        first = 1
        try:
            for frame in table.batches(BATCH_FEATURES):
                request.deadline.check()
                yield Batch(placement.read(frame), attributes(frame, columns), first)
                first += frame.height
        except TableError as error:
            raise MapError(error.code, error.message) from error

    return LayerSource(label_of(request), placement.system, placement.how, batches, table.rows)
