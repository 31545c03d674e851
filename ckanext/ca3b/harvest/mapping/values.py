"""Single values as the validators of the schema take them; what they would refuse is told and left out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ckanext.ca3b import vocabularies
from ckanext.ca3b.schemas import texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .notes import Notes

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
#: A year, a month, a day or a moment: weeks and other forms of ISO 8601 are not read everywhere.
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:[T ].+)?)?)?")
_LONGEST_LINK = 8000


def text(value: object) -> str:
    """Return a text that the database can hold, without blanks around."""
    return _UNWRITABLE.sub("", str(value)).strip() if value or value == 0 else ""


def texts_of(values: Iterable[object]) -> list[str]:
    """Return the texts of some values, each once."""
    return list(dict.fromkeys(filter(None, map(text, values))))


def uri(value: object) -> str:
    """Return an absolute URI, ``""`` for what is none."""
    found = text(value)
    return found if _URI.fullmatch(found) else ""


def link(value: object, where: str, notes: Notes) -> str:
    """Return a web address (``https://`` is put before « www. »)."""
    found = text(value)
    if found.casefold().startswith("www."):
        found = f"https://{found}"
    if not found or (texts.is_web_address(found) and len(found) <= _LONGEST_LINK):
        return found
    notes.tell("bad-link", where, found)
    return ""


def links(values: Iterable[object], where: str, notes: Notes) -> list[str]:
    """Return the web addresses of some values, each once."""
    return list(dict.fromkeys(filter(None, (link(one, where, notes) for one in values))))


def email(value: object, where: str, notes: Notes) -> str:
    """Return an electronic address."""
    found = re.sub(r"^mailto:", "", text(value), flags=re.IGNORECASE).strip()
    if not found or texts.is_email(found):
        return found
    notes.tell("bad-email", where, found)
    return ""


def date(value: object, where: str, notes: Notes) -> str:
    """Return an ISO date, as precise as it was."""
    found = text(value)
    iso = _iso(found) if found else ""
    if found and not iso:
        notes.tell("unreadable-date", where, found)
    return iso


@lru_cache(maxsize=8192)
def _iso(value: str) -> str:
    try:
        iso = texts.iso_date(value)
        return iso if _DATE.fullmatch(iso) and texts.first_day(iso) else ""
    except ValueError:
        return ""


@lru_cache(maxsize=8192)
def concept(table: str, value: str) -> str:
    """Return the URI of a concept of a vocabulary, or of its authority though we do not list it; else ``""``."""
    vocabulary = vocabularies.vocabulary(table)
    found = vocabulary.find(value)
    if found is not None and found.uri:
        return found.uri
    return value.strip() if vocabulary.names_a_concept(value) else ""


def known(table: str, value: object, where: str, notes: Notes, code: str) -> str:
    """Return the URI of a concept; ``code`` is what is told of a value that is none."""
    written = text(value)
    found = concept(table, written) if written else ""
    if written and not found:
        notes.tell(code, where, written)
    return found


@lru_cache(maxsize=4096)
def licence(value: str) -> vocabularies.Licence | None:
    """Return the licence of our list that is meant."""
    return vocabularies.licences().find(value) if value else None


def decimal(value: object, where: str, notes: Notes) -> str:
    """Return a number from 0 with a point."""
    found = text(value).replace(",", ".").replace(" ", "").replace("\u202f", "").replace("\xa0", "")
    try:
        if not found or 0 <= float(found) < float("inf"):
            return found
    except ValueError:
        pass
    notes.tell("bad-number", where, text(value))
    return ""


def filled(row: dict[str, Any]) -> dict[str, Any]:
    """Return a dict without what is empty: a field that says nothing is not written."""
    return {key: value for key, value in row.items() if value or value == 0}
