"""Patterns of schemas: Python's, run on whole columns by the linear engine of polars where both read them alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl
from polars.exceptions import PolarsError

from ckanext.ca3b.tables.schemas import SchemaError

if TYPE_CHECKING:
    from collections.abc import Callable

# What both engines read alike, one piece at a time.
_PIECE = re.compile(
    r"""(?P<named>\\[dws])
    | \\u[0-9a-fA-F]{4} | \\[nrt] | \\[^\w<>\s]
    | \[(?P<not>\^)?(?P<set>(?:\\u[0-9a-fA-F]{4}|\\[dwsnrt]|\\[^\w<>\s]|[^\\\[\]])+)\]
    | \(\?: | [()|^$.]
    | (?:[*+?]|\{\d+(?:,\d*)?\})\??(?![+*?{])
    | [^\\\[\](){}*+?|^$.]
    """,
    re.VERBOSE,
)
_SET_OPERATION = re.compile("&&|--|~~")
# Narrower than Python's, which take digits and letters of every script: what is left is judged by Python.
_ASCII = {"\\d": "0-9", "\\w": "0-9A-Za-z_", "\\s": r" \t\n\r\f\v"}
_NAMED = re.compile(r"\\(?:[dws]|u[0-9a-fA-F]{4}|.)", re.DOTALL)


def rule_of(pattern: str, column: str) -> Callable[[str], bool]:
    """Compile ``pattern`` as frictionless does: from the beginning, ``^`` and ``$`` added as they are."""
    try:
        rule = re.compile(f"^{pattern}$")
    except re.error as error:
        raise SchemaError(f"Colonne « {column} » : le motif « {pattern} » ne se lit pas ({error}).") from error
    return lambda text: rule.match(text) is not None


def linear(pattern: str) -> str | None:
    """Give a pattern for polars that finds only texts which ``pattern`` matches in Python.

    ``None`` for what its engine does not have (references, look-around) or reads otherwise.
    """
    position, written = 0, ""
    while position < len(pattern):
        piece = _PIECE.match(pattern, position)
        if piece is None or (piece["set"] and not _plain(piece)):
            return None
        written += _narrowed(piece)
        position = piece.end()
    found = f"^(?:^{written}$)"
    try:
        pl.Series([""]).str.contains(found)
    except PolarsError:
        return None
    return found


def _plain(piece: re.Match[str]) -> bool:
    """Tell whether a set means the same in both engines; narrowing the inside of [^...] would widen it."""
    named = any(found in _ASCII for found in _NAMED.findall(piece["set"]))
    return not _SET_OPERATION.search(piece["set"]) and not (piece["not"] and named)


def _narrowed(piece: re.Match[str]) -> str:
    if piece["named"]:
        return f"[{_ASCII[piece['named']]}]"
    if piece["set"]:
        return f"[{piece['not'] or ''}{_NAMED.sub(lambda found: _ASCII.get(found[0], found[0]), piece['set'])}]"
    return piece[0]
