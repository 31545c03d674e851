"""A layer as a file of another format, made when it is asked for and kept for the next who asks."""

from __future__ import annotations

import contextlib
import itertools
import shutil
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from ckan.lib.munge import munge_filename

from ckanext.ca3b.maps import writing

from . import derived, features

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .layers import Layer

_CHUNK = 1 << 18
_ROWS = 2000
_SECONDS = 3600.0
# Two conversions at a time by process: each reads and writes a disk.
_turns = threading.BoundedSemaphore(2)
_PATIENCE = 30

FORMATS = writing.FORMATS


class BusyError(Exception):
    """Too many conversions are being made."""


def collection_id(resource_id: str, layer_id: str) -> str:
    """Return the name of a layer among the collections of OGC API – Features."""
    return resource_id if layer_id == "0" else f"{resource_id}.{layer_id}"


def file_name(layer: Layer, form: str) -> str:
    """Return the name under which a download is saved."""
    return f"{munge_filename(layer.title or 'carte').strip('.-') or 'carte'}.{form}"


def export(layer: Layer, form: str) -> tuple[Iterator[bytes], int | None]:
    """Return a layer in a format of FORMATS, in pieces, and its size in bytes when it is known.

    :raises derived.MissingError: the storage does not have it.
    :raises BusyError: too many conversions are being made.
    :raises ckanext.ca3b.maps.MapError: this layer cannot be written in this format.
    """
    location = layer.store
    if form == "geojson":
        # Sent as it is read: the first bytes leave at once, whatever the size.
        return _started(_geojson(location)), None
    block = contextlib.ExitStack()
    if form == "gpkg":
        path = block.enter_context(derived.local(location))
    else:
        name = f"{layer.map.version}-{layer.about['id']}.{form}"
        path = block.enter_context(derived.kept(name, lambda target: _convert(layer, location, form, target)))
    return _sent(path, block), path.stat().st_size


def _started(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Begin to write, so that what is missing is known before the answer begins."""
    first = next(pieces, b"")
    return itertools.chain([first], pieces)


def _geojson(location: str) -> Iterator[bytes]:
    with features.opened(location, seconds=_SECONDS) as found:
        yield b'{"type":"FeatureCollection","features":['
        rows, between = found.rows(), ""
        while some := list(itertools.islice(rows, _ROWS)):
            yield (between + ",\n".join(features.geojson(some))).encode()
            between = ",\n"
        yield b"]}"


def _convert(layer: Layer, location: str, form: str, target: Path) -> None:
    if not _turns.acquire(timeout=_PATIENCE):
        raise BusyError
    try:
        with derived.local(location) as source, tempfile.TemporaryDirectory(prefix="ca3b-") as room:
            # GDAL knows formats by the ends of names.
            store = Path(room) / "store.gpkg"
            store.symlink_to(source)
            made = writing.write(
                store, Path(room) / f"carte.{form}", form, name=layer.title or "carte", title=layer.about.get("title")
            )
            shutil.move(made, target)
    finally:
        _turns.release()


def _sent(path: Path, block: contextlib.ExitStack) -> Iterator[bytes]:
    with block, path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            yield chunk
