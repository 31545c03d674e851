"""The bytes of a resource as a file on this machine, wherever CKAN keeps them, and their SHA-256."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import file_keeper as fk
from attrs import frozen
from ckan.lib import files, uploader
from werkzeug.datastructures import FileStorage

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The name of SHA-256 in the vocabulary that DCAT-AP asks for.
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"
_CHUNK = 1 << 20


class MissingFileError(Exception):
    """The storage does not have the file of a resource."""


@frozen
class Digest:
    """The SHA-256 (64 hexadecimal digits) and the size in bytes of some content."""

    sha256: str
    size: int


def is_upload(value: Any) -> bool:
    """Tell whether the ``upload`` of a resource is a file, as CKAN understands it."""
    return isinstance(value, FileStorage) and bool(value)


def digest(stream: IO[bytes]) -> Digest:
    """Read a stream to its end and put it back to its beginning."""
    stream.seek(0)
    found, size = hashlib.sha256(), 0
    while chunk := stream.read(_CHUNK):
        found.update(chunk)
        size += len(chunk)
    stream.seek(0)
    return Digest(found.hexdigest(), size)


def digest_of_upload(upload: FileStorage) -> Digest:
    """Return the digest of a file that is being sent; read once however many plugins ask.

    Remembered on the object that came with the request, which no caller can write on.
    """
    found = getattr(upload, "ca3b_digest", None)
    if not isinstance(found, Digest):
        found = digest(upload.stream)
        upload.ca3b_digest = found  # pyright: ignore[reportAttributeAccessIssue]
    return found


def file_name(resource: dict[str, Any]) -> str:
    """Return the name of an uploaded file, with its extension."""
    return unquote(urlsplit(resource.get("url") or "").path.rsplit("/", 1)[-1]) or resource["id"]


@contextlib.contextmanager
def local_copy(resource: dict[str, Any]) -> Iterator[Path]:
    """Give the path of the bytes of an uploaded resource, to be read; they stay the same while the block lasts.

    A file kept on this machine is held open: whoever replaces it puts another beside and renames it, which takes
    nothing away from the block. Any other is streamed to a temporary file. Works with CKAN's storages
    (``ckan.files``), its older uploader, and uploaders of plugins that keep paths.

    :raises MissingFileError: the storage does not have it.
    """
    upload = uploader.get_resource_uploader(dict(resource))
    location = str(upload.get_path(resource["id"]))
    storage = getattr(upload, "storage", None)
    with contextlib.ExitStack() as block:
        path = _on_disk(storage, location) if isinstance(storage, fk.Storage) else Path(location)
        if path is not None:
            yield _held(path, block, resource["id"])
            return
        copy = Path(block.enter_context(tempfile.TemporaryDirectory(prefix="ca3b-"))) / "file"
        try:
            with copy.open("wb") as out:
                for chunk in storage.stream(files.FileData(files.Location(location))):  # pyright: ignore[reportOptionalMemberAccess] - no path
                    out.write(chunk)
        except (fk.exc.MissingFileError, FileNotFoundError) as error:
            raise MissingFileError(resource["id"]) from error
        yield copy


def exists(resource: dict[str, Any]) -> bool:
    """Tell whether the storage has the file of an uploaded resource, without reading it."""
    upload = uploader.get_resource_uploader(dict(resource))
    location = str(upload.get_path(resource["id"]))
    storage = getattr(upload, "storage", None)
    if isinstance(storage, fk.Storage):
        return storage.exists(files.FileData(files.Location(location)))
    return Path(location).is_file()


def _held(path: Path, block: contextlib.ExitStack, resource_id: str) -> Path:
    """Open a file until the end of the block, and return a path that leads to it whatever becomes of its name."""
    try:
        opened = block.enter_context(path.open("rb"))
    except (FileNotFoundError, IsADirectoryError) as error:
        raise MissingFileError(resource_id) from error
    held = Path(f"/proc/self/fd/{opened.fileno()}")
    return held if held.exists() else path


def _on_disk(storage: fk.Storage, location: str) -> Path | None:
    """Return where a storage of this machine keeps a file, None for any other storage."""
    try:
        # The adapter of local disks names its folder so; others have no path that can be opened.
        path = Path(storage.full_path(files.Location(location)))
    except (AttributeError, fk.exc.FilesError):
        return None
    return path if path.is_absolute() and path.is_file() else None


def fingerprint(path: Path) -> tuple[int, int, int]:
    """Return what changes when a file is written or replaced: inode, size, time of the last change."""
    facts = path.stat()
    return facts.st_ino, facts.st_size, facts.st_mtime_ns


def digest_of(path: Path) -> Digest:
    """Return the digest of a file."""
    with path.open("rb") as stream:
        return digest(stream)
