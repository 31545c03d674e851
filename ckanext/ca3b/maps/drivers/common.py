"""What drivers share: a file under a name of ours, a reading process, layers with names for people."""

from __future__ import annotations

from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import attrs

from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.gdal.reader import GdalLayer, GdalReader, damaged
from ckanext.ca3b.maps.model import LayerSource, Source

from .formats import LABELS
from .opening import too_many_layers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ckanext.ca3b.maps.model import Batch, CrsHow, Request

#: Name that files bear in the working folder; layers called so have no name of their own.
STEM = "couche"


def label_of(request: Request) -> str:
    """Return the name of the file without its folder nor extensions, for people."""
    name = PurePosixPath(request.name.replace("\\", "/")).name
    stem = name.split(".")[0] if name.lower().endswith((".zip", ".gz")) else PurePosixPath(name).stem
    return stem or name or "carte"


def placed(path: Path, request: Request, suffix: str) -> Path:
    """Return the file alone in a folder, under a name of ours: nothing that lies beside the original can be read."""
    folder = request.work / "in"
    folder.mkdir(exist_ok=True)
    target = folder / f"{STEM}{suffix}"
    target.unlink(missing_ok=True)
    target.symlink_to(path.resolve())
    return target


def wrong_format(driver: str, why: str = "") -> MapError:
    """The refusal of a file whose content is not what it is declared to be."""
    label = LABELS.get(driver, driver)
    return MapError(
        "wrong_format",
        f"Ce fichier est déclaré {label}, mais son contenu n’est pas du {label}{why}. "
        "Corrigez le format indiqué, ou exportez de nouveau le fichier.",
    )


@attrs.frozen
class Reading:
    """How the layers of one reading process become ``LayerSource``.

    ``how``: where their system comes from; ``label`` gives the name for people of a layer; ``wanted`` leaves layers
    out; ``crs`` replaces what the driver says; ``drop`` are columns that hold nothing of the file.
    """

    how: CrsHow = "file"
    label: Callable[[GdalLayer], str] | None = None
    wanted: Callable[[GdalLayer], bool] = lambda _: True
    crs: Callable[[GdalLayer], str | None] = lambda layer: layer.crs
    drop: frozenset[str] = frozenset()


def read_with(path: Path, driver: str, request: Request, reading: Reading, **options: Any) -> Source:
    """Start the reading process of one driver on a file and return its layers that have a geometry."""
    reader = GdalReader(path, driver, request, options)
    try:
        drawn = _drawn([layer for layer in reader.layers() if reading.wanted(layer)], request)
        layers = [_layer(reader, layer, len(drawn), request, reading) for layer in drawn]
    except BaseException:
        reader.close()
        raise
    return Source(driver, [*layers], reader.close)


def no_geometry(found: list[GdalLayer]) -> MapError:
    """The refusal of a file in which nothing can be drawn."""
    if any(layer.geometry not in (None, "None") for layer in found) or not found:
        return MapError("no_features", "Ce fichier ne contient aucun objet à dessiner : il est vide.")
    return MapError("no_geometry", "Ce fichier ne contient aucune géométrie : il ne peut pas devenir une carte.")


def _drawn(found: list[GdalLayer], request: Request) -> list[GdalLayer]:
    """Return the layers that can be drawn and say which cannot; raise when there is none, or too many."""
    drawn = [layer for layer in found if layer.geometry not in (None, "None") and layer.features != 0]
    if not drawn:
        raise no_geometry(found)
    if len(drawn) > request.limits.layers:
        raise too_many_layers(request.limits)
    for layer in found:
        if layer.geometry in (None, "None"):
            request.notes.say(f"La couche « {layer.name} » n’a pas de géométrie : elle n’est pas sur la carte.")
        elif layer.features == 0:
            request.notes.say(f"La couche « {layer.name} » est vide : elle n’est pas sur la carte.")
    return drawn


def _layer(reader: GdalReader, layer: GdalLayer, count: int, request: Request, reading: Reading) -> LayerSource:
    name = reading.label(layer) if reading.label else layer.name
    if name == STEM or not name.strip() or (count == 1 and reading.label is None):
        name = label_of(request)
    crs = reading.crs(layer)
    expected = layer.features if layer.features >= 0 else None
    how: CrsHow = reading.how if crs else "guessed"
    return LayerSource(name, crs, how, partial(_batches, reader, layer.name, expected, reading.drop), expected)


def _batches(reader: GdalReader, layer: str, expected: int | None, drop: frozenset[str]) -> Iterator[Batch]:
    """Yield the features; refuse a file that ends before it has given what it announced."""
    rows = 0
    for batch in reader.batches(layer):
        rows += len(batch.geometry)
        names = [name for name in batch.table.column_names if name in drop]
        yield attrs.evolve(batch, table=batch.table.drop_columns(names)) if names else batch
    if expected is not None and rows < expected:
        raise damaged()
