"""The rows of a file as COPY reads them: written ahead in a thread, digested on the way."""

from __future__ import annotations

import hashlib
import queue
import threading
from typing import TYPE_CHECKING

from .columns import copy_text
from .fulltext import not_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from types import TracebackType

    from ckanext.ca3b.tables import Table

    from .columns import Stored

AHEAD = 2
BATCH_ROWS = 20_000


def digest() -> hashlib.blake2b:
    """Start the digest by which what was sent and what is stored are compared."""
    return hashlib.blake2b(digest_size=32)


class NotACodeError(Exception):
    """A column that began with codes goes on with something else: its words need parsing after all."""


class Feed:
    """A file-like object for ``copy_expert``; memory holds a few batches, whatever the file.

    ``rows`` and ``digest`` are those of what was read from it. ``failure`` is what stopped it, which psycopg2 hides
    behind an error of its own: NotACodeError when a column of ``codes`` is none, or what reading the file raised.
    """

    def __init__(
        self, table: Table, columns: Sequence[Stored], codes: Collection[str], progress: Callable[[int], None]
    ) -> None:
        self.rows = 0
        self.digest = digest()
        self.failure: BaseException | None = None
        self._table, self._columns, self._codes, self._progress = table, columns, codes, progress
        self._ahead: queue.Queue[tuple[int, bytes] | BaseException | None] = queue.Queue(AHEAD)
        self._stopped = threading.Event()
        self._rest = memoryview(b"")
        self._thread = threading.Thread(target=self._write, name="ca3b-feed", daemon=True)

    def __enter__(self) -> Feed:
        self._thread.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stopped.set()
        while self._thread.is_alive():
            try:
                self._ahead.get(timeout=0.05)
            except queue.Empty:
                continue
        self._thread.join()

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes, at most ``size``; empty at the end. Raises what reading the file raised."""
        if not self._rest:
            found = self._ahead.get()
            if found is None:
                self._ahead.put(None)
                return b""
            if isinstance(found, BaseException):
                self.failure = found
                raise found
            rows, text = found
            self.rows += rows
            self.digest.update(text)
            self._rest = memoryview(text)
            self._progress(self.rows)
        part = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(part) :]
        return bytes(part)

    def _write(self) -> None:
        try:
            for frame in self._table.batches(BATCH_ROWS):
                if self._stopped.is_set():
                    return
                if not_codes(frame, self._codes):
                    raise NotACodeError  # noqa: TRY301 - told like any other failure
                if frame.height:
                    self._ahead.put((frame.height, copy_text(frame, self._columns)))
            self._ahead.put(None)
        except BaseException as error:  # noqa: BLE001 - told to the thread that reads
            self._ahead.put(error)


def codes_of(table: Table, columns: Sequence[Stored]) -> set[str]:
    """Guess from the first rows which columns only hold codes; by the names of the file."""
    texts = {column.source.name for column in columns if column.type == "text"}
    first = next(iter(table.batches(BATCH_ROWS)), None)
    if first is None:
        return set()
    filled = {name for name in texts if first[name].null_count() < first.height}
    return filled - not_codes(first, filled)


class Digested:
    """A file-like object for ``COPY ... TO``: counts the rows and digests them."""

    def __init__(self) -> None:
        self.rows = 0
        self.digest = digest()

    def write(self, text: bytes) -> int:
        """Take what PostgreSQL writes; a row is a line, since line ends in values are escaped."""
        self.rows += text.count(b"\n")
        self.digest.update(text)
        return len(text)
