"""Reading the register: a page of it, all of it line after line, and the proof that nobody touched it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from attrs import evolve, frozen
from ckan.model import meta
from sqlalchemy.orm import Session

from ckanext.ca3b.privacy.model import Decision, Line
from ckanext.ca3b.rgpd import register as chain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_BATCH = 1000


@frozen
class Filter:
    """Which lines are wanted; empty fields want all. ``since`` and ``until`` are days, both included."""

    event: str = ""
    resource_id: str = ""
    actor: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """Return the same for the database."""
        wanted: list[sa.ColumnElement[bool]] = [
            getattr(Line, name) == getattr(self, name)
            for name in ("event", "resource_id", "actor")
            if getattr(self, name)
        ]
        if self.since:
            wanted.append(Line.at >= _midnight(self.since))
        if self.until:
            wanted.append(Line.at < _midnight(self.until + dt.timedelta(days=1)))
        return wanted


def page(wanted: Filter, limit: int, offset: int) -> tuple[int, list[dict[str, Any]]]:
    """Return how many lines are wanted, and some of them, the latest first."""
    with Session(meta.engine) as session:
        query = sa.select(Line).where(*wanted.conditions()).order_by(Line.seq.desc()).limit(limit).offset(offset)
        return count(wanted), [as_dict(one) for one in session.scalars(query)]


def count(wanted: Filter) -> int:
    """Return how many lines are wanted."""
    with Session(meta.engine) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Line).where(*wanted.conditions())) or 0


def lines(wanted: Filter | None = None, *, offset: int = 0, limit: int | None = None) -> Iterator[dict[str, Any]]:
    """Give the lines in the order of the chain, whatever their number, or some of them; ``at`` is a moment."""
    query = sa.select(Line).where(*(wanted.conditions() if wanted else [])).order_by(Line.seq)
    query = query.offset(offset).limit(limit)
    with Session(meta.engine) as session:
        for one in session.execute(query.execution_options(yield_per=_BATCH)).scalars():
            yield {**as_dict(one), "at": one.at}


def head() -> chain.Head:
    """Return where the chain ends."""
    with Session(meta.engine) as session:
        last = session.execute(sa.select(Line.seq, Line.hash).order_by(Line.seq.desc()).limit(1)).first()
    return chain.Head(last.seq, last.hash) if last else chain.EMPTY


def verify(heads: Iterable[chain.Head] = ()) -> chain.Verdict:
    """Check the whole chain, and that the decisions which open and close files are those of the register.

    A decision that the register does not know, or that says another thing there, is the problem ``decision``.
    """
    signed: dict[str, dict[str, Any]] = {}

    def read() -> Iterator[dict[str, Any]]:
        for line in lines():
            if isinstance(line["details"], dict) and (id_ := line["details"].get("signed")):
                signed[str(id_)] = line
            yield line

    verdict = chain.verify(read(), heads)
    wrong = tuple(_unsigned(signed))
    return evolve(verdict, problems=(*verdict.problems, *wrong)[: chain.MAX_PROBLEMS]) if wrong else verdict


def as_dict(line: Line) -> dict[str, Any]:
    """Return a line with the fields that its hash covers and its hash; ``at`` as the hash sees it."""
    found = {name: getattr(line, name) for name in (*chain.FIELDS, "hash")}
    return {**found, "at": chain.moment(line.at)}


def _unsigned(signed: dict[str, dict[str, Any]]) -> Iterator[chain.Problem]:
    """Compare the decisions in force with what was signed: both say the same bytes, kind, ground, reason and person."""
    left = dict(signed)
    with Session(meta.engine) as session:
        for one in session.execute(sa.select(Decision).execution_options(yield_per=_BATCH)).scalars():
            line = left.pop(one.id, None)
            if line is None:
                yield chain.Problem(0, "decision", _UNKNOWN.format(id=one.id, resource=one.resource_id))
            elif _said(one) != _written(line):
                yield chain.Problem(line["seq"], "decision", _OTHER.format(seq=line["seq"], id=one.id))
    for id_, line in left.items():
        yield chain.Problem(line["seq"], "decision", _GONE.format(seq=line["seq"], id=id_))


def _said(one: Decision) -> tuple[Any, ...]:
    return one.resource_id, one.sha256 or None, one.kind, one.ground, one.reason, one.user_name


def _written(line: dict[str, Any]) -> tuple[Any, ...]:
    details = line["details"]
    return (line["resource_id"], line["sha256"], details.get("kind"), details.get("ground"), details.get("reason"),
            line["actor"])  # fmt: skip


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


_UNKNOWN = "La décision {id} sur le fichier {resource} n’est pas dans le registre : personne ne l’a signée."
_OTHER = "La décision {id} ne dit plus ce que la ligne {seq} du registre a signé."
_GONE = "La décision {id}, signée à la ligne {seq} du registre, n’existe plus."
