"""The map of the site for search engines: the page of every public dataset, of every producer, of every theme."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from ckan import model
from ckan.model import meta

from ckanext.ca3b.dcat.feeds import selection
from ckanext.ca3b.dcat.feeds.selection import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Datasets of one document; sitemaps.org allows 50,000 addresses.
MOST = 40_000
_WINDOW = 1000
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_PACKAGES: Any = model.Package.__table__  # pyright: ignore[reportAttributeAccessIssue]


def pages() -> int:
    """Return how many documents the datasets need, at least one."""
    query = sa.select(sa.func.count()).select_from(_PACKAGES).where(selection.is_published())
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        count = connection.scalar(query) or 0
    return max(1, -(-count // MOST))


def index(count: int) -> Iterator[str]:
    """Yield the index of the documents."""
    yield f"{_HEAD}<sitemapindex {_SPACE}>\n"
    for number in range(1, count + 1):
        address = tk.url_for("ca3b_machines.sitemap_part", number=number, _external=True, locale="default")
        yield f"<sitemap><loc>{escape(address)}</loc></sitemap>\n"
    yield "</sitemapindex>\n"


def document(number: int) -> Iterator[str]:
    """Yield the ``number``-th document, from 1; the first has the pages of the portal too."""
    yield f"{_HEAD}<urlset {_SPACE}>\n"
    if number == 1:
        yield from (_url(one) for one in _portal())
    after, offset, left = None, (number - 1) * MOST, MOST
    while left > 0:
        found = selection.window(Wanted(), after, min(_WINDOW, left), offset)
        for one in found.datasets:
            address = tk.url_for("dataset.read", id=one.name, _external=True, locale="default")
            yield _url(address, one.modified)
        left -= _WINDOW
        model.Session.remove()
        if found.next is None:
            break
        after, offset = found.next, 0
    yield "</urlset>\n"


def _portal() -> Iterator[str]:
    """Yield the pages that lead to datasets: the home page, producers that publish, themes."""
    for endpoint in ("ca3b.home", "dataset.search", "ca3b_communes.index", "ca3b_machines.catalogue"):
        yield tk.url_for(endpoint, _external=True, locale="default")
    groups: Any = model.Group.__table__  # pyright: ignore[reportAttributeAccessIssue]
    publishes = sa.exists().where(_PACKAGES.c.owner_org == groups.c.id, selection.is_published())
    query = (
        sa.select(groups.c.name, groups.c.is_organization, groups.c.type)
        .where(groups.c.state == model.State.ACTIVE, sa.or_(~groups.c.is_organization, publishes))
        .order_by(groups.c.is_organization, groups.c.name)
    )
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        rows = connection.execute(query).all()
    for name, is_organization, kind in rows:
        if is_organization or kind == "group":
            endpoint = "organization.read" if is_organization else "group.read"
            yield tk.url_for(endpoint, id=name, _external=True, locale="default")


def _url(address: str, modified: dt.datetime | None = None) -> str:
    date = f"<lastmod>{modified.replace(tzinfo=dt.UTC).isoformat(timespec='seconds')}</lastmod>" if modified else ""
    return f"<url><loc>{escape(address)}</loc>{date}</url>\n"
