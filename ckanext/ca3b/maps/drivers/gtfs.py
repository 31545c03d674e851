"""GTFS: the offer of a public transport network, as a layer of routes and a layer of stops."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from ckanext.ca3b.maps.limits import BATCH_FEATURES
from ckanext.ca3b.maps.model import Batch, LayerSource, Source
from ckanext.ca3b.maps.transit import Feed, routes, stops

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from ckanext.ca3b.maps.model import Request


def open_source(path: Path, request: Request) -> Source:
    """Read a zip of GTFS tables; coordinates are WGS 84 by the specification. Raises MapError."""
    feed = Feed(path, request)

    def lines() -> Iterator[Batch]:
        geometry, table, straight = routes(feed)
        if straight:
            request.notes.say(
                f"{straight} lignes sans tracé (« shapes.txt ») sont dessinées en lignes droites d’arrêt en arrêt."
                if straight > 1
                else "1 ligne sans tracé (« shapes.txt ») est dessinée en lignes droites d’arrêt en arrêt."
            )
        yield from _batches(geometry, table)

    def points() -> Iterator[Batch]:
        yield from _batches(*stops(feed))

    layers: list[LayerSource] = []
    if feed.has("routes") and feed.has("trips"):
        layers.append(_layer("Lignes", lines))
    layers.append(_layer("Arrêts de transport", points))
    return Source("GTFS", [*layers])


def _layer(name: str, batches: Callable[[], Iterator[Batch]]) -> LayerSource:
    return LayerSource(name, "EPSG:4326", "format", batches)


def _batches(geometry: NDArray[Any], table: pl.DataFrame) -> Iterator[Batch]:
    for start in range(0, table.height, BATCH_FEATURES):
        part = table[start : start + BATCH_FEATURES]
        arrow = part.to_arrow(compat_level=pl.CompatLevel.oldest())
        yield Batch(geometry[start : start + BATCH_FEATURES], arrow, start + 1)
