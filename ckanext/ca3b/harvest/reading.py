"""A whole catalogue at once: recognised, read to its end, in one :class:`~ckanext.ca3b.harvest.model.Reading`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from .model import Page, Reading, Record
from .normalise import communes_of
from .readers import reader
from .readers.common.flow import truncated
from .recognise import recognise
from .sources import UnchangedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.territory.core import Territory

    from .model import Description, Event, Problem
    from .sources import Client, Source


#: After these nothing may be concluded from what is not there.
INCOMPLETE = frozenset({"truncated", "unreadable-piece", "unreadable-record", "not-described"})


def events(client: Client, source: Source) -> Iterator[Event]:
    """Yield what the reader of a recognised source tells, page by page.

    :raises SourceError: nothing can be read.
    """
    yield from reader(source.kind).read(client, source)
    for where in dict.fromkeys(client.cut):
        # Lines that end at the right place would seem to be a whole catalogue.
        yield truncated(
            f"Le fichier compressé « {where} » est coupé avant sa fin : envoyez-le de nouveau entier.", where
        )


def read(client: Client, source: Source, territory: Territory | None = None) -> Reading:
    """Return everything that a source holds; its communes too, in a ``territory``.

    :raises SourceError: nothing can be read.
    """
    found = source
    pages = 0
    datasets: list[Description] = []
    problems: list[Problem] = []
    try:
        found = recognise(client, source)
        for event in events(client, found):
            if isinstance(event, Page):
                pages += 1
            elif isinstance(event, Record):
                problems += event.problems
                if event.description is not None:
                    datasets.append(_placed(event.description, territory))
    except UnchangedError:
        return Reading(found.kind, unchanged=True)
    complete = not any(problem.code in INCOMPLETE for problem in problems)
    return Reading(found.kind, pages, tuple(datasets), tuple(problems), complete)


def _placed(description: Description, territory: Territory | None) -> Description:
    return evolve(description, communes=communes_of(description, territory)) if territory else description
