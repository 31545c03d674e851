"""JSON of other people: what is cut, badly written or one object a line is read as far as it goes."""

from __future__ import annotations

import json
import re
from typing import Any

from .errors import SourceError

#: Where a document is wrong: its line, what stands there, why.
Cut = tuple[int, str, str]
#: Where a record may begin: after another one.
_NEXT = re.compile(r"\}\s*,\s*\{")
_DECODER = json.JSONDecoder(strict=False, parse_constant=lambda _: None)
#: Objects that are no records after which no more are looked for.
_MOST_TRIED = 5_000
_LINES = re.compile(r"\}\s*\n\s*\{")


def loaded(text: str) -> tuple[Any, Cut | None]:
    """Return the JSON of a text, and where it is wrong when what comes after that could not be read.

    Commas too many and line breaks in texts are forgiven, what is no number (``NaN``) is nothing, objects that
    follow one another line by line are a list.

    :raises SourceError: nothing of it is JSON (``syntax``).
    """
    text = text.lstrip("\ufeff \t\r\n")
    if not text.startswith(("{", "[")):
        raise _nothing(1)
    try:
        return _parsed(text), None
    except RecursionError as error:
        raise SourceError("syntax", "Ce document JSON est emboîté trop profondément pour être lu.") from error
    except json.JSONDecodeError as error:
        failure = error
    if failure.msg == "Extra data" and _LINES.search(text, max(0, failure.pos - 200), failure.pos + 200):
        return _by_line(text)
    forgiven = re.sub(r",(\s*[}\]])", r"\1", text)
    try:
        return _parsed(forgiven), None
    except (ValueError, RecursionError):
        pass
    whole = _closed(text, failure.pos)
    if whole is None:
        raise _nothing(failure.lineno)
    _resume(text, failure.pos, whole)
    return whole, (failure.lineno, text[max(0, failure.pos - 20) : failure.pos + 60].strip(), failure.msg)


def _parsed(text: str) -> Any:
    return json.loads(text, strict=False, parse_constant=lambda _: None)


def _nothing(line: int) -> SourceError:
    return SourceError("syntax", f"Ce document n’est pas du JSON correct (ligne {line}) : rien n’a pu en être lu.")


def _by_line(text: str) -> tuple[list[Any], Cut | None]:
    """Return the objects of a document that has one a line, as the command line of CKAN writes them."""
    found: list[Any] = []
    bad: Cut | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            found.append(_parsed(line))
        except (ValueError, RecursionError) as error:
            bad = bad or (number, line.strip()[:80], str(error))
    return found, bad


def _closed(text: str, position: int) -> Any:
    """Return a document up to the last object that is whole before ``position``, its brackets closed."""
    for _ in range(40):
        position = text.rfind("}", 0, position)
        if position < 0:
            return None
        head = text[: position + 1]
        bare = re.sub(r'"(?:[^"\\]|\\.)*"', "", head)
        opened: list[str] = []
        for char in re.findall(r"[\[\]{}]", bare):
            if char in "[{":
                opened.append("]" if char == "[" else "}")
            elif opened:
                opened.pop()
        try:
            return _parsed(head + "".join(reversed(opened)))
        except (ValueError, RecursionError):
            continue
    return None


def _resume(text: str, position: int, whole: Any) -> None:
    """Add to the records of a document those that stand whole after the place where it is wrong."""
    records = _records(whole)
    if not records:
        return
    alike = records[0].keys()
    tried = 0
    while tried < _MOST_TRIED and (candidate := _NEXT.search(text, position)):
        tried += 1
        try:
            found, position = _DECODER.raw_decode(text, candidate.end() - 1)
        except (ValueError, RecursionError):
            position = candidate.end() - 1
            continue
        if isinstance(found, dict) and 2 * len(found.keys() & alike) > len(alike):
            records.append(found)
            tried = 0
        position -= 1  # the bracket that ends it is what the next one follows


def _records(whole: Any, depth: int = 3) -> list[dict[str, Any]]:
    """Return the list of a document that holds its records: the longest one that no list holds."""
    if isinstance(whole, list):
        return whole if whole and all(isinstance(each, dict) for each in whole) else []
    inside = [_records(each, depth - 1) for each in whole.values()] if isinstance(whole, dict) and depth else []
    return max(inside, key=len, default=[])
