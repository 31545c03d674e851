"""What the reading process says when it reads a raster and does not want it."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - the file is at fault, not the program
    """``code`` is for programs, the message, in French, for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
