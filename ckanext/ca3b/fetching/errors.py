"""Why something cannot be fetched."""

from __future__ import annotations

#: Codes of a site that does not answer at all: nothing is wrong with the file that was asked for.
SILENT = frozenset({"unknown-host", "unreachable", "too-long"})


class FetchError(Exception):
    """A file that cannot be had; the message is in French.

    ``code`` is one of ``scheme``, ``private``, ``unknown-host``, ``unreachable``, ``redirects``, ``status``,
    ``too-big``, ``too-long``.
    """

    def __init__(self, code: str, message: str) -> None:
        """Keep the code, for programs, and the message, for people."""
        super().__init__(message)
        self.code = code


class PrivateAddressError(Exception):
    """A name that leads to an address that is not one of the internet.

    No ``OSError``: urllib3 would wrap it among the failures of connections, and try again.
    """
