"""Patterns of schemas: Python's, run on whole columns by the linear engine of polars where both read them alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl
import regex
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
_SECONDS = 1.0
_SET_OPERATION = re.compile("&&|--|~~")
# Narrower than Python's, which take digits and letters of every script: what is left is judged by Python.
_ASCII = {"\\d": "0-9", "\\w": "0-9A-Za-z_", "\\s": r" \t\n\r\f\v"}
# Wider than Python's, for sets that exclude.
_WIDE = {"\\d": r"\d", "\\w": r"\w\p{N}", "\\s": r"\s\x1c-\x1f"}
_NAMED = re.compile(r"\\(?:[dws]|u[0-9a-fA-F]{4}|.)", re.DOTALL)


def rule_of(pattern: str, column: str) -> Callable[[str], bool]:
    """Compile ``pattern`` as frictionless does: from the beginning, ``^`` and ``$`` added as they are.

    A pattern with references may need time without end: a text that takes more than a second does not match.
    """
    try:
        rule = re.compile(f"^{pattern}$")
        bounded = regex.compile(f"^{pattern}$") if linear(pattern) is None else None
    except (re.error, regex.error) as error:
        raise SchemaError(f"Colonne « {column} » : le motif « {pattern} » ne se lit pas ({error}).") from error
    if bounded is None:
        return lambda text: rule.match(text) is not None

    def matches(text: str) -> bool:
        try:
            return bounded.match(text, timeout=_SECONDS) is not None
        except TimeoutError:
            return False

    return matches


def linear(pattern: str) -> str | None:
    """Give a pattern for polars that finds only texts which ``pattern`` matches in Python.

    ``None`` for what its engine does not have (references, look-around) or reads otherwise.
    """
    position, written = 0, ""
    while position < len(pattern):
        piece = _PIECE.match(pattern, position)
        if piece is None or (piece["set"] and _SET_OPERATION.search(piece["set"])):
            return None
        written += _narrowed(piece)
        position = piece.end()
    found = f"^(?:^{written}$)"
    try:
        pl.Series([""]).str.contains(found)
    except PolarsError:
        return None
    return found


def _narrowed(piece: re.Match[str]) -> str:
    if piece["named"]:
        return f"[{_ASCII[piece['named']]}]"
    if piece["set"]:
        classes = _WIDE if piece["not"] else _ASCII
        return f"[{piece['not'] or ''}{_NAMED.sub(lambda found: classes.get(found[0], found[0]), piece['set'])}]"
    return piece[0]
