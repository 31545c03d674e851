"""The originals of treated files: private, out of anything that is served, and deleted after a set time."""

from __future__ import annotations

import datetime as dt
import logging
import os
import shutil
import uuid
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.model import meta
from sqlalchemy.orm import Session

from ckanext.ca3b.privacy import config, register
from ckanext.ca3b.privacy.model import Original, now

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

log = logging.getLogger(__name__)

#: Sent with the id of a resource and ``sha256`` when bytes must be forgotten everywhere, reports that quote them too.
bytes_forgotten = tk.signals.ckanext.signal("ca3b:bytes_forgotten")

# A copy whose row was never written (the machine stopped between both) is taken away after this time.
_FORGOTTEN = dt.timedelta(days=1)


def keep(session: Session, source: Path, *, resource_id: str, sha256: str, filename: str, reason: str) -> Original:  # noqa: PLR0913 - what a row says
    """Copy a file to the private folder and add its row to the session, which the caller commits.

    :raises OSError: the folder cannot be written.
    """
    id_ = str(uuid.uuid4())
    place = _folder() / id_
    try:
        with _created(place) as target, source.open("rb") as stream:
            shutil.copyfileobj(stream, target)
            target.flush()
            os.fsync(target.fileno())
    except OSError:
        place.unlink(missing_ok=True)
        raise
    made = now()
    kept = Original(
        id=id_,
        resource_id=resource_id,
        sha256=sha256,
        location=id_,
        filename=filename,
        reason=reason,
        created=made,
        delete_after=made + dt.timedelta(days=config.original_days()),
    )
    session.add(kept)
    session.flush()
    return kept


def present(resource_id: str) -> list[dict[str, Any]]:
    """Return the originals of a resource that are still kept, the last one first: ``{created, delete_after}``."""
    kept = (Original.resource_id == resource_id, Original.deleted.is_(None))
    with Session(meta.engine) as session:
        rows = session.scalars(sa.select(Original).where(*kept).order_by(Original.created.desc()))
        return [{"created": one.created, "delete_after": one.delete_after} for one in rows]


def forget(original_id: str, actor: str) -> None:
    """Delete the copy of an original and write it in the register; nothing when it is already gone."""
    with Session(meta.engine) as session, session.begin():
        row = session.get(Original, original_id, with_for_update=True)
        if row is None or row.deleted is not None:
            return
        (_folder() / row.location).unlink(missing_ok=True)
        row.deleted = now()
        session.flush()
        resource = model.Resource.get(row.resource_id)
        register.append(
            session,
            "original_deleted",
            actor=actor,
            resource_id=row.resource_id,
            package_id=resource.package_id if resource else None,
            sha256=row.sha256,
            details={"original": row.id, "kept_since": row.created.isoformat()},
        )
        resource_id, sha256 = row.resource_id, row.sha256
    bytes_forgotten.send(resource_id, sha256=sha256)


def purge(actor: str, moment: dt.datetime | None = None) -> int:
    """Delete the originals whose time has come, and those of files that are gone; return how many."""
    moment = moment or now()
    ids = list(_due(moment))
    for id_ in ids:
        forget(id_, actor)
    _sweep(moment)
    return len(ids)


def _due(moment: dt.datetime) -> Iterator[str]:
    query = sa.select(Original.id, Original.resource_id, Original.delete_after).where(Original.deleted.is_(None))
    with Session(meta.engine) as session:
        rows = session.execute(query).all()
    for id_, resource_id, delete_after in rows:
        resource = model.Resource.get(resource_id)
        if delete_after <= moment or resource is None or resource.state != model.State.ACTIVE:
            yield id_


def _sweep(moment: dt.datetime) -> None:
    """Take away the copies that no row knows."""
    with Session(meta.engine) as session:
        known = set(session.scalars(sa.select(Original.location).where(Original.deleted.is_(None))))
    for path in _folder().iterdir():
        age = moment - dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
        if path.name not in known and age > _FORGOTTEN:
            log.warning("The original %s has no row any more: it is deleted", path.name)
            path.unlink(missing_ok=True)


def _folder() -> Path:
    folder = config.originals()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def _created(place: Path) -> Any:
    return os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
