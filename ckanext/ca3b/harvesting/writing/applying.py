"""The works of a run, in small transactions: datasets and the rows of their records together, or neither."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from ckan import model
from rq.timeouts import JobTimeoutException
from sqlalchemy import exc

from . import announcing, failures, leniency, navl
from .datasets import Writer
from .work import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ckanext.ca3b.harvesting.model import SourceRow

    from .work import Work

log = logging.getLogger(__name__)

#: Works of one transaction: one that fails has the others of its batch done again, one by one.
BATCH = 25
#: The database is gone or cannot write, the job's time is over, memory is full: no record is to blame.
NOBODY = (exc.OperationalError, exc.InterfaceError, JobTimeoutException, MemoryError)


def apply(source: SourceRow, works: Iterable[Work]) -> Iterator[Outcome]:
    """Do the works in their order and yield what came of each, once it is committed.

    Nothing is done of the works whose outcome nobody asks for. Solr is not told: see :func:`.index`.

    :raises sqlalchemy.exc.OperationalError: the database is gone; what was yielded is written, nothing else is.
    """
    writer = Writer(source)
    for batch in _batches(works):
        yield from _together(writer, batch)


def _together(writer: Writer, batch: list[Work]) -> list[Outcome]:
    try:
        return _commit(writer, batch)
    except NOBODY:
        raise
    except Exception as problem:  # the culprit is known once each is alone
        if len(batch) > 1:
            log.info("A batch of %s is done again one by one: %s", len(batch), problem)
            return [one for work in batch for one in _together(writer, [work])]
        log.exception("The record « %s » could not be written", batch[0].identifier)
        message = failures.sentence(problem, batch[0].package or {})
        return [Outcome(batch[0].identifier, batch[0].position, batch[0].dataset_id, ok=False, message=message)]
    finally:
        model.Session.remove()


def _commit(writer: Writer, batch: list[Work]) -> list[Outcome]:
    done = False
    try:
        with navl.once():
            told = writer.write(batch)
        model.Session.commit()
        done = True
    finally:
        if not done:
            model.Session.rollback()
            writer.forget()
    announcing.announce([one.dataset_id for one in batch if one.package is not None or one.verdict in writer.TOUCHING])
    return [
        Outcome(
            work.identifier, work.position, work.dataset_id, ok=True,
            problems=leniency.problems(work.identifier, said, work.package or {}),
        )
        for work, said in zip(batch, told, strict=True)
    ]  # fmt: skip


def _batches(works: Iterable[Work]) -> Iterator[list[Work]]:
    batch: list[Work] = []
    for work in works:
        batch.append(work)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
