"""Values of other people's JSON and XML as plain texts, numbers and lists, whatever was written there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Control characters that no text of ours may carry: they make XML malformed later on.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]")
_LANGUAGES = ("fr", "fr-FR", "fr_FR", "fra", "fre", "und", "en")
_NUMBER = re.compile(r"^\s*(\d+)(?:\.0*)?\s*$")
_EMPTY: tuple[Any, ...] = (None, "", [], {}, ())


def text(value: Any) -> str:
    """Return a value as one text: the French one of several languages, the first of a list, ``""`` for nothing."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return _CONTROL.sub("", value).strip()
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, dict):
        said = {str(key): found for key, item in value.items() if (found := text(item))}
        return next((said[one] for one in _LANGUAGES if one in said), next(iter(said.values()), ""))
    if isinstance(value, (list, tuple)):
        return next((found for item in value if (found := text(item))), "")
    return _CONTROL.sub("", str(value)).strip()


def texts(value: Any) -> tuple[str, ...]:
    """Return a value as texts without repetition: the items of a list, or of a list written as JSON."""
    if isinstance(value, str) and value.strip()[:1] == "[":
        value = parsed(value, value)
    items = value if isinstance(value, (list, tuple)) else [value]
    return tuple(dict.fromkeys(found for item in items if (found := text(item))))


def parsed(value: Any, otherwise: Any = None) -> Any:
    """Return what JSON a text holds, or the value itself when it is no text."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return otherwise


def integer(value: Any) -> int | None:
    """Return a size in bytes; None for what is not a whole number of bytes."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return int(value) if 0 <= value < 2**63 else None
    found = _NUMBER.match(value) if isinstance(value, str) else None
    return int(found[1]) if found and len(found[1]) < 19 else None


def mapping(value: Any) -> dict[str, Any]:
    """Return a value when it is an object (or the first of a list of them, or one written as JSON), else ``{}``."""
    value = parsed(value)
    if isinstance(value, (list, tuple)):
        value = next((item for item in value if isinstance(item, dict)), None)
    return value if isinstance(value, dict) else {}


def mappings(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list, or of a list written as JSON."""
    value = parsed(value)
    items = value if isinstance(value, (list, tuple)) else [value]
    return [item for item in items if isinstance(item, dict)]


def remainder(entry: dict[str, Any], known: Iterable[str]) -> dict[str, Any]:
    """Return what an object says besides the ``known`` names, without what is empty."""
    names = set(known)
    return {str(key): value for key, value in entry.items() if key not in names and value not in _EMPTY}


def with_query(address: str, **values: str | int | None) -> str:
    """Return an address with these values in its query; None takes one out."""
    parts = urlsplit(address)
    said = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in values]
    said += [(name, str(value)) for name, value in values.items() if value is not None]
    return urlunsplit(parts._replace(query=urlencode(said), fragment=""))


def query(address: str) -> dict[str, list[str]]:
    """Return the values of the query of an address, by name."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(urlsplit(address).query):
        found.setdefault(name, []).append(value)
    return found


def above(address: str, segments: Iterable[str]) -> tuple[str, list[str]]:
    """Return an address cut before the first of these path segments, and the segments from there on.

    ``above("https://a/ckan/dataset/x", {"dataset"})`` is ``("https://a/ckan", ["dataset", "x"])``.
    """
    parts = urlsplit(address)
    path = [one for one in parts.path.split("/") if one]
    wanted = set(segments)
    at = next((number for number, one in enumerate(path) if one in wanted), len(path))
    base = "/".join(["", *path[:at]])
    return urlunsplit((parts.scheme, parts.netloc, base, "", "")), path[at:]


def roots(address: str) -> Iterator[str]:
    """Yield the folders above an address, the deepest first, the site itself last; without a final slash."""
    parts = urlsplit(address)
    path = [one for one in parts.path.split("/") if one]
    for length in range(len(path), -1, -1):
        yield urlunsplit((parts.scheme, parts.netloc, "/".join(["", *path[:length]]), "", ""))
