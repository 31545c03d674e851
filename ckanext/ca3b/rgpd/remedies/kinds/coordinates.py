"""Positions made coarser: a square of the national grid, or the commune.

Squares are those of INSEE and INSPIRE: the grid of 200 m or 1 km in ETRS89-LAEA Europe (EPSG:3035), named
``CRS3035RES1000mN2549000E3937000`` by its lower left corner. A square with fewer than ``k`` rows is left empty, as
INSEE leaves out those with fewer than 11 households: in the country a square may have one house.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import shapely
from attrs import evolve

from ckanext.ca3b.rgpd.remedies.flow import COUNT, Groups, count_text, quoted
from ckanext.ca3b.rgpd.remedies.model import RemedyError
from ckanext.ca3b.rgpd.remedies.points import read_points, transformer
from ckanext.ca3b.territory.core import Territory, TerritoryError

from .base import CELLS, Kind, choice, integer, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ckanext.ca3b.rgpd.remedies.flow import Flow, Settings
    from ckanext.ca3b.rgpd.remedies.model import Treatment

    Coarser = Callable[[pl.DataFrame, Sequence[str]], pl.Series]

CELLS_M = (1000, 200)


def square(batch: pl.DataFrame, columns: Sequence[str], size: int) -> pl.Series:
    """Give the name of the square of ``size`` metres of each row, null where no position is read."""
    longitude, latitude = read_points(batch, columns)
    known = np.isfinite(longitude) & np.isfinite(latitude)
    east, north = transformer("EPSG:4326", "EPSG:3035").transform(longitude[known], latitude[known])
    corners = zip(
        (np.floor(np.asarray(north) / size) * size).tolist(),
        (np.floor(np.asarray(east) / size) * size).tolist(),
        strict=True,
    )
    names: list[str | None] = [None] * batch.height
    for row, (bottom, left) in zip(np.flatnonzero(known).tolist(), corners, strict=True):
        if np.isfinite(bottom) and np.isfinite(left):
            names[row] = f"CRS3035RES{size}mN{int(bottom)}E{int(left)}"
    return pl.Series(names, dtype=pl.String)


def _commune(treatment: Treatment) -> Coarser:
    siren, path = text(treatment, "siren"), text(treatment, "outlines")
    try:
        territory = Territory.open(siren, Path(path) if path else None)
        outlines = territory.outlines
    except TerritoryError as error:
        raise RemedyError("territory", f"La commune d’un point demande les contours du territoire : {error}") from error
    if not outlines:
        raise RemedyError("territory", "Les contours des communes ne sont pas connus : choisissez la grille.")
    tree = shapely.STRtree(list(outlines.values()))
    names = [territory.communes[code].name for code in outlines]

    def coarser(batch: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
        longitude, latitude = read_points(batch, columns)
        rows, found = tree.query(shapely.points(np.nan_to_num(longitude), np.nan_to_num(latitude)), "within")
        made: list[str | None] = [None] * batch.height
        for row, place in zip(rows.tolist(), found.tolist(), strict=True):
            made[row] = names[place]
        return pl.Series(made, dtype=pl.String)

    return coarser


def _run(flow: Flow, treatment: Treatment, _: Settings) -> Flow:
    names = flow.present(treatment)
    if not names:
        return flow
    if len(names) > 2:
        raise RemedyError("columns", "Une position est dans une colonne, ou dans deux : longitude et latitude.")
    to = choice(treatment, "to", ("grid", "commune"))
    size, k = choice(treatment, "cell", CELLS_M), integer(treatment, "k", 5)
    coarser = _commune(treatment) if to == "commune" else (lambda batch, columns: square(batch, columns, size))
    groups = Groups(["cell"])
    for batch in flow.frames():
        groups.add(pl.DataFrame({"cell": coarser(batch, names)}))
    counted = groups.table().drop_nulls("cell")
    kept = counted.filter(pl.col(COUNT) >= k)["cell"].implode()
    first, frames = names[0], flow.frames

    def changed() -> Iterator[pl.DataFrame]:
        for batch in frames():
            found = pl.DataFrame({"cell": coarser(batch, names)})
            cells = found.select(pl.when(pl.col("cell").is_in(kept)).then(pl.col("cell")))["cell"]
            yield batch.with_columns(cells.alias(first))

    treated = evolve(flow, frames=changed).without(names[1:])
    default = "commune" if to == "commune" else f"carreau_{size}_m"
    treated = treated.renamed(first, text(treatment, "rename") or default)
    what = "à la commune" if to == "commune" else f"au carreau de {size} m"
    lost = int(counted.filter(pl.col(COUNT) < k)[COUNT].sum())
    told = f"Positions ramenées {what} : {quoted(names)}."
    if lost:
        told += f" {count_text(lost, 'ligne', 'lignes')} sans position : moins de {k} lignes au même endroit."
    return treated.told(told)


GENERALISE_COORDINATES = Kind(
    "generalise_coordinates", "Remplacer la position par un carreau ou la commune", CELLS, _run,
    frozenset({"to", "cell", "k", "siren", "outlines", "rename"}),
)  # fmt: skip
