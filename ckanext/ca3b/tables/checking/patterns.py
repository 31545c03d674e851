"""Patterns of schemas: Python's, run on whole columns by the linear engine of polars where both read them alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl
from attrs import frozen
from polars.exceptions import PolarsError

from ckanext.ca3b.tables.schemas import SchemaError

if TYPE_CHECKING:
    from collections.abc import Callable

# What both engines read alike, one piece at a time; classes such as \d differ outside of ASCII.
_PIECE = re.compile(
    r"""(?P<ascii>\\[dDwWsSbB])
    | \\u[0-9a-fA-F]{4} | \\[nrt] | \\[^\w<>\s]
    | \[\^?(?P<set>(?:\\u[0-9a-fA-F]{4}|\\[dDwWsSnrt]|\\[^\w<>\s]|[^\\\[\]])+)\]
    | \(\?: | [()|^$.]
    | (?:[*+?]|\{\d+(?:,\d*)?\})\??(?![+*?{])
    | [^\\\[\](){}*+?|^$.]
    """,
    re.VERBOSE,
)
_SET_OPERATION = re.compile("&&|--|~~")
_PRINTABLE = r"^[\x20-\x7e]*$"


@frozen
class Pattern:
    """``matches`` is the rule; where ``told`` holds, ``found`` says the same of a whole column."""

    matches: Callable[[str], bool]
    found: Callable[[pl.Expr], pl.Expr] | None
    told: Callable[[pl.Expr], pl.Expr]


def compiled(pattern: str, column: str) -> Pattern:
    """Compile ``pattern`` as frictionless does: from the beginning, ``^`` and ``$`` added as they are."""
    try:
        rule = re.compile(f"^{pattern}$")
    except re.error as error:
        raise SchemaError(f"Colonne « {column} » : le motif « {pattern} » ne se lit pas ({error}).") from error
    reach = _reach(pattern)
    linear = f"^(?:^{pattern}$)"
    if reach is None or not _accepted(linear):
        return Pattern(lambda text: rule.match(text) is not None, None, lambda text: text.is_null())
    if reach == "ascii":
        return Pattern(
            lambda text: rule.match(text) is not None,
            lambda text: text.str.contains(linear),
            lambda text: text.str.contains(_PRINTABLE),
        )
    return Pattern(
        lambda text: rule.match(text) is not None,
        lambda text: text.str.contains(linear),
        lambda text: ~text.str.contains("\n", literal=True),  # Python's $ tolerates a last line feed
    )


def _reach(pattern: str) -> str | None:
    """Tell on which texts both engines agree: ``all``, ``ascii``, or none."""
    position, reach = 0, "all"
    while position < len(pattern):
        piece = _PIECE.match(pattern, position)
        if piece is None or (piece["set"] and _SET_OPERATION.search(piece["set"])):
            return None
        if piece["ascii"] or (piece["set"] and re.search(r"\\[dDwWsS]", piece["set"])):
            reach = "ascii"
        position = piece.end()
    return reach


def _accepted(linear: str) -> bool:
    try:
        pl.Series([""]).str.contains(linear)
    except PolarsError:
        return False
    return True
