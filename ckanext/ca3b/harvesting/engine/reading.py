"""A catalogue read into the rows of a run, record by record: what was read stays, whatever comes after."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from attrs import define, evolve, field
from rq.timeouts import JobTimeoutException
from sqlalchemy.exc import DataError, StatementError

from ckanext.ca3b.harvest import export, restoring
from ckanext.ca3b.harvest.model import Page, Problem, Record
from ckanext.ca3b.harvest.normalise import communes_of
from ckanext.ca3b.harvest.reading import INCOMPLETE, events
from ckanext.ca3b.harvest.recognise import recognise
from ckanext.ca3b.harvest.sources import SourceError, UnchangedError
from ckanext.ca3b.harvesting import settings
from ckanext.ca3b.harvesting.model import READING
from ckanext.ca3b.harvesting.store import records, runs, sources, staged
from ckanext.ca3b.territory.current import current_or_none

from . import catalogue, facts, words
from .taking import beat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.harvest.mapping import SourceFacts
    from ckanext.ca3b.harvest.model import Description, Event
    from ckanext.ca3b.harvest.sources import Client, Source
    from ckanext.ca3b.harvesting.model import RunRow, SourceRow
    from ckanext.ca3b.territory.core import Territory

log = logging.getLogger(__name__)

_BATCH = 100
_SECONDS = 2.0
#: Problems of a whole catalogue that are kept; a catalogue may repeat one for ever.
_MOST_PROBLEMS = 500
#: How the product that somebody said is missing from an address.
_NOT_IT = frozenset({"syntax", "status", "empty", "missing"})


@define
class Staging:
    """The rows of a run as they are made. ``unread``: identifiers of the entries that could not be read."""

    run: RunRow
    source: SourceFacts
    review: bool
    territory: Territory | None
    pages: int = 0
    position: int = 0
    complete: bool = True
    problems: list[dict[str, Any]] = field(factory=list)
    unread: set[str] = field(factory=set)
    _rows: list[dict[str, Any]] = field(factory=list)
    _last: float = field(factory=time.monotonic)

    def take(self, event: Event) -> None:
        """Keep what a reader tells."""
        if isinstance(event, Page):
            self.pages += 1
        elif isinstance(event, Record):
            self._record(event)
        if len(self._rows) >= _BATCH or time.monotonic() - self._last >= _SECONDS:
            self.flush()

    def flush(self) -> None:
        """Write what was kept, and how far the reading is."""
        rows, self._rows, self._last = self._rows, [], time.monotonic()
        try:
            staged.add(rows)
        except (DataError, StatementError, UnicodeError, ValueError):
            for row in rows:
                self._alone(row)
        beat(self.run.id, READING, step=words.reading(self.pages, self.position), pages=self.pages)

    def stopped(self, problem: Problem) -> None:
        """Say that the rest was not read."""
        self.complete = False
        self.problems.append(export.problem(problem))

    def _record(self, record: Record) -> None:
        found = record.description
        told = [export.problem(one) for one in record.problems]
        if found is None and not self._is_entry(record):
            self.complete = self.complete and not any(one.code in INCOMPLETE for one in record.problems)
            self.problems += told[: max(0, _MOST_PROBLEMS - len(self.problems))]
            return
        if found is None:
            first = record.problems[0]
            identifier = facts.short(first.identifier)
            self.unread.add(identifier)
            self._row(identifier, problems=told, title=first.identifier)
            return
        if self.territory is not None:
            found = evolve(found, communes=communes_of(found, self.territory))
        self._described(found, told)

    def _is_entry(self, record: Record) -> bool:
        return any(one.code == "unreadable-record" or one.identifier for one in record.problems)

    def _described(self, found: Description, problems: list[dict[str, Any]]) -> None:
        self._row(
            facts.short(found.identifier),
            content_hash=facts.stamp(found.content_hash, self.source),
            title=found.title[:1000],
            uri=facts.short(found.uri) if found.uri.startswith(("http://", "https://", "urn:")) else "",
            review=self.review and found.provenance.get("review") == "required",
            description=restoring.to_json(found),
            problems=problems,
        )

    def _row(self, identifier: str, **values: Any) -> None:
        row = {"content_hash": "", "title": "", "uri": "", "review": False, "description": None, "problems": []}
        said = restoring.holdable({**row, **values, "identifier": identifier})
        self._rows.append({"run_id": self.run.id, "position": self.position, **said})
        self.position += 1

    def _alone(self, row: dict[str, Any]) -> None:
        """Write one row; when it cannot be, write that it cannot."""
        try:
            staged.add([row])
        except (DataError, StatementError, UnicodeError, ValueError):
            log.warning("A record of the run %s could not be kept", self.run.id, exc_info=True)
            identifier = row["identifier"].encode("ascii", "replace").decode()
            problem = Problem(identifier, words.NOT_KEPT, "not-kept", severity="error")
            self.unread.add(identifier)
            told = {"description": None, "content_hash": "", "title": "", "uri": "", "identifier": identifier}
            staged.add([{**row, **told, "problems": [export.problem(problem)]}])


def stage(run: RunRow, source: SourceRow, *, conditional: bool) -> bool:
    """Read a source into the rows of a run, and write into the run what was read; False when it did not change.

    :raises SourceError: nothing could be read at all.
    """
    staged.clear(run.id)
    asked = catalogue.client(source, conditional=conditional)
    with catalogue.opened(source) as opened:
        if conditional and not source.address and source.validators.get(catalogue.DOCUMENT) == catalogue.digest(source):
            return False
        try:
            made = _staged(run, source, asked, opened)
        except UnchangedError:
            return False
        except SourceError as error:
            if not source.kind or not _may_be_another(source, error):
                raise
            # The address is the one of a site, or the site has another product than it had.
            asked = catalogue.client(source, conditional=False)
            made = _staged(run, source, asked, opened.of_kind(""))
    _conclude(made, source, asked)
    return True


def _may_be_another(source: SourceRow, error: SourceError) -> bool:
    """Tell whether another kind of catalogue may be at the address: a site that only fails stays what it was."""
    return error.code == "not-catalogue" or (error.code in _NOT_IT and not records.count(source.id))


def _staged(run: RunRow, source: SourceRow, asked: Client, opened: Source) -> Staging:
    found = recognise(asked, opened)
    if (found.kind, found.address) != (source.kind, source.address):
        _remember(source, found.kind, found.address if source.address else "")
    given = settings.of(source.settings, found.kind)
    made = Staging(run, facts.of_source(source), given.publish_review, current_or_none())
    _read(made, events(asked, found))
    return made


def _read(made: Staging, told: Iterator[Event]) -> None:
    """Keep all that a reader tells; a failure in the middle is the end, and costs nothing of what came before."""
    try:
        for event in told:
            made.take(event)
    except (UnchangedError, JobTimeoutException):
        raise
    except SourceError as error:
        if not made.position:
            raise
        made.stopped(Problem("", str(error), error.code, error.where, "error"))
    except (MemoryError, ArithmeticError, AssertionError, AttributeError, LookupError, NameError, OSError, RuntimeError,
            SyntaxError, TypeError, ValueError, StopIteration) as error:  # fmt: skip
        # A defect of a reader of ours, or of what it reads with.
        log.exception("The reading of the run %s stopped", made.run.id)
        if not made.position:
            raise SourceError("internal", words.UNREADABLE) from error
        made.stopped(Problem("", words.STOPPED, "stopped", severity="error"))
    made.flush()


def _conclude(made: Staging, source: SourceRow, asked: Client) -> None:
    values = {"pages": made.pages, "size": asked.size, "problems": made.problems, "complete": made.complete}
    found = catalogue.validators(source, asked) if made.complete else {}
    runs.change(made.run.id, **restoring.holdable(values), validators=found)


def _remember(source: SourceRow, kind: str, address: str) -> None:
    """Write the kind that was recognised, and where its catalogue is: it is not looked for the next time."""
    told: dict[str, Any] = {"kind": kind, "address": address}
    if address != source.address:
        told["settings"] = {"given_address": source.address, **(source.settings or {})}
    sources.change(source.id, **told)
    for name, value in told.items():
        setattr(source, name, value)
