"""The derived files of maps, in a storage of CKAN: object storage or a disk, the same for every machine.

Their places are never used twice, so a copy of one is good for ever: machines without the disk of the storage keep
some, up to a size that the operator sets.
"""

from __future__ import annotations

import contextlib
import gzip
import logging
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import file_keeper as fk
from ckan.lib import files

from . import config

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

log = logging.getLogger(__name__)

_CHUNK = 1 << 20
_OWN: dict[str, fk.Storage] = {}


class MissingError(Exception):
    """The storage does not have the file."""


def storage() -> fk.Storage:
    """Return the storage of derived files.

    The one that the operator named; else a folder of the default storage, as CKAN does for resources; else a folder
    of ``ckan.storage_path``.
    """
    named = files.storages.get(config.storage())
    if named is not None:
        return named
    settings = _beside_resources()
    key = repr(sorted((name, str(value)) for name, value in settings.items()))
    if key not in _OWN:
        _OWN[key] = fk.make_storage("ca3b_maps", settings)
    return _OWN[key]


def put(path: Path, location: str) -> dict[str, Any]:
    """Store a file; return ``{location, size}``. Text of some size is stored compressed (``gzip`` is then True).

    :param location: a place that was never used.
    """
    compressed = path.suffix == ".geojson"
    with contextlib.ExitStack() as block:
        if compressed:
            copy = Path(block.enter_context(tempfile.TemporaryDirectory(prefix="ca3b-"))) / "compressed"
            with path.open("rb") as source, gzip.open(copy, "wb", compresslevel=6) as target:
                shutil.copyfileobj(source, target, _CHUNK)
            path = copy
        keeper = storage()
        stream = block.enter_context(path.open("rb"))
        upload = fk.Upload(stream, location.rsplit("/", 1)[-1], path.stat().st_size, "application/octet-stream")
        done = keeper.upload(files.Location(location), upload)
    return {"location": str(done.location), "size": done.size} | ({"gzip": True} if compressed else {})


def remove(locations: Iterable[str]) -> None:
    """Remove files from the storage and from this machine; what cannot be is left to « maps purge »."""
    keeper = storage()
    for location in locations:
        try:
            keeper.remove(files.FileData(files.Location(location)))
        except (fk.exc.FilesError, OSError):
            log.warning("The derived file %s could not be removed", location, exc_info=True)
        _cached(location).unlink(missing_ok=True)


def present() -> Iterator[str]:
    """Give the location of every file of the storage. Raises what the storage does when it cannot list."""
    return iter(storage().scan())


@contextlib.contextmanager
def local(location: str) -> Iterator[Path]:
    """Give the path of a derived file on this machine; it stays readable while the block lasts.

    :raises MissingError: the storage does not have it.
    """
    path = on_disk(location) or _fetched(location)
    try:
        opened = path.open("rb")
    except FileNotFoundError as error:
        raise MissingError(location) from error
    with opened:
        held = Path(f"/proc/self/fd/{opened.fileno()}")
        yield held if held.exists() else path


@contextlib.contextmanager
def kept(name: str, make: Callable[[Path], None]) -> Iterator[Path]:
    """Give the path of what ``make`` writes, kept on this machine as the copies are; readable while the block lasts.

    :param name: never used for another content.
    """
    target = _cached(name)
    if not target.is_file():
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".made-") as room:
            made = Path(room) / "file"
            make(made)
            made.replace(target)
        _trim(keep=target)
    with target.open("rb") as opened:
        os.utime(target)
        held = Path(f"/proc/self/fd/{opened.fileno()}")
        yield held if held.exists() else target


def content(location: str) -> bytes:
    """Return the bytes of a small derived file. Raises MissingError."""
    with local(location) as path:
        return path.read_bytes()


def on_disk(location: str) -> Path | None:
    """Return where a storage of this machine keeps a file; None for any other storage."""
    try:
        path = Path(storage().full_path(files.Location(location)))
    except (AttributeError, fk.exc.FilesError):
        return None
    return path if path.is_absolute() and path.is_file() else None


def _fetched(location: str) -> Path:
    """Return the copy of a file of an object storage, fetched unless it is here."""
    target = _cached(location)
    if target.is_file():
        os.utime(target)
        return target
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as out:
            for chunk in storage().stream(files.FileData(files.Location(location))):
                out.write(chunk)
        Path(name).replace(target)
    except (fk.exc.MissingFileError, FileNotFoundError) as error:
        raise MissingError(location) from error
    finally:
        Path(name).unlink(missing_ok=True)
    _trim(keep=target)
    return target


def _trim(keep: Path) -> None:
    """Remove the copies used longest ago until they hold in their size."""
    copies = [(one.stat().st_atime, one.stat().st_size, one) for one in _folder().glob("*") if one.is_file()]
    total = sum(size for _, size, _ in copies)
    for _, size, path in sorted(copies, key=lambda one: one[0]):
        if total <= config.cache_bytes():
            return
        if path != keep:
            path.unlink(missing_ok=True)
            total -= size


def _cached(location: str) -> Path:
    return _folder() / location.replace("/", "-")


def _folder() -> Path:
    return config.cache_folder() / str(tk.config["ckan.site_id"])


def _beside_resources() -> dict[str, Any]:
    """Return the settings of the storage that nobody configured."""
    from ckan.config.declaration.load import config_tree  # noqa: PLC0415 - a circle of CKAN's own at import

    configured = config_tree(tk.config, prefix=files.STORAGE_PREFIX, depth=-1)
    base = configured.get(tk.config["ckan.files.default_storages.default"])
    if base:
        return {**base, "name": "ca3b_maps", "path": str(Path(base.get("path") or "") / "ca3b_maps"),
                "initialize": True, "public": False, "max_size": -1, "supported_types": []}  # fmt: skip
    folder = Path(tk.config["ckan.storage_path"]).resolve() / "ca3b_maps"
    return {"type": "ckan:fs", "path": str(folder), "initialize": True}
