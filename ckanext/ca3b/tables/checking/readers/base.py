"""The two halves of a reader, and the constraints its type allows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

BOUNDS = ("minimum", "maximum")
LENGTHS = ("minLength", "maxLength")


@frozen
class Reader:
    """Reads cells of one field.

    ``parse`` gives the typed value of a text, or ``None`` when the text is not of the type.
    ``sure`` is true for texts that are certainly of the type. ``measure`` gives, for these, a value that compares
    like the typed one, exactly where ``exact`` is true; ``literal`` gives a typed value (a bound) in that same
    measure, or ``None`` when it has none. ``sure_key`` gives, for sure texts, the text that ``key`` gives for the
    typed value: two values are equal when their keys are. ``always``: every text is of the type.
    """

    parse: Callable[[str], Any]
    constraints: tuple[str, ...]
    key: Callable[[Any], str] = str
    sure: Callable[[pl.Expr], pl.Expr] | None = None
    measure: Callable[[pl.Expr], pl.Expr] | None = None
    exact: Callable[[pl.Expr], pl.Expr] | None = None
    literal: Callable[[Any], Any] | None = None
    sure_key: Callable[[pl.Expr], pl.Expr] | None = None
    always: bool = False

    def coerce(self, value: Any) -> Any:
        """Give the typed value of a bound or of an allowed value, which a schema writes as text or as it is."""
        if isinstance(value, bool | dt.date | dt.time) or value is None:
            return value
        typed = self.parse(str(value))
        return value if typed is None and not isinstance(value, str) else typed


def attempt(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Give ``read`` whose errors, whatever they are, mean that the text is not of the type."""

    def parse(text: str) -> Any:
        try:
            return read(text)
        except Exception:  # noqa: BLE001 - parsers of third parties raise anything on hostile text
            return None

    return parse
