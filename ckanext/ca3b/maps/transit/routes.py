"""Routes: one feature each, made of the shapes of its trips, or of lines through its stops when it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import shapely

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .feed import Feed

_COLUMNS = (
    "route_id", "agency_id", "route_short_name", "route_long_name", "route_desc", "route_type", "route_color",
    "route_text_color", "route_url",
)  # fmt: skip
_MODES = {
    0: "Tramway", 1: "Métro", 2: "Train", 3: "Bus", 4: "Bateau", 5: "Tramway à câble", 6: "Téléphérique",
    7: "Funiculaire", 11: "Trolleybus", 12: "Monorail",
}  # fmt: skip
# Hundreds of the extended types.
_EXTENDED = {
    1: "Train", 2: "Autocar", 4: "Métro", 5: "Métro", 6: "Métro", 7: "Bus", 8: "Trolleybus", 9: "Tramway", 10: "Bateau",
    11: "Avion", 12: "Bateau", 13: "Téléphérique", 14: "Funiculaire", 15: "Taxi",
}  # fmt: skip
#: Trips whose stops are followed, per route, direction and destination, when there is no shape.
_FOLLOWED = 40


def routes(feed: Feed) -> tuple[NDArray[Any], pl.DataFrame, int]:
    """Give the lines of the routes (None when nothing tells where one goes) and their attributes, as the feed has them.

    The last number counts the routes drawn through their stops.
    """
    table = feed.collect(feed.scan("routes", _COLUMNS), "routes")
    trips = feed.collect(
        feed.scan("trips", ["route_id", "trip_id", "shape_id", "direction_id", "trip_headsign"]), "trips"
    )
    lines = _shapes(feed, trips)
    missing = trips.filter(~pl.col("route_id").is_in(list(lines)))
    straight = _through_stops(feed, missing) if missing.height else {}
    lines |= straight
    geometry = np.full(table.height, None, dtype=object)
    for place, route in enumerate(table["route_id"]):
        geometry[place] = lines.get(route)
    return geometry, _attributes(feed, table), len(straight)


def _attributes(feed: Feed, table: pl.DataFrame) -> pl.DataFrame:
    kind = pl.col("route_type").cast(pl.Int64, strict=False)
    mode = kind.replace_strict(_MODES, default=None, return_dtype=pl.String)
    extended = (kind // 100).replace_strict(_EXTENDED, default=None, return_dtype=pl.String)
    agencies = feed.collect(feed.scan("agency", ["agency_id", "agency_name"]), "agency")
    # With one operator, routes need not name it.
    alone = agencies["agency_name"][0] if agencies.height == 1 else None
    named = table.join(agencies.unique("agency_id"), on="agency_id", how="left", maintain_order="left")
    frame = named.select(
        pl.coalesce("route_short_name", "route_long_name", "route_id").alias("ligne"),
        pl.col("route_long_name").alias("nom"),
        pl.coalesce(mode, extended).alias("mode"),
        pl.coalesce("agency_name", pl.lit(alone, pl.String)).alias("exploitant"),
        _colour("route_color").alias("route_color"),
        _colour("route_text_color").alias("route_text_color"),
        "route_desc",
        "route_url",
        "route_id",
    )
    return frame.drop(name for name in frame.columns if frame[name].null_count() == frame.height and name != "ligne")


def _colour(name: str) -> pl.Expr:
    """Read the six hexadecimal digits of a colour as ``#rrggbb``, null for anything else."""
    digits = pl.col(name).str.strip_chars().str.extract(r"^#?([0-9A-Fa-f]{6})$")
    return pl.lit("#") + digits.str.to_lowercase()


def _shapes(feed: Feed, trips: pl.DataFrame) -> dict[str, Any]:
    used = trips.select("route_id", "shape_id").drop_nulls().unique(maintain_order=True)
    if not used.height or not feed.has("shapes"):
        return {}
    points = feed.scan("shapes", ["shape_id", "shape_pt_lon", "shape_pt_lat", "shape_pt_sequence"]).select(
        "shape_id",
        pl.col("shape_pt_lon").cast(pl.Float64, strict=False).alias("x"),
        pl.col("shape_pt_lat").cast(pl.Float64, strict=False).alias("y"),
        pl.col("shape_pt_sequence").cast(pl.Int64, strict=False).alias("rank"),
    )
    kept = points.filter(pl.col("shape_id").is_in(used["shape_id"].unique().to_list())).drop_nulls()
    table = feed.collect(kept.sort("shape_id", "rank", maintain_order=True), "shapes")
    lines = _lines(table["shape_id"], table["x"], table["y"])
    return _by_route((route, lines.get(shape)) for route, shape in used.iter_rows())


def _through_stops(feed: Feed, trips: pl.DataFrame) -> dict[str, Any]:
    groups = ["route_id", "direction_id", "trip_headsign"]
    followed = trips.filter(pl.int_range(pl.len()).over(groups) < _FOLLOWED).select("trip_id", "route_id")
    places = feed.scan("stops", ["stop_id", "stop_lon", "stop_lat"]).select(
        "stop_id",
        pl.col("stop_lon").cast(pl.Float64, strict=False).alias("x"),
        pl.col("stop_lat").cast(pl.Float64, strict=False).alias("y"),
    )
    times = feed.scan("stop_times", ["trip_id", "stop_id", "stop_sequence"]).select(
        "trip_id", "stop_id", pl.col("stop_sequence").cast(pl.Int64, strict=False).alias("rank")
    )
    passed = times.join(followed.lazy(), on="trip_id").join(places, on="stop_id").drop_nulls()
    table = feed.collect(passed.sort("trip_id", "rank", maintain_order=True), "stop_times")
    trails = table.group_by("trip_id", maintain_order=True).agg(
        pl.col("route_id").first(), pl.col("stop_id").str.join(">")
    )
    # Hundreds of trips follow one trail.
    distinct = trails.unique(["route_id", "stop_id"], keep="first", maintain_order=True)
    table = table.filter(pl.col("trip_id").is_in(distinct["trip_id"].to_list()))
    lines = _lines(table["trip_id"], table["x"], table["y"])
    return _by_route((route, lines.get(trip)) for trip, route in distinct.select("trip_id", "route_id").iter_rows())


def _lines(names: pl.Series, x: pl.Series, y: pl.Series) -> dict[str, Any]:
    """Give a line per name from its points, which are side by side; a name with one point has none."""
    lengths = names.rle().struct.unnest() if names.len() else pl.DataFrame({"len": [], "value": []})
    ends = lengths["len"].cast(pl.Int64).cum_sum().to_list()
    coordinates = np.column_stack([x.to_numpy(), y.to_numpy()])
    lines: dict[str, Any] = {}
    start = 0
    for name, end in zip(lengths["value"].to_list(), ends, strict=True):
        if end - start >= 2:
            lines[name] = shapely.linestrings(coordinates[start:end])
        start = end
    return lines


def _by_route(pairs: Any) -> dict[str, Any]:
    """Join the different lines of each route."""
    found: dict[str, list[Any]] = {}
    for route, line in pairs:
        if line is not None:
            found.setdefault(route, []).append(line)
    return {
        route: lines[0] if len(lines) == 1 else shapely.multilinestrings(list(dict.fromkeys(lines)))
        for route, lines in found.items()
    }
