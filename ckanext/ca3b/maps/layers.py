"""One layer from its batches to its files: placed, cleaned, stored, then drawn whole or as tiles."""

from __future__ import annotations

import contextlib
import ctypes
from itertools import chain
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import pyarrow as pa
import shapely

from .cleaning import bounds_of, clean, zero_is_absurd
from .crs import place
from .errors import MapError
from .model import TILE_LAYER, LayerDescription
from .small import MOST_FEATURES, Small, glimpse
from .store import Piece, column_names, taken, write_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .cleaning import Tally
    from .crs import Placing
    from .limits import Deadline
    from .model import Batch, BBox, LayerSource, Notes

#: Coordinates that are looked at to decide on a system, and batches that are opened to find any.
_SAMPLE, _PEEKED = 100_000, 8
_KINDS = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "line",
    "MultiLineString": "line",
    "LinearRing": "line",
    "Polygon": "polygon",
    "MultiPolygon": "polygon",
}
_NAMES = [
    "Point",
    "LineString",
    "LinearRing",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
]


@attrs.frozen
class Work:
    """What the layers of one conversion share.

    ``tell`` hears a stage, a share of this layer between 0 and 1, and new files, named in ``folder``.
    """

    folder: Path
    notes: Notes
    tally: Tally
    deadline: Deadline
    tell: Callable[[str, float, list[str]], None]
    home: BBox | None = None


@attrs.define
class Drawn:
    """A layer as far as it is drawn; ``card`` gives its member of ``carte.json``."""

    id: str
    name: str
    placing: Placing
    features: int = 0
    bbox: BBox | None = None
    types: set[str] = attrs.field(factory=set)
    data: dict[str, Any] = attrs.field(factory=dict)
    sample: str | None = None
    store: str | None = None
    described: LayerDescription = attrs.field(factory=LayerDescription)

    @property
    def kind(self) -> str:
        """``point``, ``line``, ``polygon``, or ``mixed``."""
        kinds = {_KINDS.get(name, "mixed") for name in self.types}
        return kinds.pop() if len(kinds) == 1 else "mixed"

    def see(self, piece: Piece) -> None:
        """Count the features of a piece, their kinds and their extent."""
        self.features += len(piece.rows)
        self.types |= {_NAMES[kind] for kind in np.unique(shapely.get_type_id(piece.geometry)).tolist()}
        box = bounds_of(piece.geometry)
        self.bbox = box if self.bbox is None else union([self.bbox, box])

    def card(self) -> dict[str, Any]:
        """Return the description of the layer."""
        return {
            "id": self.id,
            "name": self.name,
            "kind": "vector",
            "features": self.features,
            "geometry_types": sorted(self.types),
            "bbox": list(self.bbox) if self.bbox else None,
            "data": self.data,
            "sample": self.sample,
            "store": self.store,
            "attributes": self.described.attributes,
            "title": self.described.title,
            "style": self.described.style,
        }


def union(boxes: list[BBox | None]) -> BBox | None:
    """Return the box around boxes, None when there is none."""
    known = np.array([box for box in boxes if box])
    if not len(known):
        return None
    west, south = known[:, :2].min(axis=0).tolist()
    east, north = known[:, 2:].max(axis=0).tolist()
    return (west, south, east, north)


def draw(layer: LayerSource, number: int, work: Work, show: Callable[[Drawn], list[str]]) -> Drawn | None:
    """Write the files of one layer; None when nothing of it can be drawn.

    ``show`` writes a provisional ``carte.json`` for the layer and returns the files to announce with it.
    """
    batches, axes = _peek(layer.batches(), work.deadline)
    drawn = Drawn(str(number), layer.name, place(layer, axes, work.notes, work.home))
    store = work.folder / f"{number}.gpkg"
    run = _Reading(drawn, work, show, layer.expected, zero=zero_is_absurd(axes))
    try:
        write_store(run.pieces(batches), store)
    except MapError as error:
        if error.code != "no_features":
            raise
        work.notes.say(f"Aucun objet de « {layer.name} » ne peut être dessiné : la couche n’est pas sur la carte.")
        return None
    drawn.store = store.name
    work.deadline.check()
    work.tell("describing", 0.4, [])
    _describe(drawn, store)
    target = work.folder / f"{number}.geojson"
    if run.small.write(target):
        drawn.data, drawn.sample = {"type": "geojson", "file": target.name}, None
        (work.folder / f"{number}.sample.geojson").unlink(missing_ok=True)
        return drawn
    run.small.pieces = None
    _give_back()
    _tile(drawn, store, work, show)
    return drawn


class _Reading:
    """The one pass over the features of a layer."""

    def __init__(
        self, drawn: Drawn, work: Work, show: Callable[[Drawn], list[str]], expected: int | None, *, zero: bool
    ) -> None:
        self.drawn, self.work, self.show, self.zero = drawn, work, show, zero
        self.expected = expected or MOST_FEATURES * 20
        self.small = Small()

    def pieces(self, batches: Iterator[Batch]) -> Iterator[Piece]:
        """Yield what is kept of each batch, counted, its columns bearing the names of the store."""
        for batch in batches:
            self.work.deadline.check()
            kept = clean(batch, self.drawn.placing, self.work.tally, layer=int(self.drawn.id), zero_is_absurd=self.zero)
            if not len(kept.rows):
                continue
            table = taken(batch.table, kept.kept)
            piece = Piece(kept.geometry, kept.rows, table.rename_columns(column_names(table.column_names)))
            self._see(piece, kept.vertices)
            yield piece
            done = self.drawn.features / max(self.expected, self.drawn.features)
            self.work.tell("reading", 0.02 + 0.36 * done, [])

    def _see(self, piece: Piece, vertices: int) -> None:
        """Count a piece; show a glimpse as soon as the layer is known to be large."""
        self.small.add(piece, vertices)
        self.drawn.see(piece)
        if self.small.pieces is None and self.drawn.sample is None:
            name = f"{self.drawn.id}.sample.geojson"
            glimpse(piece, self.work.folder / name)
            self.drawn.sample, self.drawn.data = name, {"type": "geojson", "file": name}
            self.work.tell("reading", 0.02, self.show(self.drawn))


def _give_back() -> None:
    """Give memory of the reading back to the system before the tiles need theirs; glibc only, harmless elsewhere."""
    pa.default_memory_pool().release_unused()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _peek(batches: Iterator[Batch], deadline: Deadline) -> tuple[Iterator[Batch], np.ndarray[Any, Any]]:
    """Return the same batches and a sample of the first coordinates that are numbers, evenly chosen."""
    seen: list[Batch] = []
    axes = np.empty((0, 2))
    for batch in batches:
        deadline.check()
        seen.append(batch)
        axes = shapely.get_coordinates(batch.geometry)
        axes = axes[np.isfinite(axes).all(axis=1)]
        if len(axes) or len(seen) >= _PEEKED:
            break
    step = max(1, len(axes) // _SAMPLE)
    return chain(seen, batches), axes[::step]


def _describe(drawn: Drawn, store: Path) -> None:
    from .describe import describe_layer  # noqa: PLC0415 - what it loads is not needed to read

    drawn.described = describe_layer(
        store, name=drawn.name, geometry_types=sorted(drawn.types), features=drawn.features
    )


def _tile(drawn: Drawn, store: Path, work: Work, show: Callable[[Drawn], list[str]]) -> None:
    """Write a sample that stands for the layer, announce it, then the tiles."""
    from . import tiling  # noqa: PLC0415 - heavy, and only for large layers

    sample = work.folder / f"{drawn.id}.sample.geojson"
    target = work.folder / f"{drawn.id}.pmtiles"
    tiling.sample(store, sample, features=drawn.features)
    drawn.sample, drawn.data = sample.name, {"type": "geojson", "file": sample.name}
    work.tell("tiling", 0.42, show(drawn))

    def progress(share: float) -> None:
        work.deadline.check()
        work.tell("tiling", 0.42 + 0.58 * share, [])

    tiles = tiling.build(store, target, bbox=drawn.bbox, features=drawn.features, kind=drawn.kind, progress=progress)
    for sentence in tiles.warnings:
        work.notes.say(sentence)
    drawn.data = {
        "type": "pmtiles",
        "file": target.name,
        "minzoom": tiles.minzoom,
        "maxzoom": tiles.maxzoom,
        "layer": TILE_LAYER,
    }
    carried = set(tiles.attributes)
    for attribute in drawn.described.attributes:
        attribute["in_tiles"] = attribute["name"] in carried
