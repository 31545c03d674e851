"""The last changes of the catalogue: datasets that came or changed, and those that left."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from attrs import frozen
from ckan import model
from ckan.model import meta

from ckanext.ca3b.dcat.feeds import reading, selection, store
from ckanext.ca3b.dcat.feeds.cursor import EPOCH
from ckanext.ca3b.dcat.feeds.model import Fragment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ckanext.ca3b.dcat.feeds.selection import Selected
    from ckanext.ca3b.dcat.feeds.store import Departed

#: Entries of a document.
SIZE = 50
_PACKAGE: Any = model.Package.__table__  # pyright: ignore[reportAttributeAccessIssue]
_FRAGMENT: Any = Fragment.__table__
# A file that opens brings its dataset in, or back, without changing the date of its description.
_MOMENT = sa.func.greatest(
    sa.func.coalesce(_PACKAGE.c.metadata_modified, EPOCH),
    sa.func.coalesce(sa.func.timezone("UTC", _FRAGMENT.c.out_since), EPOCH),
)


@frozen
class Change:
    """A dataset that goes out and the moment (UTC) when it came or last changed."""

    selected: Selected
    at: dt.datetime


@frozen
class Page:
    """Changes, the last first, and what left meanwhile; ``more`` tells whether older ones follow."""

    changes: tuple[Change, ...]
    departed: tuple[Departed, ...]
    more: bool

    @property
    def at(self) -> dt.datetime | None:
        """Return the moment of the last of them."""
        return max((one.at for one in (*self.changes, *self.departed)), default=None)


def page(number: int, organization_id: str = "") -> Page:
    """Return the ``number``-th page of changes, from 1. What left is told with the changes of the same time."""
    start = (number - 1) * SIZE
    query = (
        sa.select(_PACKAGE.c.id, _MOMENT)
        .select_from(_PACKAGE.outerjoin(_FRAGMENT, _FRAGMENT.c.dataset_id == _PACKAGE.c.id))
        .where(selection.is_published())
        .order_by(_MOMENT.desc(), _PACKAGE.c.id)
        .limit(SIZE + 1)
        .offset(start)
    )
    if organization_id:
        query = query.where(_PACKAGE.c.owner_org == organization_id)
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        rows = [(id_, moment.replace(tzinfo=dt.UTC)) for id_, moment in connection.execute(query)]
    more, rows = len(rows) > SIZE, rows[:SIZE]
    out = selection.of([id_ for id_, _ in rows])
    changes = tuple(Change(out[id_], moment) for id_, moment in rows if id_ in out)
    latest = rows[0][1] if rows and number > 1 else None
    oldest = rows[-1][1] if more else None
    if not rows and number > 1:
        return Page((), (), more=False)
    gone = store.departed(oldest, organization_id, limit=SIZE)
    return Page(changes, tuple(one for one in gone if latest is None or one.at < latest), more)


def described(changes: Sequence[Change]) -> dict[str, dict[str, Any]]:
    """Return the datasets as an anonymous visitor reads them, by id."""
    return reading.datasets([one.selected for one in changes])
