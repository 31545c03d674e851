"""The one error of the room."""

from __future__ import annotations


class TableError(Exception):
    """A file that cannot be read as a table.

    ``code`` is stable and for programs; ``message`` is one French sentence or two for people:
    what is wrong, where, and what to do.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
