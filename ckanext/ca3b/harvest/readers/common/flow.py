"""The way through a catalogue: a broken entry costs itself only, a broken page what comes after it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from attrs import evolve

from ckanext.ca3b.harvest.model import Page, Problem, Record
from ckanext.ca3b.harvest.sources import SourceError, UnchangedError

from . import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ckanext.ca3b.harvest.model import Description, Event
    from ckanext.ca3b.harvest.sources import Answer

#: What reading a value of an unexpected shape raises; anything else is a fault of ours and must be seen.
SHAPE_ERRORS = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)


def to_the_end(events: Iterator[Event]) -> Iterator[Event]:
    """Yield events; a failure once something was read is told as the end, for what was read stays.

    :raises SourceError: nothing could be read at all, or the catalogue says that it did not change.
    """
    begun = False
    try:
        for event in events:
            begun = True
            yield event
    except UnchangedError:
        raise
    except SourceError as error:
        if not begun:
            raise
        yield truncated(str(error), error.where)


def truncated(message: str, where: str = "") -> Record:
    """Return the record that says that the rest of the catalogue was not read."""
    said = f"La suite de ce catalogue n’a pas été lue. {message}"
    return Record(None, (Problem("", said, "truncated", where, "error"),))


def cut(answer: Answer) -> Iterator[Record]:
    """Yield what is to be told of an answer in JSON of which only a part could be read."""
    if answer.loaded[1]:
        line, piece, reason = answer.loaded[1]
        message = (
            f"Le document est coupé ou mal écrit à la ligne {line} (« {piece} ») : ce qui ne peut pas être lu est"
            f" laissé de côté ({reason}). Publiez-le entier et correct."
        )
        yield Record(None, (Problem("", message, "truncated", f"{answer.url}#L{line}", "error"),))


def to_review(record: Record, code: str) -> Record:
    """Return a record that says that people must look before they publish: nobody keeps a description of it."""
    if record.description is None:
        return record
    description = evolve(record.description, provenance={**record.description.provenance, "review": "required"})
    message = wording.say(code, title=description.title)
    return Record(description, (*record.problems, Problem(description.identifier, message, code, severity="info")))


def complete(said: int | None, found: int, where: str = "") -> Iterator[Record]:
    """Yield what is to be told when a catalogue announces more entries than it gave."""
    if said is not None and found < said:
        yield truncated(f"Le catalogue annonce {said} fiches et n’en donne que {found}.", where)


class Entries:
    """Entries of a catalogue to records, one by one, each identifier once."""

    def __init__(self, understand: Callable[[Any], Record | None], *, identify: Callable[[Any], str]) -> None:
        """Keep how an entry is understood (None: it is none of ours) and how it is called when it cannot be."""
        self.understand = understand
        self.identify = identify
        self.count = 0
        self._seen: dict[str, str] = {}

    def records(self, entries: Iterable[Any], where: str = "") -> Iterator[Record]:
        """Yield the records of entries.

        An entry given twice word for word is told once: a list that moves while it is paged does that.
        """
        for entry in entries:
            self.count += 1
            record = self._record(entry, where)
            if record is None:
                continue
            description = record.description
            if description is not None:
                before, digest = self._seen.get(description.identifier), description.content_hash
                if before == digest:
                    continue
                if before is not None:
                    record = self._told_apart(record, description, where)
                    if record is None:
                        continue
                self._seen.setdefault(description.identifier, digest)
            yield record

    def page(self, datasets: list[Any] | None, answer: Answer, number: int, whose: str) -> Iterator[Event]:
        """Yield one page of a list in JSON and its records; ``whose`` says which portals give such lists.

        :raises SourceError: ``datasets`` is None: the answer is no such list.
        """
        if datasets is None:
            message = f"Cette adresse ne donne pas une liste de jeux de données {whose}. ({answer.url})"
            raise SourceError("not-catalogue", message, where=answer.url)
        yield Page(answer.url, number, len(datasets))
        yield from self.records(datasets, answer.url)
        yield from cut(answer)

    def _record(self, entry: Any, where: str) -> Record | None:
        try:
            return self.understand(entry)
        except SHAPE_ERRORS:
            name = self._name(entry)
            message = (
                f"La fiche n° {self.count}{f' (« {name} »)' if name else ''} n’a pas la forme attendue :"
                " elle n’a pas été lue. Ouvrez-la et enregistrez-la de nouveau dans le catalogue d’origine."
            )
            return Record(None, (Problem(name, message, "unreadable-record", where, "error"),))

    def _name(self, entry: Any) -> str:
        try:
            return self.identify(entry)
        except SHAPE_ERRORS:
            return ""

    def _told_apart(self, record: Record, description: Description, where: str) -> Record | None:
        """Return the second entry of an identifier under one of its own, which stays as long as its title and files do.

        None when that one was told already.
        """
        told = "\n".join([description.title, *sorted(one.url for one in description.resources)])
        mark = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:8]
        identifier = f"{description.identifier}#{mark}"
        while (before := self._seen.get(identifier)) is not None:
            if before == description.content_hash:
                return None
            identifier += "+"
        self._seen[identifier] = description.content_hash
        message = (
            f"Deux fiches différentes portent l’identifiant « {description.identifier} ». Celle-ci"
            f" (« {description.title} ») est distinguée par le portail : donnez-lui un identifiant dans son catalogue."
        )
        problem = Problem(description.identifier, message, "duplicate-identifier", where)
        return Record(evolve(description, identifier=identifier), (*record.problems, problem))
