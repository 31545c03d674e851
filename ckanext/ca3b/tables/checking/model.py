"""What a check says: a verdict and located errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ckanext.ca3b.tables.model import Notice


@frozen
class CheckError:
    """One error, located.

    ``row`` counts data rows from 1 (``None``: the header); ``line`` is that of the file or sheet from 1, as an
    editor shows it; ``column`` is ``None`` for an error of a whole row. ``value`` is the cell as written.
    ``message``, ``expected`` and ``example`` are French and for people; ``code`` is frictionless's.
    """

    row: int | None
    column: str | None
    code: str
    message: str
    value: str | None = None
    line: int | None = None
    sheet: str | None = None
    expected: str = ""
    example: str = ""


@frozen
class Verdict:
    """Whether a table follows its schema.

    ``errors`` are the first ones, header first then row by row; ``error_count`` and ``counts`` (by code) are exact.
    ``warnings`` tell what is tolerated: columns in addition, optional columns absent, another order.
    """

    schema: str
    version: str
    title: str
    valid: bool
    rows: int
    error_count: int
    counts: Mapping[str, int]
    errors: tuple[CheckError, ...]
    warnings: tuple[Notice, ...] = field(default=())
