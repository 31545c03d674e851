"""The bytes of a resource change in one gesture: whoever reads them has the old ones or the new ones, whole."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan.lib import files
from ckan.lib.uploader import FKResourceUpload

if TYPE_CHECKING:
    import file_keeper as fk


def resource_uploader(data: dict[str, Any]) -> WholeUpload | None:
    """Return our uploader when CKAN's storages keep files on this disk; None leaves CKAN's choice.

    CKAN's own writes over the file that is there; object storages and CKAN's older uploader replace it whole already.
    """
    try:
        storage = files.get_storage(tk.config["ckan.files.default_storages.resource"])
    except files.exc.UnknownStorageError:
        return None
    return WholeUpload(data) if hasattr(storage, "full_path") else None


class WholeUpload(FKResourceUpload):
    """CKAN's uploader, which writes beside the former file and renames."""

    def upload(self, id: str, max_size: int = 10) -> None:  # noqa: A002 - CKAN's name
        """Store what was sent; see CKAN's own."""
        if not self.filename or not self.storage:
            super().upload(id, max_size)
            return
        final = super().get_path(id)
        beside = files.Location(f"{final}~")
        with contextlib.suppress(files.exc.MissingFileError):
            self.storage.remove(files.FileData(beside))
        self._place = beside
        try:
            super().upload(id, max_size)
        finally:
            self._place = None
        source, target = (Path(self.storage.full_path(one)) for one in (beside, final))
        if source.is_file():  # uploads may be turned off
            source.replace(target)

    def get_path(self, id: str) -> fk.Location:  # noqa: A002 - CKAN's name
        """Return where a file is kept, or is being written."""
        return self._place or super().get_path(id)

    _place: fk.Location | None = None
