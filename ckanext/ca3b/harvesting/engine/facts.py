"""What planning and mapping are told of a source and of its records."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from ckan import model

from ckanext.ca3b import database
from ckanext.ca3b.harvest import planning
from ckanext.ca3b.harvest.mapping import SourceFacts
from ckanext.ca3b.harvesting import config, settings
from ckanext.ca3b.territory.current import current_or_none

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ckanext.ca3b.harvesting.model import RecordRow, SourceRow, StagedRow

#: Raised when the mapping writes otherwise what a catalogue says: every dataset is then written again, once.
MAPPING = 1
#: Longer identifiers and URIs do not fit into an index of the database: they end in a digest.
_LONGEST = 600


def of_source(source: SourceRow) -> SourceFacts:
    """Return what the mapping needs of a source."""
    known = current_or_none()
    return SourceFacts(
        id=source.id,
        name=source.name,
        title=source.title,
        owner_org=source.owner_org,
        commune=source.commune,
        visibility=settings.of(source.settings, source.kind).visibility,
        territory=frozenset(known.communes) if known else frozenset(),
    )


def stamp(content_hash: str, source: SourceFacts) -> str:
    """Return the digest of a record and of what its dataset depends on besides: another one, another dataset."""
    told = (content_hash, source.owner_org, source.commune, source.visibility, str(MAPPING))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def short(text: str) -> str:
    """Return an identifier that an index can hold, the same for the same one."""
    if len(text.encode("utf-8", "replace")) <= _LONGEST:
        return text
    return text[: _LONGEST // 4] + "…" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def today() -> dt.date:
    """Return the day it is for the portal."""
    return dt.datetime.now(config.timezone()).date()


def known(record: RecordRow) -> planning.Known:
    """Return what planning needs of a record; its day is one of the portal's, as ``today`` is."""
    gone = record.vanished_at
    return planning.Known(
        identifier=record.identifier,
        dataset_id=record.dataset_id,
        content_hash=record.content_hash,
        state=record.state,  # pyright: ignore[reportArgumentType]
        uri=record.uri,
        kept_fields=tuple(record.kept_fields or ()),
        vanished_at=gone and gone.astimezone(config.timezone()).date(),
    )


def present(row: StagedRow, package: dict[str, Any]) -> dict[str, Any]:
    """Return what the record becomes whose dataset is written: there, and as its catalogue says."""
    return {
        "content_hash": row.content_hash, "applied": package, "uri": row.uri, "title": row.title, "state": "present",
        "vanished_at": None,
    }  # fmt: skip


def existing(dataset_ids: Iterable[str]) -> set[str]:
    """Return those of these datasets that are in the database, deleted ones too."""
    table: Any = sa.inspect(model.Package).local_table  # pyright: ignore[reportOptionalMemberAccess]
    with database.session() as one:
        return set(one.scalars(sa.select(table.c.id).where(table.c.id.in_(list(dataset_ids)))))


def known_resources(dataset_id: str, applied: dict[str, Any] | None) -> list[planning.KnownResource]:
    """Return the files of a dataset: those that its source last gave, else those that it has."""
    if applied:
        return planning.known_resources(applied)
    dataset = model.Package.get(dataset_id)
    if dataset is None:
        return []
    files = [{"id": one.id, "url": one.url, "format": one.format, "name": one.name, **(one.extras or {})}
             for one in dataset.resources]  # fmt: skip
    return planning.known_resources({"resources": files})
