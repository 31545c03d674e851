"""Tables that only name areas, joined to the outlines of those areas.

One row per area: the polygons have the values of the row. Several rows per area and one per period: the latest
period. Else one polygon per area with the number of its rows, the sum and the mean of each measure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from ckanext.ca3b.maps.describe.words import MOMENT, RATIO, is_measure
from ckanext.ca3b.maps.describe.words import plain as plain_name
from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.limits import BATCH_FEATURES
from ckanext.ca3b.maps.model import Batch, LayerSource
from ckanext.ca3b.maps.placing.areas import AreaColumn, Join, choose_areas
from ckanext.ca3b.maps.placing.gazetteer import Gazetteer
from ckanext.ca3b.tables import TableError, typed

from .common import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ckanext.ca3b.maps.model import Request
    from ckanext.ca3b.tables import Column, Table

_AREA = "__area__"
_NAMES = {"commune": "commune", "name": "commune", "postal": "code postal", "epci": "EPCI", "department": "département"}
#: Values without an outline that a warning quotes.
QUOTED = 20


def open_areas(table: Table, request: Request) -> LayerSource | None:
    """Give the layer of the areas that ``table`` names, None when it names none with a known outline."""
    gazetteer = Gazetteer(request.outlines)
    headers = {column.name: column.header for column in table.columns}
    sample = next(table.batches(20_000), None)
    column = None if sample is None else choose_areas(sample, headers, gazetteer)
    if column is None:
        return None
    layer = _Layer(table, Join(column, gazetteer), request)
    return LayerSource(label_of(request), "EPSG:4326", "format", layer.batches)


class _Layer:
    """One pass to count the rows of each area, a second one to give its polygons."""

    def __init__(self, table: Table, join: Join, request: Request) -> None:
        self.table, self.join, self.request = table, join, request
        self.period = next((c for c in table.columns if _is_period(c)), None)

    def batches(self) -> Iterator[Batch]:
        """Give the polygons: of the rows, of the rows of the latest period, or of the areas."""
        try:
            yield from self._batches()
        except TableError as error:
            raise MapError(error.code, error.message) from error

    def _batches(self) -> Iterator[Batch]:
        counts, periods = self._count()
        self._tell_lost()
        if counts.is_empty() or counts["rows"].max() == 1:
            yield from self._rows(None)
        elif self.period and periods is not None and periods["rows"].max() == 1:
            latest = periods["period"].max()
            self.request.notes.say(
                f"Le tableau a une ligne par {self._what} et par « {self.period.name} » : la carte montre "
                f"« {_written(latest)} », la valeur la plus récente."
            )
            yield from self._rows(latest)
        else:
            yield self._areas(counts)

    @property
    def _what(self) -> str:
        return _NAMES[self.join.column.kind]

    def _frames(self) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
        """Give the rows as texts and in their types, both with the key of their area."""
        for frame in self.table.batches(BATCH_FEATURES):
            self.request.deadline.check()
            areas = self.join.keys(frame).alias(_AREA)
            yield frame.with_columns(areas), typed(frame, self.table.columns).with_columns(areas)

    def _count(self) -> tuple[pl.DataFrame, pl.DataFrame | None]:
        counts: list[pl.DataFrame] = []
        periods: list[pl.DataFrame] = []
        for _, frame in self._frames():
            known = frame.filter(pl.col(_AREA).is_not_null())
            counts.append(known.group_by(_AREA).len("rows"))
            if self.period:
                periods.append(known.group_by(_AREA, pl.col(self.period.name).alias("period")).len("rows"))
            if sum(part.height for part in periods) > 2_000_000:
                # So many moments are no series of years.
                self.period, periods = None, []
        total = pl.concat(counts).group_by(_AREA, maintain_order=True).agg(pl.col("rows").sum())
        if not periods:
            return total, None
        return total, pl.concat(periods).group_by(_AREA, "period").agg(pl.col("rows").sum())

    def _rows(self, latest: Any) -> Iterator[Batch]:
        first = 1
        for _, frame in self._frames():
            number, height = first, frame.height
            first += height
            kept = frame
            if latest is not None and self.period:
                kept = frame.filter(pl.col(self.period.name) == latest)
            if kept.height:
                yield Batch(self._shapes(kept[_AREA]), _arrow(kept.drop(_AREA)), number)

    def _areas(self, counts: pl.DataFrame) -> Batch:
        measures = [c for c in self.table.columns if c.name != self.join.column.name and is_measure(c.name, c.type)]
        parts: list[pl.DataFrame] = []
        for _, frame in self._frames():
            known = frame.filter(pl.col(_AREA).is_not_null())
            sums = [pl.col(c.name).cast(pl.Float64).sum().alias(f"s{i}") for i, c in enumerate(measures)]
            filled = [pl.col(c.name).count().alias(f"n{i}") for i, c in enumerate(measures)]
            parts.append(known.group_by(_AREA).agg(*sums, *filled))
            if len(parts) >= 20:
                parts = [_summed(parts)]
        summed = counts.join(_summed(parts), on=_AREA, how="left", maintain_order="left")
        keys = summed[_AREA].to_list()
        columns = [
            pl.Series("code", [key.rpartition(":")[2] for key in keys], pl.String),
            pl.Series("nom", [self.join.gazetteer.label(key) for key in keys], pl.String),
            summed["rows"].cast(pl.Int64).alias("nombre de lignes"),
        ]
        for index, measure in enumerate(measures):
            columns += _totals(summed, index, measure)
        self.request.notes.say(
            f"Plusieurs lignes ont le même lieu ({self._what}) : la carte montre leur nombre"
            + (", et la somme et la moyenne de chaque mesure." if measures else ".")
        )
        return Batch(self._shapes(summed[_AREA]), _arrow(pl.DataFrame(columns)), 1)

    def _shapes(self, areas: pl.Series) -> NDArray[Any]:
        shapes = np.full(areas.len(), None, dtype=object)
        for index, key in enumerate(areas):
            shapes[index] = self.join.gazetteer.geometry(key) if key else None
        return shapes

    def _tell_lost(self) -> None:
        lost = dict(sorted(self.join.lost.items(), key=lambda each: -each[1]))
        self.join.lost.clear()
        empty, self.join.empty = self.join.empty, 0
        if lost:
            quoted = ", ".join(f"« {value[:60]} »" for value in list(lost)[:QUOTED])
            more = f" et {len(lost) - QUOTED} autres" if len(lost) > QUOTED else ""
            rows = _rows_said(sum(lost.values()))
            self.request.notes.say(
                f"{rows} sur la carte : le contour de ces valeurs de « {self.join.column.name} » n’est pas connu : "
                f"{quoted}{more}."
            )
        if empty:
            self.request.notes.say(f"{_rows_said(empty)} sur la carte : « {self.join.column.name} » y est vide.")


def _rows_said(count: int) -> str:
    return f"{count} lignes ne sont pas" if count > 1 else "1 ligne n’est pas"


def _summed(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(parts).group_by(_AREA).agg(pl.all().sum())


def _totals(summed: pl.DataFrame, index: int, measure: Column) -> list[pl.Series]:
    total, filled = summed[f"s{index}"], summed[f"n{index}"]
    known = pl.select(pl.when(filled > 0).then(total)).to_series()
    mean = (known / filled).alias(f"{measure.name} (moyenne)")
    # The sum of rates or of prices means nothing.
    if RATIO.search(plain_name(measure.name)):
        return [mean]
    if measure.type == "integer":
        known = known.round().cast(pl.Int64)
    return [known.alias(f"{measure.name} (somme)"), mean]


def _is_period(column: Column) -> bool:
    return column.type in {"integer", "date", "datetime"} and bool(MOMENT.search(plain_name(column.name)))


def _written(value: Any) -> str:
    return str(value)


def _arrow(frame: pl.DataFrame) -> Any:
    return frame.to_arrow(compat_level=pl.CompatLevel.oldest())


__all__ = ["AreaColumn", "open_areas"]
