"""Values of controlled lists, found in the vocabularies however they are written."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from ckanext.ca3b import vocabularies

from .texts import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

_CC = re.compile(
    r"creativecommons\.org/(?:licenses/(?P<kind>by(?:-nc)?(?:-nd|-sa)?)/(?P<version>\d\.\d)"
    r"|publicdomain/(?P<free>zero|mark)/1\.0)",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:)»]")
#: Words of a sentence that denies a licence or leaves a choice.
_UNSURE = re.compile(r" (?:pas|not|non|hors|sauf|except|or|ou) ")
_IANA = re.compile(r"^https?://(?:www\.)?iana\.org/assignments/media-types/", re.IGNORECASE)
_FORMAT_NOISE = re.compile(r"^(?:geo)?services?\s+|\s*\([^)]*\)\s*$|^\.", re.IGNORECASE)
_SPLIT = re.compile(r"\s*[,;|\n]\s*")
#: Spain's sectors of the public sector: catalogues there write the last word alone too.
_SECTOR = "http://datos.gob.es/kos/sector-publico/sector/"
_NO_VALUE = frozenset({"", "none", "null", "n/a", "na", "nc", "undefined", "unknown", "inconnu", "-"})


class Term(NamedTuple):
    """A value to keep, and whether it was understood; falsy values were not given at all."""

    value: str
    known: bool


_NOTHING = Term("", known=True)


def _given(values: tuple[object, ...]) -> tuple[str, ...]:
    texts = (one_line(value) for value in values)
    return tuple(text for text in texts if text.casefold() not in _NO_VALUE)


def licence(*values: object) -> Term:
    """Return the official URI of the first licence that is understood (its code when it has no URI)."""
    return _licence(_given(values))


@lru_cache(maxsize=4096)
def _licence(given: tuple[str, ...]) -> Term:
    for text in given:
        found = vocabularies.licences().find(text) or _creative_commons(text) or _last_word(text) or _within(text)
        if found:
            return Term(found.uri or found.code, known=True)
    return Term(given[0], known=False) if given else _NOTHING


def _last_word(text: str) -> vocabularies.Licence | None:
    """Return the licence whose address a sentence holds, or that the address of a list of licences ends with."""
    held = {found.code: found for one in _URL.findall(text) if (found := vocabularies.licences().find(one))}
    if len(held) == 1 and not _UNSURE.search(f" {vocabularies.normalise(_URL.sub(' ', text))} "):
        return next(iter(held.values()))
    if " " in text or "://" not in text or not re.search(r"licen[cs]", text, re.IGNORECASE):
        return None
    steps = re.split(r"[/#]", text.rstrip("/#"))
    # The German list writes the version apart: …/licenses/cc-by/4.0
    return vocabularies.licences().find_first(steps[-1], "-".join(steps[-2:]))


def _within(text: str) -> vocabularies.Licence | None:
    """Return the one licence that a short sentence names (« Soumis à la licence Etalab »), if it denies nothing."""
    key = f" {vocabularies.normalise(text)} "
    if "://" in text or len(text) > 160 or _UNSURE.search(key):
        return None
    named = {
        name: entry
        for entry in vocabularies.licences()
        for name in map(vocabularies.normalise, entry.names())
        if " " in name and entry.uri and f" {name} " in key
    }
    if not named:
        return None
    longest = max(named, key=len)
    # A shorter name inside the longest is a part of it; anywhere else it is a second licence.
    others = {entry.code for name, entry in named.items() if name not in longest}
    return named[longest] if others <= {named[longest].code} else None


def _creative_commons(text: str) -> vocabularies.Licence | None:
    """Return the licence of an address at Creative Commons, national or in another language."""
    match = _CC.search(text)
    if not match:
        return None
    if match["free"]:
        return vocabularies.licences().find(f"https://creativecommons.org/publicdomain/{match['free'].lower()}/1.0/")
    return vocabularies.licences().find(
        f"https://creativecommons.org/licenses/{match['kind'].lower()}/{match['version']}/"
    )


def file_format(*values: object, url: str = "") -> Term:
    """Return the code of the first format that is understood, else the one that the name of the file tells.

    A format that is in no vocabulary stays as written, an address reduced to its last word.
    """
    known = _file_format(_given(values))
    if known.known and known.value:
        return known
    by_name = vocabularies.file_type_of_name(unquote(url)) if url else None
    return Term(by_name.code, known=True) if by_name else known


@lru_cache(maxsize=4096)
def _file_format(given: tuple[str, ...]) -> Term:
    for text in given:
        plain = _IANA.sub("", text)
        found = vocabularies.file_types().find_first(text, plain, _FORMAT_NOISE.sub("", plain), f".{plain}")
        if not found and re.fullmatch(r"[\w.]{1,12}", plain):
            found = vocabularies.file_type_of_name(f"x.{plain.lstrip('.')}")
        if found:
            return Term(found.code, known=True)
    if not given:
        return _NOTHING
    last = re.split(r"[/#]", given[0].rstrip("/#"))[-1] if "://" in given[0] else given[0]
    return Term(last, known=False)


def theme(*values: object) -> Term:
    """Return the URI of the European data theme; a theme of INSPIRE gives the one it falls under."""
    return _theme(_given(values))


@lru_cache(maxsize=4096)
def _theme(given: tuple[str, ...]) -> Term:
    for text in given:
        found = vocabularies.themes().find_first(text, _SECTOR + text if re.fullmatch(r"[a-z-]+", text) else "")
        inspire = None if found else vocabularies.inspire_themes().find(text)
        if found is None and inspire is not None and inspire.theme:
            found = vocabularies.themes().get(inspire.theme)
        if found:
            return Term(found.uri, known=True)
    return Term(given[0], known=False) if given else _NOTHING


def frequency(*values: object) -> Term:
    """Return the URI of the frequency: authority table, Dublin Core, ISO 8601 durations, words of several languages."""
    return _frequency(_given(values))


@lru_cache(maxsize=4096)
def _frequency(given: tuple[str, ...]) -> Term:
    for text in given:
        last = text.rstrip("/").rsplit("/", 1)[-1]
        repeated = f"R/{last}" if re.fullmatch(r"P[T\d].*", last) else ""
        found = vocabularies.frequencies().find_first(text, repeated)
        if found is None and "://" in text and re.search(r"freq|frequency|interval|periodicity", text, re.IGNORECASE):
            found = vocabularies.frequencies().find(last.rsplit("#", 1)[-1])
        if found:
            return Term(found.uri or found.code, known=True)
    return Term(given[0], known=False) if given else _NOTHING


def language(*values: object) -> Term:
    """Return the ISO 639-1 code of a language, however it is written (``fr-FR``, ``fra``, a URI)."""
    return _language(_given(values))


@lru_cache(maxsize=4096)
def _language(given: tuple[str, ...]) -> Term:
    for text in given:
        found = vocabularies.languages().find_first(text, text.replace("_", "-").split("-", 1)[0])
        if found:
            return Term(found.code, known=True)
    return Term(given[0], known=False) if given else _NOTHING


def access_right(*values: object) -> Term:
    """Return the URI of an access right (public, restricted, not public), or what is said of it."""
    given = _given(values)
    found = vocabularies.access_rights().find_first(*given)
    if found:
        return Term(found.uri, known=True)
    return Term(given[0], known=False) if given else _NOTHING


def keywords(values: Iterable[object], *, joined: bool = False) -> tuple[str, ...]:
    """Return keywords as people wrote them, each once.

    Several keywords in one text are told apart when the text is the only one (``joined``: whenever it has commas,
    semicolons, bars or lines), since « Agriculture, pêche » among others is one keyword.
    """
    texts = [visible(value).strip() for value in values if value is not None]
    if joined or len(texts) == 1:
        texts = [part for text in texts for part in _SPLIT.split(text)]
    found: dict[str, str] = {}
    for text in texts:
        word = one_line(text).strip(' ,;"«»')
        if word.casefold() not in _NO_VALUE - {"na", "nc", "inconnu", "unknown"}:
            found.setdefault(word.casefold(), word)
    return tuple(found.values())
