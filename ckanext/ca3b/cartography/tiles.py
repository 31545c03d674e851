"""One tile of a map, out of its archive: by ranges of bytes, so that no machine needs the whole of it."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import file_keeper as fk
from ckan.lib import files

from ckanext.ca3b.fetching import FetchError
from ckanext.ca3b.maps import MapError
from ckanext.ca3b.maps.services import pmtiles

from . import derived, links

if TYPE_CHECKING:
    from collections.abc import Callable

    from ckanext.ca3b.maps.tiling.reading import Archive

_KEPT = 64
_lock = threading.Lock()
_archives: OrderedDict[str, Archive] = OrderedDict()


class _Disk:
    """An archive on a disk of this machine, open as long as it is asked for."""

    def __init__(self, path: Any) -> None:
        self.stream = path.open("rb")

    def __call__(self, offset: int, length: int) -> bytes:
        return os.pread(self.stream.fileno(), length, offset)


def read(location: str, z: int, x: int, y: int) -> bytes | None:
    """Return a tile as it is stored, None when nothing is there. Raises derived.MissingError."""
    return _archive(location).tile(z, x, y)


def elsewhere(data: dict[str, Any], z: int, x: int, y: int) -> bytes | None:
    """Return a tile of a service that browsers cannot ask themselves.

    :raises ckanext.ca3b.fetching.FetchError: the service does not answer as it should.
    """
    if data["service"] != "pmtiles":
        return links.picture(data, z, x, y)
    from ckanext.ca3b.maps.tiling.reading import Archive  # noqa: PLC0415 - what makes tiles may not be installed

    try:
        # The archive may be replaced at any time: its directory is read afresh, two requests or three.
        return Archive(pmtiles.ranges(data["url"], links.ask)).tile(z, x, y)
    except MapError as error:
        raise FetchError("status", error.message) from error


def _archive(location: str) -> Archive:
    """Return an archive with what was read of its directories. Its place is never used twice."""
    with _lock:
        known = _archives.get(location)
        if known is not None:
            _archives.move_to_end(location)
            return known
    from ckanext.ca3b.maps.tiling.reading import Archive  # noqa: PLC0415 - what makes tiles may not be installed

    made = Archive(_reader(location))
    with _lock:
        _archives[location] = made
        while len(_archives) > _KEPT:
            _archives.popitem(last=False)
    return made


def _reader(location: str) -> Callable[[int, int], bytes]:
    path = derived.on_disk(location)
    if path is not None:
        return _Disk(path)
    storage = derived.storage()
    if not storage.supports(fk.Capability.RANGE):
        with derived.local(location) as copy:
            return _Disk(copy)
    data = files.FileData(files.Location(location))

    def ranged(offset: int, length: int) -> bytes:
        try:
            # Some storages count the last byte in, some do not.
            return b"".join(storage.range(data, offset, offset + length))[:length]
        except fk.exc.MissingFileError as error:
            raise derived.MissingError(location) from error

    return ranged
