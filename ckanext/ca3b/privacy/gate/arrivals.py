"""Files on their way in: from before their bytes are stored until CKAN knows them, their resource is closed.

CKAN stores the new bytes, then commits what it says of them. In between, or for ever when it stops there, the file
has bytes of which the database tells the checksum of others, maybe of cleared ones.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan.model import meta

from ckanext.ca3b import files
from ckanext.ca3b.privacy import resources
from ckanext.ca3b.privacy.model import Arrival, now

log = logging.getLogger(__name__)

#: Seconds after which an arrival is that of a process that died.
LOST_AFTER = 3600


def begin(resource_id: str) -> str:
    """Close a resource for as long as a file comes in; return the id of the arrival."""
    arrival_id = str(uuid.uuid4())
    _write(sa.insert(Arrival).values(id=arrival_id, resource_id=resource_id, at=now()))
    return arrival_id


def end(arrival_id: str) -> None:
    """Say that the file came in, and that CKAN knows its bytes."""
    _write(sa.delete(Arrival).where(Arrival.id == arrival_id))  # pyright: ignore[reportArgumentType]


def abandon(arrival_id: str, resource_id: str) -> None:
    """Say that the file did not come in: the resource opens again if its bytes are still those that CKAN knows."""
    if is_whole(resource_id):
        end(arrival_id)
    else:
        # Nobody is at it any more: the next file that comes in whole takes its place.
        over = now() - dt.timedelta(seconds=LOST_AFTER + 1)
        _write(sa.update(Arrival).where(Arrival.id == arrival_id).values(at=over))  # pyright: ignore[reportArgumentType]
        log.error("The file %s does not have the bytes that CKAN knows: it stays closed", resource_id)


def forget_lost(resource_id: str) -> None:
    """Forget the arrivals whose process died, if the resource has the bytes that CKAN knows."""
    before = now() - dt.timedelta(seconds=LOST_AFTER)
    lost = sa.select(Arrival.id).where(Arrival.resource_id == resource_id, Arrival.at < before)  # pyright: ignore[reportArgumentType]
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        found = list(connection.execute(lost).scalars())
    if found and is_whole(resource_id):
        _write(sa.delete(Arrival).where(Arrival.id.in_(found)))  # pyright: ignore[reportAttributeAccessIssue]


def is_whole(resource_id: str) -> bool:
    """Tell whether the bytes that are stored are those that CKAN knows."""
    try:
        resource = resources.show(resource_id)
        if resource["url_type"] != resources.UPLOAD:
            return True
        with files.local_copy(resource) as path:
            return files.digest_of(path).sha256 == resource["hash"]
    except (tk.ObjectNotFound, files.MissingFileError):
        return False


def _write(statement: sa.Executable) -> None:
    with meta.engine.begin() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        connection.execute(statement)
