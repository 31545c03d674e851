"""What the maps need of a resource, read afresh from the database."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.model import meta

from ckanext.ca3b import files

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIELDS = ("id", "package_id", "name", "format", "url", "url_type", "hash", "size", "state")


def show(resource_id: str) -> dict[str, Any]:
    """Return ``id, package_id, name, format, url, url_type, hash, size, state`` and the state of the dataset.

    ``published`` tells whether the dataset is. Only what is committed counts. Raises ObjectNotFound.
    """
    table: Any = sa.inspect(model.Resource).local_table  # pyright: ignore[reportOptionalMemberAccess]
    packages: Any = sa.inspect(model.Package).local_table  # pyright: ignore[reportOptionalMemberAccess]
    query = (
        sa.select(*(table.c[name] for name in _FIELDS), (packages.c.state == model.State.ACTIVE).label("published"))
        .join(packages, packages.c.id == table.c.package_id)
        .where(table.c.id == resource_id)
    )
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        row = connection.execute(query).mappings().first()
    if row is None or row["state"] != model.State.ACTIVE:
        raise tk.ObjectNotFound(tk._("This file does not exist any more"))
    return dict(row)


def sha256(resource: dict[str, Any]) -> str:
    """Return the SHA-256 of the present bytes of an uploaded file, computed when nobody took it.

    A link has no bytes here: what stands for them is its address and its declared format.

    :raises ckanext.ca3b.files.MissingFileError: the storage does not have the file.
    """
    if not resource.get("url_type"):
        return hashlib.sha256(f"{resource.get('url')}\n{resource.get('format')}".encode()).hexdigest()
    known = resource.get("hash") or ""
    if len(known) == 64:
        return known
    with files.local_copy(resource) as path:
        return files.digest_of(path).sha256


def published(*, links_only: bool = False) -> Iterator[str]:
    """Give the id of each file and each link of the published datasets, the oldest first."""
    kinds = ("",) if links_only else ("", "upload")
    query = model.Session.query(model.Resource.id).join(model.Package, model.Package.id == model.Resource.package_id)
    query = query.filter(model.Package.state == "active", model.Resource.state == "active")
    kind = sa.func.coalesce(model.Resource.url_type, "")
    for (one,) in query.filter(kind.in_(kinds)).order_by(model.Resource.created).all():
        yield one
