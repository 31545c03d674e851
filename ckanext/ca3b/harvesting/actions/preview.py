"""The beginning of a catalogue, read while somebody waits; nothing of it is kept."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import attrs
import ckan.plugins.toolkit as tk

from ckanext.ca3b.harvest import export
from ckanext.ca3b.harvest.model import Description, Page, Problem
from ckanext.ca3b.harvest.normalise import communes_of
from ckanext.ca3b.harvest.normalise.catalogue import commune_of_catalogue
from ckanext.ca3b.harvest.reading import INCOMPLETE, events
from ckanext.ca3b.harvest.recognise import recognise
from ckanext.ca3b.harvest.restoring import holdable
from ckanext.ca3b.harvest.sources import Client, Source, SourceError
from ckanext.ca3b.harvesting import config, reports
from ckanext.ca3b.harvesting.engine import catalogue
from ckanext.ca3b.territory.current import current_or_none

from . import given, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ckan.types import Context

    from ckanext.ca3b.harvest.model import Event

_MOST, _MOST_PROBLEMS = 100, 100


@attrs.define
class _Seen:
    """What was read: the first datasets, how many, and what is wrong."""

    datasets: list[Description] = attrs.field(factory=list)
    problems: list[Problem] = attrs.field(factory=list)
    count: int = 0
    complete: bool = True


@tk.side_effect_free
def ca3b_harvest_preview(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Read the beginning of a catalogue: what it is, whose, and its first datasets. Nothing is kept of it.

    :param address: any address, :param upload: a spreadsheet, or :param id: a source (its address or spreadsheet).
    :param kind: (optional) kind of catalogue. :param limit: (optional) datasets to show, 10 by default.
    :returns: ``{kind, kind_label, address, title, commune: {code, name} or None, organization: {id, name, title} or
        None, datasets, count, problems, complete}``; ``datasets`` and ``problems`` as :mod:`ckanext.ca3b.harvest`
        writes them, ``count`` those read
    """
    tk.check_access("ca3b_harvest_preview", context, data_dict)
    if data_dict.get("id"):
        tk.check_access("ca3b_harvest_source_show", context, {"id": data_dict["id"]})
    limit = given.number(data_dict.get("limit"), 10, 1, _MOST)
    budget = config.preview_budget()
    client = Client(budget)
    end = time.monotonic() + budget.seconds
    try:
        with _opened(data_dict) as asked:
            found = recognise(client, asked)
            seen = _read(events(client, found), limit, end)
    except SourceError as error:
        raise tk.ValidationError({_field(data_dict): [str(error)]}) from error
    except given.Wrong as wrong:
        raise tk.ValidationError({_field(data_dict): [str(wrong)]}) from wrong
    return holdable(_answer(found, seen))


@contextlib.contextmanager
def _opened(data_dict: Mapping[str, Any]) -> Iterator[Source]:
    if data_dict.get("id"):
        with catalogue.opened(given.existing(data_dict)) as source:
            yield source
        return
    kind = given.kind(data_dict.get("kind"))
    if data_dict.get("address"):
        yield Source.at(str(data_dict["address"])).of_kind(kind)
        return
    document = given.document(data_dict)
    if document is None:
        raise given.Wrong(tk._("Give the address of the catalogue, or a spreadsheet."))
    with catalogue.written(*document) as source:
        yield source.of_kind(kind)


def _read(told: Iterator[Event], limit: int, end: float) -> _Seen:
    """Keep the first datasets; stop at the second page once there are enough, or when the time is over."""
    seen = _Seen()
    known = current_or_none()
    try:
        for event in told:
            if time.monotonic() > end or (isinstance(event, Page) and seen.count >= limit):
                seen.complete = False
                break
            if isinstance(event, Page):
                continue
            seen.problems += event.problems[: max(0, _MOST_PROBLEMS - len(seen.problems))]
            seen.complete = seen.complete and not any(one.code in INCOMPLETE for one in event.problems)
            found = event.description
            if found is not None:
                seen.count += 1
                if len(seen.datasets) < limit:
                    placed = attrs.evolve(found, communes=communes_of(found, known)) if known else found
                    seen.datasets.append(placed)
    except SourceError as error:
        if not seen.count:
            raise
        seen.complete = False
        seen.problems.append(Problem("", str(error), error.code, error.where))
    return seen


def _answer(found: Source, seen: _Seen) -> dict[str, Any]:
    known = current_or_none()
    code = commune_of_catalogue(seen.datasets, found.address, known) if known else ""
    commune = known.communes.get(code) if known else None
    owner = given.organization_of(code)
    return {
        "kind": found.kind,
        "kind_label": reports.kind_label(found.kind),
        "address": "" if found.path else found.address,
        "title": _title(found, seen, commune.name if commune else ""),
        "commune": {"code": commune.insee_code, "name": commune.name} if commune else None,
        "organization": shown.owned([owner]).get(owner) if owner else None,
        "datasets": [export.dataset(one) for one in seen.datasets],
        "count": seen.count,
        "problems": [export.problem(one) for one in seen.problems],
        "complete": seen.complete,
    }


def _title(found: Source, seen: _Seen, commune: str) -> str:
    """Return what to call the source: its commune, else who publishes most of it, else where it is."""
    if commune:
        return commune
    names = Counter(one.publisher.name for one in seen.datasets if one.publisher.name)
    if names:
        return names.most_common(1)[0][0]
    if found.path is not None:
        return found.path.stem
    return found.address.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")


def _field(data_dict: Mapping[str, Any]) -> str:
    return "address" if data_dict.get("address") or not data_dict.get("upload") else "upload"
