"""Rows of linked files and of their sites, in short transactions of their own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from ckanext.ca3b import database
from ckanext.ca3b.harvesting.model import now

from .model import FileRow, SiteRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_FILES: sa.Table = FileRow.__table__  # pyright: ignore[reportAttributeAccessIssue]
_SITES: sa.Table = SiteRow.__table__  # pyright: ignore[reportAttributeAccessIssue]
_CHUNK = 1000
#: After so many failures in a row a site was away: what was given up meanwhile is tried again once it is back.
_AWAY = 3
#: Seconds before a site that did not answer is asked again, doubled each time, and how long at most.
_REST, _LONGEST = 60, 86_400


def is_ours(resource_id: str) -> bool:
    """Tell whether a link is that of a harvested dataset."""
    with database.session() as one:
        return bool(one.scalar(sa.select(sa.exists().where(_FILES.c.resource_id == resource_id))))


def stamps(source_id: str) -> dict[str, str]:
    """Return what was said of the links of a source when they were announced, by resource."""
    with database.session() as one:
        query = sa.select(_FILES.c.resource_id, _FILES.c.stamp).where(_FILES.c.source_id == source_id)
        return {row.resource_id: row.stamp for row in one.execute(query)}


def want(source_id: str, links: Sequence[Mapping[str, Any]]) -> None:
    """Write that links wait to be looked at: ``resource_id, host, stamp, shown``."""
    moment = now()
    same = {"source_id": source_id, "wanted": True, "attempts": 0, "asked": moment}
    for start in range(0, len(links), _CHUNK):
        rows = [{**one, **same} for one in links[start : start + _CHUNK]]
        statement = insert(_FILES)
        names = ("source_id", "host", "stamp", "shown", "wanted", "attempts", "asked")
        kept = {name: statement.excluded[name] for name in names}
        sites = [{"host": host, "due": moment, "failures": 0} for host in sorted({one["host"] for one in rows})]
        with database.session() as one:
            one.execute(statement.on_conflict_do_update(index_elements=[_FILES.c.resource_id], set_=kept), rows)
            one.execute(insert(_SITES).values(sites).on_conflict_do_nothing())


def forget(resource_ids: Iterable[str]) -> None:
    """Forget links."""
    wanted = list(resource_ids)
    for start in range(0, len(wanted), _CHUNK):
        with database.session() as one:
            one.execute(sa.delete(_FILES).where(_FILES.c.resource_id.in_(wanted[start : start + _CHUNK])))


def next_site() -> SiteRow | None:
    """Return the site of a waiting link that may be asked first, maybe in a while; None when no link waits."""
    waits = sa.exists().where(_FILES.c.host == SiteRow.host, _FILES.c.wanted)
    with database.session() as one:
        return one.scalars(sa.select(SiteRow).where(waits).order_by(SiteRow.due, SiteRow.host).limit(1)).first()  # pyright: ignore[reportArgumentType]


def take(host: str) -> FileRow | None:
    """Return the next link of a site, the least tried first; the attempt counts, whatever becomes of this process."""
    query = sa.select(FileRow).where(FileRow.host == host, FileRow.wanted)  # pyright: ignore[reportArgumentType]
    order = (FileRow.attempts, FileRow.asked, FileRow.resource_id)
    with database.session() as one:
        found = one.scalars(query.order_by(*order).limit(1).with_for_update()).first()  # pyright: ignore[reportArgumentType]
        if found is not None:
            found.attempts += 1
        return found


def looked(found: FileRow, *, done: bool) -> None:
    """Write that a link was looked at; not ``done``, it is given up. One announced meanwhile waits again."""
    same = (_FILES.c.resource_id == found.resource_id, _FILES.c.stamp == found.stamp, _FILES.c.asked == found.asked)
    values: dict[str, Any] = {"wanted": False, **({"looked": now()} if done else {})}
    with database.session() as one:
        one.execute(sa.update(_FILES).where(*same).values(**values))


def answered(host: str, delay: float) -> None:
    """Write that a site answered: it may be asked again after ``delay`` seconds."""
    with database.session() as one:
        site = one.get(SiteRow, host, with_for_update=True)
        if site is None:
            return
        if site.failures >= _AWAY:
            given_up = (_FILES.c.host == host, _FILES.c.looked.is_(None), _FILES.c.wanted.is_(False))
            one.execute(sa.update(_FILES).where(*given_up).values(wanted=True, attempts=0))
        site.failures, site.due = 0, now() + dt.timedelta(seconds=delay)


def silent(host: str) -> None:
    """Write that a site did not answer: it rests, each time for longer."""
    with database.session() as one:
        site = one.get(SiteRow, host, with_for_update=True)
        if site is not None:
            rest = min(_REST * 2 ** min(site.failures, 20), _LONGEST)
            site.failures, site.due = site.failures + 1, now() + dt.timedelta(seconds=rest)
