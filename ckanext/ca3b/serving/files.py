"""The bytes of a resource as a file on this machine, wherever CKAN keeps them."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import file_keeper as fk
from ckan.lib import files, uploader

if TYPE_CHECKING:
    from collections.abc import Iterator


class MissingFileError(Exception):
    """The storage does not have the file of a resource."""


def file_name(resource: dict[str, Any]) -> str:
    """Return the name of an uploaded file, with its extension."""
    return unquote(urlsplit(resource.get("url") or "").path.rsplit("/", 1)[-1]) or resource["id"]


@contextlib.contextmanager
def local_copy(resource: dict[str, Any]) -> Iterator[Path]:
    """Give the path of the bytes of an uploaded resource, which stay the same for as long as the block lasts.

    A file of CKAN's older uploader is held by a second name, so that its replacement takes nothing away; one of a
    storage is streamed to a temporary file.

    :raises MissingFileError: the storage does not have it.
    """
    upload = uploader.get_resource_uploader(dict(resource))
    location = upload.get_path(resource["id"])
    storage = getattr(upload, "storage", None)
    with tempfile.TemporaryDirectory(prefix="ca3b-table-") as folder:
        copy = Path(folder) / "file"
        if not isinstance(storage, fk.Storage):
            path = Path(str(location))
            if not path.is_file():
                raise MissingFileError(resource["id"])
            # The uploader puts a new file beside and renames it: the one that is open stays whole.
            with path.open("rb") as held:
                yield Path(f"/proc/self/fd/{held.fileno()}") if Path("/proc/self/fd").is_dir() else path
            return
        try:
            with copy.open("wb") as out:
                for chunk in storage.stream(files.FileData(files.Location(str(location)))):
                    out.write(chunk)
        except (fk.exc.MissingFileError, FileNotFoundError) as error:
            raise MissingFileError(resource["id"]) from error
        yield copy


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
