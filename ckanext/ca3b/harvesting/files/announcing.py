"""What links of a source came, changed or went since they were last announced."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from ckan import model

from ckanext.ca3b import database
from ckanext.ca3b.harvesting import settings
from ckanext.ca3b.harvesting.model import RecordRow
from ckanext.ca3b.harvesting.store import sources

from . import looking, store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_RECORDS: sa.Table = RecordRow.__table__  # pyright: ignore[reportAttributeAccessIssue]


def announce(source_id: str) -> int:
    """Have the links of a source looked at that are new or of which the catalogue says something new.

    Called once its datasets are committed; read from them, so that a run that was killed loses nothing and a call too
    many changes nothing. Returns how many.
    """
    source = sources.find(source_id)
    if source is None:
        return 0
    shown = settings.of(source.settings, source.kind).tables_and_maps
    known = store.stamps(source_id)
    changed: list[dict[str, Any]] = []
    present: set[str] = set()
    for link in _links(source_id):
        present.add(link["id"])
        stamp = _stamp(link, shown=shown)
        if known.get(link["id"]) != stamp:
            changed.append({"resource_id": link["id"], "host": link["host"], "stamp": stamp, "shown": shown})
    _gone(source_id, known.keys() - present)
    store.want(source_id, changed)
    looking.wake()
    return len(changed)


def _gone(source_id: str, resource_ids: set[str]) -> None:
    """Have what was made of removed files taken away; those of archived datasets are only forgotten."""
    if not resource_ids:
        return
    table: Any = sa.inspect(model.Resource).local_table  # pyright: ignore[reportOptionalMemberAccess]
    query = sa.select(table.c.id).where(table.c.id.in_(resource_ids), table.c.state == model.State.ACTIVE)
    with database.session() as one:
        kept = set(one.scalars(query))
    store.forget(kept)
    store.want(
        source_id, [{"resource_id": one, "host": "", "stamp": "", "shown": False} for one in resource_ids - kept]
    )


def _links(source_id: str) -> Iterator[dict[str, Any]]:
    """Give the links of the published datasets of a source, with ``host``."""
    resource: Any = sa.inspect(model.Resource).local_table  # pyright: ignore[reportOptionalMemberAccess]
    package: Any = sa.inspect(model.Package).local_table  # pyright: ignore[reportOptionalMemberAccess]
    names = ("id", "url", "format", "hash", "size", "extras")
    query = (
        sa.select(*(resource.c[name] for name in names), package.c.extras["modified"].astext.label("modified"))
        .join(package, package.c.id == resource.c.package_id)
        .join(_RECORDS, _RECORDS.c.dataset_id == package.c.id)
        .where(
            _RECORDS.c.source_id == source_id,
            package.c.state == model.State.ACTIVE,
            resource.c.state == model.State.ACTIVE,
            sa.func.coalesce(resource.c.url_type, "") == "",
        )
    )
    with database.session() as one:
        for row in one.execute(query.execution_options(yield_per=500)).mappings():
            host = _host(row["url"])
            if host:
                yield {**row, "host": host}


def _host(url: str | None) -> str:
    """Return the site of a web address, ``""`` for what cannot be asked."""
    try:
        parts = urlsplit(url or "")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    return f"{parts.hostname}{port}" if parts.scheme in {"http", "https"} and parts.hostname else ""


def _stamp(link: Mapping[str, Any], *, shown: bool) -> str:
    """Return what changes when the file may have: its own facts, else the date of its dataset."""
    extras = link["extras"] or {}
    facts = [str(link["hash"] or ""), str(extras.get("modified") or "")]
    if not any(facts):
        facts.append(str(link["modified"] or ""))
    text = "\n".join([link["url"], str(link["format"] or ""), str(link["size"] or ""), *facts, str(shown)])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
