"""Stops: one point each, with the names of the routes that serve it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .feed import Feed

_KINDS = {
    "0": "Arrêt",
    "1": "Station ou pôle d’échanges",
    "2": "Entrée ou sortie",
    "3": "Nœud de cheminement",
    "4": "Zone d’embarquement",
}
_WHEELCHAIR = {"1": "oui", "2": "non"}
_COLUMNS = (
    "stop_id", "stop_code", "stop_name", "stop_desc", "location_type", "parent_station", "wheelchair_boarding",
    "zone_id", "stop_url", "stop_lat", "stop_lon",
)  # fmt: skip
#: Characters of the list of routes of a stop.
_LISTED = 200


def stops(feed: Feed) -> tuple[NDArray[Any], pl.DataFrame]:
    """Give the points of the stops (None without coordinates) and their attributes, in the order of the feed.

    Nodes of corridors and boarding areas (types 3 and 4 of the reference) are inside a station: left out.
    """
    table = feed.collect(feed.scan("stops", _COLUMNS), "stops")
    table = table.filter(~pl.col("location_type").fill_null("0").is_in(["3", "4"]))
    kind = pl.col("location_type").fill_null("").replace("", "0")
    frame = table.select(
        "stop_id",
        "stop_code",
        "stop_name",
        "stop_desc",
        kind.replace_strict(_KINDS, default=None).alias("type"),
        pl.col("wheelchair_boarding")
        .replace_strict(_WHEELCHAIR, default=None, return_dtype=pl.String)
        .alias("accessible"),
        "parent_station",
        "zone_id",
        "stop_url",
    )
    served = _served(feed)
    frame = frame.join(served, on="stop_id", how="left", maintain_order="left")
    empty = [name for name in frame.columns if frame[name].null_count() == frame.height and name != "stop_name"]
    return points(table["stop_lon"], table["stop_lat"]), frame.drop(empty)


def points(longitude: pl.Series, latitude: pl.Series) -> NDArray[Any]:
    """Give a point per row, None where a coordinate is missing."""
    x, y = (each.cast(pl.Float64, strict=False).to_numpy() for each in (longitude, latitude))
    known = np.isfinite(x) & np.isfinite(y)
    result = np.full(len(x), None, dtype=object)
    result[known] = shapely.points(x[known], y[known])
    return result


def _served(feed: Feed) -> pl.DataFrame:
    """Give the short names of the routes that serve each stop."""
    times = feed.scan("stop_times", ["trip_id", "stop_id"]).unique()
    trips = feed.scan("trips", ["trip_id", "route_id"])
    names = feed.scan("routes", ["route_id", "route_short_name", "route_long_name"]).select(
        "route_id", pl.coalesce("route_short_name", "route_long_name").alias("name")
    )
    pairs = times.join(trips, on="trip_id").join(names, on="route_id").select("stop_id", "name").unique()
    listed = pairs.drop_nulls().sort("name").group_by("stop_id", maintain_order=True).agg(pl.col("name"))
    return feed.collect(
        listed.select("stop_id", pl.col("name").list.join(", ").str.slice(0, _LISTED).alias("lignes")), "stop_times"
    )
