"""What an address of the catalogue asks: its parameters read, or refused by a sentence."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import attrs
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.search import SearchError
from ckan.lib.search.common import SolrConnectionError

from ckanext.ca3b import vocabularies
from ckanext.ca3b.dcat.scope import WHOLE, Scope

from . import config, cursor, reading
from .selection import Wanted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .cursor import Cursor

ALL = "all"
#: What an address carries to the next page.
CARRIED = ("modified_since", "q", "fq", "rows")


class RefusedError(Exception):
    """An address that gives nothing: the status of HTTP and the sentence that says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


@attrs.frozen
class Question:
    """A page of a catalogue: ``limit`` datasets ``after`` a place, or from the ``offset``-th; the whole without limit.

    ``given`` are the parameters as they were written, which links to other pages carry.
    """

    wanted: Wanted
    given: dict[str, str]
    limit: int | None
    after: Cursor | None = None
    offset: int = 0


def scope(kind: str, name: str = "") -> Scope:
    """Return a scope that exists. Raises RefusedError (404)."""
    if kind == "organization":
        found = model.Group.get(name) if "\x00" not in name else None
        if found is None or not found.is_organization or found.state != model.State.ACTIVE:
            raise RefusedError(404, tk._("No organisation of this portal has this name."))
        return Scope("organization", found.name)
    if kind == "theme":
        if name not in {one.slug for one in vocabularies.themes()}:
            raise RefusedError(404, tk._("No theme of this portal has this name."))
        return Scope("theme", name)
    return Scope("hvd") if kind == "hvd" else WHOLE


def question(asked: Scope, parameters: Mapping[str, str]) -> Question:
    """Read the parameters of an address. Raises RefusedError (400) with a sentence that names the wrong one."""
    given = {name: parameters[name] for name in CARRIED if parameters.get(name)}
    since = _since(given["modified_since"]) if "modified_since" in given else None
    ids = _found(given.get("q", ""), given.get("fq", ""))
    limit = _rows(given["rows"]) if "rows" in given else config.page_size()
    after, page = parameters.get("after"), parameters.get("page")
    number = 1 if page is None or after is not None else _whole(page, "page")
    if number > 1 and limit is None:
        raise RefusedError(400, tk._("“rows=all” gives the whole at once: it has no other page."))
    return Question(
        wanted=Wanted(asked, since, ids),
        given=given,
        limit=limit,
        after=_cursor(after) if after is not None else None,
        offset=(number - 1) * (limit or 0),
    )


def _since(text: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(text.strip())
        return found.astimezone(dt.UTC).replace(tzinfo=None) if found.tzinfo else found
    except (ValueError, OverflowError):
        sentence = tk._("“modified_since” is a date or a moment such as 2026-01-31 or 2026-01-31T08:00:00Z.")
        raise RefusedError(400, sentence) from None


def _cursor(text: str) -> Cursor:
    try:
        return cursor.read(text)
    except ValueError:
        sentence = tk._("“after” is not a place of this catalogue: follow the links to the next page.")
        raise RefusedError(400, sentence) from None


def _rows(text: str) -> int | None:
    if text == ALL:
        return None
    found = _whole(text, "rows")
    if found > config.LARGEST:
        raise RefusedError(400, tk._("“rows” is at most {most}, or “all”.").format(most=config.LARGEST))
    return found


def _whole(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:10]) > 0 and len(text) < 8):
        raise RefusedError(400, tk._("“{name}” is a whole number from 1.").format(name=name))
    return int(text)


def _found(q: str, fq: str) -> frozenset[str] | None:
    for name, text in (("q", q), ("fq", fq)):
        # The search would guess what is meant; a harvester must not take that for what it asked.
        if text.count('"') % 2:
            raise RefusedError(400, tk._("A quotation mark of “{name}” is not closed.").format(name=name))
    if "\x00" in q + fq:
        raise RefusedError(400, tk._("The search in “q” or “fq” cannot be understood."))
    try:
        return reading.search(q, fq)
    except SolrConnectionError as error:
        sentence = tk._("The search does not answer. Try again in a few minutes.")
        raise RefusedError(503, sentence) from error
    except (SearchError, tk.ValidationError):
        raise RefusedError(400, tk._("The search in “q” or “fq” cannot be understood.")) from None


def canonical(given: Question) -> str:
    """Return one text for a question: the same for two addresses that ask the same."""
    return json.dumps([given.given, str(given.after or ""), given.offset, given.limit], sort_keys=True)
