"""The synonyms file: written by people with accents, plurals and articles, compiled to the words Solr compares."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from ckanext.ca3b.search.french import analyse

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEADER = (
    "# Compiled by ckanext-ca3b from the synonyms file in French: edit that one and build the configuration again.\n"
)


class SynonymsError(ValueError):
    """A line of the synonyms file cannot be understood; the message names the line."""


def compile_synonyms(text: str, stopwords: Iterable[str] = (), protected: Iterable[str] = ()) -> str:
    """Return Solr's ``synonyms.txt`` for a file of synonyms in plain French.

    Each line is either ``a, b, c`` (every one finds the others) or ``a, b => c, d`` (searching a or b also finds c
    and d, not the reverse). ``#`` starts a comment. Words are reduced as Solr's query analyser reduces them.

    Raises:
        SynonymsError: a line has one expression only, or nothing is left of one of its sides.

    """
    stopwords, protected = frozenset(stopwords), frozenset(protected)
    compiled = [_HEADER]
    for number, raw in zip(count(1), text.splitlines(), strict=False):
        line = raw.split("#", 1)[0].strip()
        if line:
            left, arrow, right = line.partition("=>")
            sources = _side(left, stopwords, protected)
            targets = _side(right, stopwords, protected)
            if (
                not sources
                or (arrow and not targets)
                or (not arrow and len([part for part in left.split(",") if part.strip()]) < 2)
            ):
                raise SynonymsError(
                    f"Synonymes, ligne {number} : « {line} » ne relie pas deux expressions. "
                    "Écrivez par exemple « vélo, bicyclette » ou « poubelle => collecte des déchets »."
                )
            compiled += _rules(sources, targets, both_ways=not arrow)
    return "\n".join(compiled) + "\n"


def _side(text: str, stopwords: frozenset[str], protected: frozenset[str]) -> list[str]:
    expressions = (" ".join(analyse(part, stopwords, protected)) for part in text.split(","))
    return list(dict.fromkeys(expression for expression in expressions if expression))


def _rules(sources: list[str], targets: list[str], *, both_ways: bool) -> list[str]:
    if both_ways:
        return [", ".join(sources)] if len(sources) > 1 else []
    # Solr replaces the left side by the right one; what was typed must still be found.
    return [f"{source} => {', '.join(dict.fromkeys([source, *targets]))}" for source in sources]
