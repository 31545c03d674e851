"""Reading and writing the fragments, each time in a short transaction of its own."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import attrs
import sqlalchemy as sa
from ckan import model
from ckan.model import meta
from sqlalchemy.dialects.postgresql import insert

from ckanext.ca3b.database import session, storable

from . import selection
from .model import Fragment, now

if TYPE_CHECKING:
    from rdflib import Graph, URIRef

Scorer = Callable[["Graph", "URIRef"], Mapping[str, Any]]
_TABLE: sa.Table = Fragment.__table__  # pyright: ignore[reportAttributeAccessIssue]
_PACKAGE: sa.Table = model.Package.__table__  # pyright: ignore[reportAttributeAccessIssue, reportAssignmentType]
_scorers: list[Scorer] = []
#: The columns of the pieces.
SYNTAXES = ("nt", "ttl", "xml", "jsonld")


@attrs.frozen
class Status:
    """Where a fragment stands: ``out`` tells whether it has something to give, ``again`` when to try anew."""

    stamp: str
    out: bool
    again: dt.datetime | None = None

    def settled(self, stamp: str) -> bool:
        """Tell whether nothing is to be built for this stamp."""
        return self.stamp == stamp and (self.again is None or self.again > now())


@attrs.frozen
class Piece:
    """What one dataset gives to a document, in one syntax."""

    dataset_id: str
    uri: str
    services: tuple[str, ...]
    text: bytes


@attrs.frozen
class Written:
    """A fragment to keep: its texts by syntax, or the ``error`` for which there are none."""

    dataset_id: str
    stamp: str
    organization_id: str
    uri: str = ""
    identifier: str = ""
    services: tuple[str, ...] = ()
    texts: Mapping[str, bytes] | None = None
    digest: str = ""
    score: Mapping[str, Any] | None = None
    error: Mapping[str, Any] | None = None


def register_scorer(scorer: Scorer) -> None:
    """Have each fragment measured when it is built: ``scorer(graph, dataset)`` gives what ``score`` keeps (JSON)."""
    if scorer not in _scorers:
        _scorers.append(scorer)


def scorers() -> list[Scorer]:
    """Return what measures fragments."""
    return list(_scorers)


def statuses(ids: Collection[str]) -> dict[str, Status]:
    """Return where the fragments of some datasets stand, by id; those that left are as if they had none."""
    query = sa.select(
        _TABLE.c.dataset_id, _TABLE.c.stamp, _TABLE.c.nt.is_not(None), _TABLE.c.error["again"].as_string()
    )
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        rows = connection.execute(query.where(_among(ids), _TABLE.c.left_at.is_(None)))
        return {
            id_: Status(stamp, out, dt.datetime.fromisoformat(again) if again else None)
            for id_, stamp, out, again in rows
        }


def pieces(wanted: Mapping[str, str], syntax: str) -> dict[str, Piece]:
    """Return the pieces of these datasets, by id; ``wanted`` gives the stamp that each must have."""
    query = sa.select(_TABLE.c.dataset_id, _TABLE.c.stamp, _TABLE.c.uri, _TABLE.c.services, _TABLE.c[syntax])
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        rows = connection.execute(
            query.where(_among(wanted), _TABLE.c.left_at.is_(None), _TABLE.c[syntax].is_not(None))
        )
        return {
            id_: Piece(id_, uri, tuple(services), zlib.decompress(text))
            for id_, stamp, uri, services, text in rows
            if stamp == wanted[id_]
        }


def write(fragments: Iterable[Written]) -> None:
    """Keep fragments in the place of what was kept; the last to write wins, its stamp tells what it is worth."""
    # In one order: two processes that write the same ones wait for each other, not for ever.
    rows = [_row(one, now()) for one in sorted(fragments, key=lambda each: each.dataset_id)]
    if not rows:
        return
    query = insert(_TABLE)
    new = query.excluded
    same = sa.and_(_TABLE.c.digest == new.digest, _TABLE.c.left_at.is_(None))
    back = sa.or_(_TABLE.c.out_since.is_(None), _TABLE.c.left_at.is_not(None))
    kept: dict[str, Any] = {name: new[name] for name in rows[0] if name != "dataset_id"}
    kept |= {
        "changed": sa.case((same, _TABLE.c.changed), else_=new.changed),
        # A dataset that cannot be described any more is the same one, and was out as long as it was.
        "out_since": sa.case((sa.and_(back, new.nt.is_not(None)), new.out_since), else_=_TABLE.c.out_since),
        "uri": sa.func.coalesce(sa.func.nullif(new.uri, ""), _TABLE.c.uri),
        "identifier": sa.func.coalesce(sa.func.nullif(new.identifier, ""), _TABLE.c.identifier),
    }
    with session() as current:
        current.execute(query.values(rows).on_conflict_do_update(index_elements=["dataset_id"], set_=kept))


def add(syntax: str, texts: Mapping[str, tuple[str, bytes]]) -> None:
    """Keep the pieces of fragments in one more syntax: by id, the stamp of the fragment and the text."""
    column = _TABLE.c[syntax]
    with session() as current:
        for id_, (stamp, text) in sorted(texts.items()):
            same = sa.and_(_TABLE.c.dataset_id == id_, _TABLE.c.stamp == stamp, _TABLE.c.left_at.is_(None))
            current.execute(sa.update(_TABLE).where(same, column.is_(None)).values({column: zlib.compress(text, 6)}))


def _row(one: Written, moment: dt.datetime) -> dict[str, Any]:
    texts = one.texts or {}
    return {
        **attrs.asdict(one, filter=lambda field, _: field.name not in {"texts", "services", "score", "error"}),
        **{name: zlib.compress(texts[name], 3) if name in texts else None for name in SYNTAXES},
        "services": list(one.services),
        "score": storable(dict(one.score)) if one.score else None,
        "error": storable(dict(one.error)) if one.error else None,
        "built": moment,
        "changed": moment,
        "out_since": moment if texts else None,
        "left_at": None,
    }


def withdraw(ids: Collection[str]) -> None:
    """Note that datasets do not go out any more, and forget what was said of them."""
    gone = sa.and_(_among(ids), _TABLE.c.left_at.is_(None))
    with session() as current:
        current.execute(sa.delete(_TABLE).where(gone, _TABLE.c.out_since.is_(None)))
        current.execute(sa.update(_TABLE).where(gone).values(**_EMPTY, left_at=now()))


def sweep() -> int:
    """Withdraw what is no longer published; return how many datasets left."""
    published = sa.exists().where(_PACKAGE.c.id == _TABLE.c.dataset_id, selection.is_published())
    query = sa.select(_TABLE.c.dataset_id).where(_TABLE.c.left_at.is_(None), ~published)
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        gone = list(connection.scalars(query))
    if gone:
        withdraw(gone)
    return len(gone)


def purge(before: dt.datetime | None) -> int:
    """Forget the datasets that left before a moment, or every fragment when there is none; return how many."""
    query = sa.delete(_TABLE) if before is None else sa.delete(_TABLE).where(_TABLE.c.left_at < before)
    with session() as current:
        return current.execute(query).rowcount  # pyright: ignore[reportAttributeAccessIssue]


def counts() -> dict[str, int]:
    """Return how many fragments go out, fail and have left."""
    query = sa.select(
        sa.func.count().filter(_TABLE.c.left_at.is_(None), _TABLE.c.nt.is_not(None)),
        sa.func.count().filter(_TABLE.c.left_at.is_(None), _TABLE.c.error.is_not(None)),
        sa.func.count().filter(_TABLE.c.left_at.is_not(None)),
    )
    with meta.engine.connect() as connection:  # pyright: ignore[reportOptionalMemberAccess]
        out, failed, left = connection.execute(query).one()
    return {"out": out, "failed": failed, "left": left}


def _among(ids: Iterable[str]) -> sa.ColumnElement[bool]:
    return _TABLE.c.dataset_id == sa.any_(sa.cast(list(ids), sa.ARRAY(sa.UnicodeText)))


_EMPTY: dict[str, Any] = {
    **dict.fromkeys((*SYNTAXES, "error", "score"), None), "services": [], "digest": "", "stamp": "",
}  # fmt: skip
