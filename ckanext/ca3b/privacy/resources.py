"""What CKAN keeps of a resource, read afresh, and the checksum of files stored before anybody took it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.model import meta

from ckanext.ca3b.files import SHA256

if TYPE_CHECKING:
    from ckanext.ca3b.files import Digest

UPLOAD = "upload"
_FIELDS = ("id", "package_id", "name", "format", "url", "url_type", "hash", "size", "state")


def show(resource_id: str) -> dict[str, Any]:
    """Return ``id, package_id, name, format, url, url_type, hash, size, state`` from the database.

    Only what is committed: not what this transaction remembers or is about to say. Raises ObjectNotFound.
    """
    table: Any = sa.inspect(model.Resource).local_table  # pyright: ignore[reportOptionalMemberAccess]
    query = sa.select(*(table.c[name] for name in _FIELDS)).where(table.c.id == resource_id)
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        row = connection.execute(query).mappings().first()
    if row is None or row["state"] != model.State.ACTIVE:
        raise tk.ObjectNotFound(tk._("This file does not exist any more"))
    return dict(row)


def write_checksum(resource_id: str, found: Digest, *, was: str | None) -> bool:
    """Write the checksum and the size of a stored file whose checksum is still ``was``; tell whether it was done."""
    model.Session.rollback()
    resource = model.Session.get(model.Resource, resource_id, populate_existing=True)
    if resource is None or resource.package_id is None:
        return False
    # The same lock as CKAN's own updates of the dataset take.
    package = model.Package.get(resource.package_id, for_update=True)
    resource = model.Session.get(model.Resource, resource_id, populate_existing=True)
    if package is None or resource is None or (resource.hash or None) != (was or None):
        model.Session.rollback()
        return False
    resource.hash, resource.size = found.sha256, found.size
    resource.extras = {**(resource.extras or {}), "hash_algorithm": SHA256}
    # What CKAN keeps ready of the dataset in its search index is told by this date to be old.
    resource.metadata_modified = package.metadata_modified = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    model.Session.add_all([resource, package])
    model.repo.commit()
    return True
