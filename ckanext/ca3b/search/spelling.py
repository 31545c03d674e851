"""Candidates for a query that finds little: unknown words corrected, or one word fewer, written as in the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from attrs import frozen

from ckanext.ca3b.search.french import ELIDED, fold, singular

_WORD = re.compile(r"[^\W_]+")
_ELISION = re.compile(rf"\b(?:{'|'.join(sorted(ELIDED))})['’]", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+)(?:[^\W_]{1,2}['’])?$")
_MAX_WORDS = 8
_PER_WORD = 3


@frozen
class Spelling:
    """What Solr's spellchecker knows of one word of a query (lower case, no accents)."""

    word: str
    known: bool
    corrections: tuple[str, ...] = ()


def read_spellcheck(spellcheck: Mapping[str, Any]) -> dict[str, Spelling]:
    """Return the spelling of each word that Solr speaks of, from the ``spellcheck`` part of its extended answer.

    Solr's JSON alternates words and descriptions in one list, or maps them, depending on ``json.nl``.
    """
    raw = spellcheck.get("suggestions") or []
    pairs = raw.items() if isinstance(raw, Mapping) else zip(raw[::2], raw[1::2], strict=False)
    found: dict[str, Spelling] = {}
    for word, description in pairs:
        if isinstance(description, Mapping):
            corrections = tuple(item["word"] for item in description.get("suggestion", []) if isinstance(item, Mapping))
            found[word] = Spelling(word, bool(description.get("origFreq")), corrections[:_PER_WORD])
    return found


def words_of(query: str) -> list[str]:
    """Return the words of a query in lower case and singular, without accents, as the spellchecker keeps them."""
    return [singular(fold(word)) for word in _WORD.findall(_ELISION.sub("", query))]


def candidates(query: str, spellings: Mapping[str, Spelling], stopwords: Iterable[str] = ()) -> list[str]:
    """Return the queries worth trying in place of ``query``, the likeliest first; none for very long ones.

    First every unknown word corrected, then one word left out: unknown words without a correction before others.
    """
    words = words_of(query)
    ignored = frozenset(stopwords)
    useful = [word for word in words if word not in ignored]
    if not useful or len(words) > _MAX_WORDS:
        return []
    options = [spellings[word].corrections if word in spellings else () for word in words]
    tries: list[str] = []
    if any(options):
        choices = [corrections or (word,) for word, corrections in zip(words, options, strict=True)]
        ranked = sorted(product(*(tuple(enumerate(choice)) for choice in choices)), key=_rank)
        tries += [" ".join(word for _, word in choice) for choice in ranked[: 2 * _PER_WORD]]
    if len(useful) > 1:
        order = sorted(range(len(useful)), key=lambda index: _solid(spellings.get(useful[index])))
        tries += [" ".join(useful[:index] + useful[index + 1 :]) for index in order]
    return [attempt for attempt in dict.fromkeys(tries) if attempt != " ".join(words)]


def _rank(choice: Sequence[tuple[int, str]]) -> int:
    return sum(rank for rank, _ in choice)


def _solid(spelling: Spelling | None) -> bool:
    return spelling is None or spelling.known


def as_written(query: str, original: str, texts: Iterable[str], names: Iterable[str] = ()) -> str:
    """Return a query with the accents and capitals that its words have in ``texts``, else in the ``original`` query.

    Corrections are singular, in lower case and without accents: "velo" becomes "vélo" where the texts say "vélos".
    Words of the original query stay as they were typed. ``names`` are proper names, whose capitals all matter.
    """
    typed = {singular(fold(word)): word for word in _WORD.findall(original)}
    seen: dict[str, str] = {}
    for name in names:
        seen.update({fold(word): word for word in _WORD.findall(name)})
    for text in texts:
        for match in _WORD.finditer(text):
            word = match.group()
            # A capital says something (a name) unless the sentence begins there.
            if word.istitle() and _SENTENCE_START.search(text[: match.start()]):
                word = word.lower()
            seen.setdefault(fold(word), word)
    return " ".join(typed.get(word) or seen.get(word) or _without_plural(word, seen) for word in query.split())


def _without_plural(word: str, seen: Mapping[str, str]) -> str:
    for ending in ("s", "x"):
        plural = seen.get(word + ending)
        if plural:
            # The s of "Péronnas" is not a plural.
            return plural if plural[0].isupper() else plural[:-1]
    return word
