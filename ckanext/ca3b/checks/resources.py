"""What CKAN keeps of a resource, read afresh and written without an edit of the dataset.

The fields a report decides (checksum, schema followed) are facts about the bytes. Written by ``resource_patch`` they
would cost a second validation of the whole dataset and a line « modified by » that nobody modified.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.lib.search import rebuild
from ckan.lib.search.common import SearchError, SearchIndexError

from ckanext.ca3b.files import SHA256
from ckanext.ca3b.tables import schemas

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

log = logging.getLogger(__name__)

#: The fields that only this plugin writes on an uploaded file, whatever a caller gives.
OWN = ("hash", "hash_algorithm", "table_schema")


def show(resource_id: str) -> dict[str, Any]:
    """Return what the reports need of a resource: ``id, package_id, url, url_type, hash, size, state, conforms_to``...

    Read from the database, not from what this transaction remembers. Raises ObjectNotFound.
    """
    table: Any = sa.inspect(model.Resource).local_table  # pyright: ignore[reportOptionalMemberAccess]
    names = ("id", "package_id", "url", "url_type", "hash", "size", "state", "format", "name", "extras")
    query = sa.select(*(table.c[name] for name in names)).where(table.c.id == resource_id)
    row = model.Session.execute(query).mappings().first()
    if row is None or row["state"] != model.State.ACTIVE:
        raise tk.ObjectNotFound(tk._("This file does not exist any more"))
    return {**(row["extras"] or {}), **{key: value for key, value in row.items() if key != "extras"}}


def checksums(package_ids: Iterable[str], producers: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of the files kept here, by resource, of those datasets that belong to those producers."""
    query = (
        model.Session.query(model.Resource.id, model.Resource.hash)
        .join(model.Package, model.Package.id == model.Resource.package_id)
        .filter(model.Package.id.in_(list(package_ids)), model.Package.owner_org.in_(list(producers)))
        .filter(model.Resource.state == model.State.ACTIVE, model.Resource.url_type == "upload")
    )
    return {id_: hash_ for id_, hash_ in query if hash_}


def write(resource_id: str, sha256: str, fields: dict[str, Any], *, only_if: str | None = None) -> bool:
    """Write fields of a resource whose bytes are ``only_if`` (any bytes when None), and index its dataset again.

    ``fields`` may hold ``size``, ``table_schema`` and ``conforms_to`` (a list); empty ones are removed.
    Returns False, and writes nothing, when the bytes were replaced meanwhile.
    """
    model.Session.rollback()
    resource = model.Session.get(model.Resource, resource_id, populate_existing=True)
    package_id = resource.package_id if resource else None
    # The same lock as CKAN's own updates of the dataset take.
    package = model.Package.get(package_id, for_update=True) if package_id else None
    resource = model.Session.get(model.Resource, resource_id, populate_existing=True)
    if package is None or resource is None or (only_if is not None and resource.hash != only_if):
        model.Session.rollback()
        return False
    extras = {**(resource.extras or {}), "hash_algorithm": SHA256}
    for key, value in fields.items():
        if key == "size":
            continue
        stored = json.dumps(value, ensure_ascii=False) if isinstance(value, list) and value else value
        extras = {name: one for name, one in extras.items() if name != key} | ({key: stored} if stored else {})
    size = fields.get("size", resource.size)
    if (resource.hash, resource.size, resource.extras) == (sha256, size, extras):
        model.Session.rollback()
        return True
    resource.hash, resource.size, resource.extras = sha256, size, extras
    resource.metadata_modified = package.metadata_modified = dt.datetime.now(dt.UTC).replace(tzinfo=None)
    model.Session.add_all([resource, package])
    model.repo.commit()
    try:
        rebuild(package_id)
    except (SearchError, SearchIndexError):
        log.exception("The dataset %s could not be indexed after the report of a file", package_id)
    return True


def conforming(stored: Any, schema: schemas.TableSchema | None) -> list[str]:
    """Return the new ``conforms_to`` of a file: what others wrote there, and the address of the schema it follows.

    :param stored: the present value, a list or its JSON text.
    :param schema: the schema that the file is proved to follow, None for none.
    """
    others = [one for one in listed(stored) if one not in _addresses()]
    return [*others, address(schema)] if schema else others


def address(schema: schemas.TableSchema) -> str:
    """Return the official address of a schema; that of our own page for those that have no other."""
    return schema.url or tk.url_for("ca3b_schemas.schema", name=schema.name, _external=True)


def _addresses() -> Collection[str]:
    return {address(one) for one in schemas.all_schemas()}


def listed(stored: Any) -> list[str]:
    """Return a field of several texts as a list, from the list or from the JSON text that is stored."""
    if isinstance(stored, str) and stored.strip():
        try:
            stored = json.loads(stored)
        except ValueError:
            stored = [stored]
    if isinstance(stored, str):
        stored = [stored]
    return [one for one in stored or [] if isinstance(one, str) and one]
