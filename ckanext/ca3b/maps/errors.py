"""The one error of the room."""

from __future__ import annotations


class MapError(Exception):
    """A file that cannot become a map.

    ``code`` is stable and for programs; ``message`` is one French sentence or two for people: what is
    wrong and what to do; ``where`` is the place when there is one (an entry of an archive, a layer, a row).
    """

    def __init__(self, code: str, message: str, where: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.where = where

    def __reduce__(self) -> tuple[type[MapError], tuple[str, str, str | None]]:
        """Cross the border of a process whole."""
        return type(self), (self.code, self.message, self.where)
