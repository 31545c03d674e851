"""Indexing beside writing: a child process describes to the search engine what is committed, batch after batch.

It only sends: the parent commits, and says what is indexed. Nothing depends on it: what it did not take, because it
died or could not be made, is still said late in the records, and indexed by the parent as if there were no child.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import logging
import multiprocessing
import os
import signal
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from attrs import define, field
from ckan import model

from ckanext.ca3b.harvesting import config

from . import indexing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from multiprocessing.context import ForkProcess

log = logging.getLogger(__name__)

#: Below so many works, a process costs more than it gives.
ENOUGH = 100
#: Ids that may be under way at once: neither side ever waits for a pipe that the other does not empty.
_UNDER_WAY = 500
_PR_SET_PDEATHSIG = 1


@define
class Beside:
    """The child, or nobody: then nothing is taken."""

    process: ForkProcess | None = None
    pipe: Any = None
    _waiting: list[str] = field(factory=list)
    _under_way: int = 0
    _taken: list[str] = field(factory=list)

    def give(self, dataset_ids: Sequence[str]) -> None:
        """Have datasets indexed that are committed; returns at once."""
        if self.pipe is not None:
            self._waiting += dataset_ids
            self._exchange(self.pipe, wait=False)

    def taken(self) -> list[str]:
        """Wait for all that was given; return the datasets that the search engine took, to be committed."""
        if self.pipe is not None:
            self._exchange(self.pipe, wait=True)
        self.close()
        return self._taken

    def close(self) -> None:
        """End the child, whatever it does; once this returns it sends nothing more."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.process = None
        if self.pipe is not None:
            self.pipe.close()
            self.pipe = None

    def _exchange(self, pipe: Any, *, wait: bool) -> None:
        try:
            while True:
                while self._waiting and self._under_way < _UNDER_WAY:
                    some, self._waiting = self._waiting[: indexing.BATCH], self._waiting[indexing.BATCH :]
                    pipe.send(some)
                    self._under_way += len(some)
                if wait and not self._waiting:
                    pipe.send(None)
                    while True:
                        self._hear(pipe)
                if not (wait or pipe.poll()):
                    return
                self._hear(pipe)
        except EOFError:
            if not wait or self._under_way:
                self._lost()
        except OSError:
            self._lost()

    def _hear(self, pipe: Any) -> None:
        asked, took = pipe.recv()
        self._under_way -= asked
        self._taken += took

    def _lost(self) -> None:
        log.warning("The process that indexes beside is gone: what it did not take is indexed at the end")
        self.close()


@contextlib.contextmanager
def beside(works: int) -> Iterator[Beside]:
    """Have a child index what a run of so many works writes, when that is worth it; it ends with the block at last."""
    made = _begun() if works > ENOUGH and config.index_beside() else Beside()
    try:
        yield made
    finally:
        made.close()


def _begun() -> Beside:
    # No transaction of CKAN's session is open in both processes.
    model.Session.remove()
    context = multiprocessing.get_context("fork")
    ours, its = context.Pipe()
    process = context.Process(target=_child, args=(its, ours, os.getpid()), name="ca3b-harvest-index")
    try:
        process.start()
    except OSError:  # no process or no memory for one
        log.warning("No process could be made to index beside", exc_info=True)
        ours.close()
        its.close()
        return Beside()
    its.close()
    return Beside(process, ours)


def _child(pipe: Any, parents: Any, parent: int) -> None:
    """Describe and send until told to stop, or until the parent is no more."""
    try:
        parents.close()
        _die_with(parent)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's to hear
        _leave_connections()
        asked: list[int] = []
        for took in indexing.sending(_asked(pipe, asked)):
            pipe.send((asked.pop(0), took))
    except (EOFError, BrokenPipeError):
        log.info("The run is over: nothing more is indexed beside")
    except Exception:
        log.exception("What a harvest writes could not be indexed beside")
    finally:
        # Nothing of the parent's is to be ended twice: neither its locks nor its connections.
        pipe.close()
        logging.shutdown()
        os._exit(0)


def _asked(pipe: Any, asked: list[int]) -> Iterator[list[str]]:
    while (batch := pipe.recv()) is not None:
        asked.append(len(batch))
        yield batch


def _die_with(parent: int) -> None:
    """Have the system kill this process when its parent dies, however it does: Linux only, else the pipe tells it."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _leave_connections() -> None:
    """Leave to the parent the connections of all its engines (ckanext-datastore has some too), and make new ones."""
    for engine in [one for one in gc.get_objects() if issubclass(type(one), sa.Engine)]:
        engine.dispose(close=False)
