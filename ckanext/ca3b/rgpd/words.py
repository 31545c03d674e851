"""Headers and titles as plain words, so that one vocabulary serves every way of writing them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=[0-9])|(?<=[0-9])(?=[a-zA-Z])")
_OTHER = re.compile(r"[^a-z0-9]+")
_SMALL = {"de", "du", "des", "la", "le", "les", "l", "d", "et", "a", "au", "aux", "en", "un", "une", "s", "the", "of"}
_HOME = Path(__file__).parent / "vocabulary"


def fold(text: str) -> str:
    """Give ``text`` without accents, in lower case."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


@lru_cache(maxsize=20_000)
def plain(header: str) -> str:
    """Give the words of ``header`` between spaces: « Nom de l'élève(s) » is ``" nom eleve "``."""
    text = unicodedata.normalize("NFKD", header.replace("œ", "oe").replace("’", " ").replace("'", " "))
    text = text.replace("°", " ").replace("º", " ")
    text = text.encode("ascii", "ignore").decode()
    text = re.sub(r"\b[Nn]\s*(?=[A-Za-z]+\s*$)", "n ", text) if text.startswith(("N ", "n ")) else text
    parts = (part for word in _OTHER.split(_CAMEL.sub(" ", text).lower()) for part in unglue(word))
    words = (_whole(_single(part)) for part in parts)
    return " " + " ".join(word for word in words if word and word not in _SMALL) + " "


@lru_cache(maxsize=20_000)
def _whole(word: str) -> str:
    """Give the word that ``word`` shortens, or itself."""
    lists = vocabulary("abbreviations")
    if word in lists["short"]:
        return lists["short"][word]
    if len(word) < _CUT_SHORT:
        return word
    found = [long for long in map(fold, lists["long"]) if long.startswith(word)]
    return found[0] if len(found) == 1 else word


_CUT_SHORT = 7


@lru_cache(maxsize=20_000)
def unglue(word: str) -> tuple[str, ...]:
    """Cut « nomusager » into the words of headers it is made of; anything else stays one word."""
    lists = vocabulary("glued")
    known, ends = frozenset(lists["words"]), frozenset(lists["ends"])
    if len(word) < _SHORTEST or len(word) > _LONGEST or word in known:
        return (word,)
    # The least cut of each beginning; a short word is known at an end only, where chance makes fewer.
    best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for stop in range(1, len(word) + 1):
        for start in range(stop):
            before, part = best[start], word[start:stop]
            told = part in known or (part in ends and (start == 0) != (stop == len(word)))
            if before is not None and told and (best[stop] is None or len(before) + 1 < len(best[stop] or ())):
                best[stop] = (*before, part)
    cut = best[-1]
    return cut if cut and any(len(part) > _TELLING for part in cut) else (word,)


_SHORTEST, _LONGEST, _TELLING = 5, 40, 2


def _single(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and word not in _KEPT else word


_KEPT = {
    "sexe",
    "iris",
    "acces",
    "gps",
    "rns",
    "nss",
    "rpps",
    "insee",
    "prix",
    "taux",
    "voix",
    "lieux",
    "box",
    "nais",
    "naiss",
}


@lru_cache(maxsize=1000)
def _phrase(text: str) -> str:
    return plain(text)


def says(header: str, phrases: Iterable[str]) -> bool:
    """Tell whether ``header`` holds one of ``phrases``, as whole words."""
    words = plain(header)
    return any(_phrase(phrase) in words for phrase in phrases if _phrase(phrase).strip())


@lru_cache(maxsize=50)
def vocabulary(name: str) -> dict[str, Any]:
    """Read ``vocabulary/<name>.yaml``."""
    # The same as safe_load, read by C.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((_HOME / f"{name}.yaml").read_text("utf-8"), Loader=loader)  # noqa: S506 - both are safe
