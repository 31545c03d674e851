"""Which datasets go out, asked of the database at each request: published, and with files that anybody may have.

The order is that of creation, which nothing changes: while a client follows the links, whatever is created, changed
or withdrawn meanwhile, no dataset is given twice and none that stays is missed.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import attrs
import sqlalchemy as sa
from ckan import model
from ckan.model import meta
from sqlalchemy.dialects.postgresql import aggregate_order_by

from ckanext.ca3b import catalogue, config, vocabularies
from ckanext.ca3b.dcat.scope import WHOLE, Scope

from . import stamps
from .cursor import EPOCH, Cursor
from .model import Fragment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_PACKAGE: sa.Table = model.Package.__table__  # pyright: ignore[reportAttributeAccessIssue, reportAssignmentType]
_GROUP: sa.Table = model.Group.__table__  # pyright: ignore[reportAttributeAccessIssue, reportAssignmentType]
_RESOURCE: sa.Table = model.Resource.__table__  # pyright: ignore[reportAttributeAccessIssue, reportAssignmentType]
_FRAGMENT: sa.Table = Fragment.__table__  # pyright: ignore[reportAttributeAccessIssue]
#: The types of datasets that go out.
TYPES = ("dataset", "dataset_series")
_CREATED = sa.func.coalesce(_PACKAGE.c.metadata_created, EPOCH)
# Which of the series that a dataset says it belongs to anybody may see: one may be closed without a word to the others.
_ANOTHER = _PACKAGE.alias("series")
_IN_SERIES = sa.func.string_to_array(
    sa.func.translate(sa.func.coalesce(_PACKAGE.c.extras["in_series"].as_string(), ""), '[]" ', ""), ","
)
_SERIES = (
    sa.select(sa.func.string_agg(_ANOTHER.c.id, aggregate_order_by(sa.literal(","), _ANOTHER.c.id)))
    .where(_ANOTHER.c.id == sa.any_(_IN_SERIES), _ANOTHER.c.state == model.State.ACTIVE, _ANOTHER.c.private.is_(False))
    .correlate(_PACKAGE)
    .scalar_subquery()
)
# An organisation has no date of its own: all that is said of it counts.
_OWNER = sa.func.md5(
    sa.func.concat_ws(
        "\x1f", _GROUP.c.name, _GROUP.c.title, _GROUP.c.description, _GROUP.c.image_url, _GROUP.c.state,
        sa.cast(_GROUP.c.extras, sa.UnicodeText), _SERIES,
    )
)  # fmt: skip


@attrs.frozen
class Selected:
    """One dataset as the database has it: ``resources`` are ``{id, url_type, hash}``, ``closed`` the ids of those
    that are not open; ``stamp`` tells from what its fragment must have been made.
    """

    id: str
    name: str
    created: dt.datetime
    modified: dt.datetime
    owner_org: str
    owner: str
    resources: tuple[dict[str, Any], ...] = ()
    closed: frozenset[str] = frozenset()
    stamp: str = ""

    @property
    def cursor(self) -> Cursor:
        """Return the place just after it."""
        return Cursor(self.created, self.id)

    @property
    def cleared(self) -> bool:
        """Tell whether it goes out: not one whose files are all closed."""
        return not self.resources or len(self.closed) < len(self.resources)


@attrs.frozen
class Wanted:
    """What a client asks of a scope: changed ``since`` (UTC), and only these ``ids`` when a search was made."""

    scope: Scope = WHOLE
    since: dt.datetime | None = None
    ids: frozenset[str] | None = None


@attrs.frozen
class Window:
    """Datasets that go out, in order, and the place where the next ones begin, None at the end."""

    datasets: list[Selected]
    next: Cursor | None


def window(wanted: Wanted, after: Cursor | None, limit: int, offset: int = 0) -> Window:
    """Return at most ``limit`` datasets; fewer where some have only closed files, none at the very end alone."""
    while True:
        query = _query(wanted).order_by(_CREATED, _PACKAGE.c.id).limit(limit + 1).offset(offset)
        if after is not None:
            query = query.where(
                sa.tuple_(_CREATED, _PACKAGE.c.id) > sa.tuple_(sa.literal(after.created), sa.literal(after.id))
            )
        rows = _rows(query)
        more = len(rows) > limit
        rows = rows[:limit]
        found = [one for one in _looked_at(rows) if one.cleared]
        following = rows[-1].cursor if more else None
        if found or following is None:
            return Window(found, following)
        after, offset = following, 0


def windows(wanted: Wanted, limit: int) -> Iterator[Window]:
    """Yield all that goes out, a window after the other; each is asked of the database when its turn comes."""
    after = None
    while True:
        found = window(wanted, after, limit)
        yield found
        if found.next is None:
            return
        after = found.next


def public_ids(scope: Scope, after: Cursor | None = None, limit: int = 100) -> list[str]:
    """Return the ids of the datasets that go out, in order."""
    return [one.id for one in window(Wanted(scope), after, limit).datasets]


def of(ids: Collection[str]) -> dict[str, Selected]:
    """Return those of these datasets that go out, by id."""
    if not ids:
        return {}
    rows = _rows(_query(Wanted()).where(_PACKAGE.c.id == sa.any_(sa.cast(list(ids), sa.ARRAY(sa.UnicodeText)))))
    return {one.id: one for one in _looked_at(rows) if one.cleared}


def named(reference: str) -> Selected | None:
    """Return the dataset of an id or a name, None unless it goes out."""
    known = sa.or_(_PACKAGE.c.id == reference, _PACKAGE.c.name == reference)
    rows = _rows(_query(Wanted()).where(known))
    rows.sort(key=lambda one: one.id != reference)
    return next((one for one in _looked_at(rows[:1]) if one.cleared), None)


def id_of(reference: str) -> str:
    """Return the id that a reference means, published or not; itself when nothing is known of it."""
    query = sa.select(_PACKAGE.c.id).where(_PACKAGE.c.name == reference)
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        return connection.scalar(query) or reference


def is_published() -> sa.ColumnElement[bool]:
    """Return the condition on the table of datasets: active, public, of a type that goes out."""
    return sa.and_(
        _PACKAGE.c.state == model.State.ACTIVE, _PACKAGE.c.private.is_(False), _PACKAGE.c.type.in_(TYPES)
    )  # fmt: skip


def _query(wanted: Wanted) -> sa.Select[Any]:
    query = (
        sa.select(
            _PACKAGE.c.id, _PACKAGE.c.name, _CREATED, sa.func.coalesce(_PACKAGE.c.metadata_modified, EPOCH),
            sa.func.coalesce(_PACKAGE.c.owner_org, ""), sa.func.coalesce(_OWNER, ""),
        )
        .select_from(_PACKAGE.outerjoin(_GROUP, _GROUP.c.id == _PACKAGE.c.owner_org))
        .where(is_published())
    )  # fmt: skip
    scope = wanted.scope
    if scope.kind == "organization":
        query = query.where(_GROUP.c.name == scope.name, _GROUP.c.state == model.State.ACTIVE)
    elif scope.kind == "theme":
        query = query.where(_has_theme(scope.name))
    elif scope.kind == "hvd":
        query = query.where(_text("hvd_category").not_in(("", "[]")))
    if wanted.since is not None:
        query = query.outerjoin(_FRAGMENT, _FRAGMENT.c.dataset_id == _PACKAGE.c.id).where(
            sa.or_(
                _PACKAGE.c.metadata_modified >= wanted.since,
                # Opened, or described otherwise, since: its own date did not change.
                _FRAGMENT.c.changed >= wanted.since.replace(tzinfo=dt.UTC),
                _FRAGMENT.c.dataset_id.is_(None),
            )
        )
    if wanted.ids is not None:
        query = query.where(_PACKAGE.c.id == sa.any_(sa.cast(sorted(wanted.ids), sa.ARRAY(sa.UnicodeText))))
    return query


def _has_theme(slug: str) -> sa.ColumnElement[bool]:
    theme = next(one for one in vocabularies.themes() if one.slug == slug)
    stored = _text("theme")
    return sa.or_(
        *(stored == one for one in (theme.uri, theme.code)),
        *(stored.contains(f'"{one}"', autoescape=True) for one in (theme.uri, theme.code)),
    )


def _text(name: str) -> sa.ColumnElement[str]:
    return sa.func.coalesce(_PACKAGE.c.extras[name].as_string(), "")


def _rows(query: sa.Select[Any]) -> list[Selected]:
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        return [Selected(*row) for row in connection.execute(query)]


def _agglomeration() -> str:
    """Return the stamp of the organisation whose title and contact stand in where a dataset has none."""
    query = sa.select(_OWNER).where(_GROUP.c.is_organization, _GROUP.c.extras["siren"].as_string() == config.epci())
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        return ",".join(sorted(connection.scalars(query)))


def _looked_at(rows: Sequence[Selected]) -> Iterable[Selected]:
    """Return the same with their files, where these stand, and their stamps."""
    files: dict[str, list[dict[str, Any]]] = {one.id: [] for one in rows}
    query = sa.select(_RESOURCE.c.package_id, _RESOURCE.c.id, _RESOURCE.c.url_type, _RESOURCE.c.hash).where(
        _RESOURCE.c.package_id == sa.any_(sa.cast(list(files), sa.ARRAY(sa.UnicodeText))),
        _RESOURCE.c.state == model.State.ACTIVE,
    )
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        for package_id, id_, url_type, hash_ in connection.execute(query) if rows else ():
            files[package_id].append({"id": id_, "package_id": package_id, "url_type": url_type, "hash": hash_})
    every = [one for some in files.values() for one in some]
    closed, said = catalogue.closed_files(every), catalogue.stamps(every)
    portal = stamps.of(stamps.portal(), _agglomeration())
    for one in rows:
        mine = sorted(files[one.id], key=lambda each: each["id"])
        shut = frozenset(each["id"] for each in mine) & closed
        told = [
            f"{each['id']} {each['url_type']} {each['hash']} {said.get(each['id'])} {each['id'] in shut}"
            for each in mine
        ]
        stamp = stamps.of(portal, one.id, one.name, one.modified.isoformat(), one.owner_org, one.owner, *told)
        yield attrs.evolve(one, resources=tuple(mine), closed=shut, stamp=stamp)
