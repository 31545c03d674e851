"""Why a catalogue, or the rest of it, cannot be had.

SourceError
├── BudgetError      the time, the pages or the bytes allowed are spent: what was read so far stays
├── LoopError        the pages lead back to one that was read: what was read so far stays
└── UnchangedError   the catalogue says that it is the one we know
"""

from __future__ import annotations


class SourceError(Exception):
    """A catalogue or a page that cannot be had; the message is French and says what to do.

    ``code``: ``missing``, ``local``, ``empty``, ``encoding``, ``syntax``, ``not-catalogue``, or one of
    :class:`ckanext.ca3b.fetching.FetchError`.
    """

    def __init__(self, code: str, message: str, *, where: str = "") -> None:
        """Keep the code for programs, the message for people, and the address concerned."""
        super().__init__(message)
        self.code = code
        self.where = where


class BudgetError(SourceError):
    """The time, the pages or the bytes allowed for one reading are spent."""


class LoopError(SourceError):
    """The next page is one that was read already."""


class UnchangedError(SourceError):
    """The catalogue answers that nothing changed since the validators we said."""
