"""What the rooms of ``maps`` hand to one another. Plain values: nothing of a portal, nothing of GDAL.

Signatures that this room relies on:

``drivers.open_layers(path, *, request) -> Source``
    One driver module per format; each module of ``drivers/`` has ``open_source(path, request) -> Source`` where
    ``request`` is a ``Request``. The layers of a source are read one after the other, each to its end.
``describe.describe_layer(store, *, name, geometry_types, features) -> LayerDescription``
    ``store`` is the path of the cleaned GeoPackage of one layer (table ``features``, key ``fid``, geometry ``geom``).
``tiling.build(store, target, *, bbox, features, kind, progress) -> tiling.Tiles``
    ``kind`` is ``point``, ``line``, ``polygon`` or ``mixed``; ``progress`` hears a share between 0 and 1.
``tiling.sample(store, target) -> int``
    Writes the few features that stand for a layer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    import pyarrow as pa

    from .limits import Deadline, Limits

#: [west, south, east, north], in degrees of WGS 84.
BBox = tuple[float, float, float, float]

#: Where a coordinate system comes from: written in the file, fixed by the format, guessed from the
#: coordinates, or corrected because what is written contradicts the coordinates.
CrsHow = Literal["file", "format", "guessed", "corrected"]

#: Name of the one table of a store, of its key and of its geometry column.
STORE_LAYER, STORE_FID, STORE_GEOMETRY = "features", "fid", "geom"

#: Name of the layer inside the vector tiles.
TILE_LAYER = "features"


class Progress(Protocol):
    """Is told where the work is: a stage (code), a share between 0 and 1, and the files that are ready.

    Stages: ``opening``, ``reading``, ``describing``, ``tiling``, ``done``. Files are absolute paths, readable during
    the call only; a sample comes with a ``carte.json`` of its own beside it.
    """

    def __call__(self, stage: str, share: float, files: list[str]) -> None:
        """Hear of the progress; may raise to stop the work."""
        ...


class Notes:
    """French sentences of warning, in the order they were said, each once."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def say(self, sentence: str) -> None:
        """Keep a sentence unless it was said."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)


@attrs.frozen
class Batch:
    """At most 65,536 features, in the coordinates of their source.

    ``geometry``: numpy array of shapely geometries or None, x before y.
    ``table``: their attributes, as many rows as there are geometries, without any geometry column.
    ``first_row``: number of the first feature in its layer, counted from 1.
    """

    geometry: np.ndarray[Any, Any]
    table: pa.Table
    first_row: int


@attrs.frozen
class LayerSource:
    """One layer of vectors to be read once.

    ``crs``: authority code (``EPSG:2154``) or WKT, None when the file says nothing; ``crs_how`` is then ``guessed``.
    ``batches``: gives a new iterator over the features; may raise ``MapError``.
    ``expected``: number of features when the format tells it at no cost, for the progress bar.
    """

    name: str
    crs: str | None
    crs_how: CrsHow
    batches: Callable[[], Iterator[Batch]]
    expected: int | None = None


@attrs.frozen
class RasterResult:
    """What a raster layer wrote: ``data`` is the ``data`` member of its layer in ``carte.json``."""

    data: dict[str, Any]
    files: list[str]
    bbox: BBox
    extra: dict[str, Any] = attrs.field(factory=dict)


@attrs.frozen
class RasterSource:
    """One raster; ``write(folder, stem, progress)`` writes its tiles as ``<stem>.…`` in ``folder``."""

    name: str
    crs: str | None
    crs_how: CrsHow
    write: Callable[[Path, str, Progress], RasterResult]


@attrs.frozen
class Source:
    """A file as its driver reads it. ``close`` frees what was unpacked and ends the reading process."""

    driver: str
    layers: list[LayerSource | RasterSource]
    close: Callable[[], None] = attrs.field(default=lambda: None)


@attrs.frozen
class Request:
    """What a driver is asked.

    ``name``: file name as its owner gave it; ``declared``: declared format, lower case, or None.
    ``work``: an empty folder of its own, removed at the end; ``notes``: where warnings are said.
    ``outlines``: GeoJSON file of the outlines of communes, None for the packaged ones.
    """

    name: str
    declared: str | None
    limits: Limits
    deadline: Deadline
    notes: Notes
    work: Path
    outlines: Path | None = None


@attrs.frozen
class SkippedRow:
    """A feature that is not on the map: index of its layer, row from 1, reason (code of ``cleaning.REASONS``)."""

    layer: int
    row: int
    reason: str


@attrs.frozen
class LayerDescription:
    """What is proposed for one layer; the shapes are those of ``carte.json``."""

    attributes: list[dict[str, Any]] = attrs.field(factory=list)
    title: str | None = None
    style: dict[str, Any] = attrs.field(
        factory=lambda: {"attribute": None, "kind": "single", "classes": 5, "icon": None}
    )


@attrs.frozen
class Conversion:
    """The result of ``convert``: ``layers`` are those of ``carte.json``, ``output`` are file names in the folder."""

    driver: str
    crs: str | None
    crs_how: CrsHow
    features: int
    skipped: dict[str, int]
    skipped_rows: Sequence[SkippedRow]
    bbox: BBox | None
    geometry_types: list[str]
    output: list[str]
    warnings: list[str]
    layers: list[dict[str, Any]]
