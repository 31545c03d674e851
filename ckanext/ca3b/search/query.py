"""What a citizen types, made into a query that Solr reads as it was meant.

CKAN's default parser (dismax) looks at words one by one in fields cut differently: "horaires de la mairie" then
demands "de" and "la" as titles or keywords, and "hôtel de ville" is never seen as one expression. The extended parser
on fields of one type does both right. Queries that name fields, or parsers, are left to CKAN as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The parser of Solr that plain words are given to; CKAN must allow it (``ckan.search.solr_allowed_query_parsers``).
PARSER = "edismax"
#: Fields of the same type, so that every word is looked for in any of them. ``text`` holds all the others.
QUERY_FIELDS = "title^4 text"
#: Up to two words, all; up to five, all but one; beyond, four fifths. The proportion of CKAN.
MINIMUM_MATCH = "2<-1 5<80%"
#: Queries of at most so many words need all of them, by ``MINIMUM_MATCH``.
ALL_NEEDED = 2
_ANY_WORD_OF = "{!edismax q.op=OR}"
_COMPOUND = re.compile(r"(?<![\w\"'’*?\-])[^\W_]+(?:-[\w'’]+)+(?![\w\"'’*?\-])")

_ALL = ("", "*:*", '""', "''")
_FIELDED = re.compile(r"(?:^|[\s(+\-!])[A-Za-z_][\w.\-]*:(?!//)(?=\S)")
_OPERATOR = re.compile(r"(?:^|[\s(])(?:AND|OR|NOT)(?=\s)|(?:^|\s)[+\-](?=[^\W_])")
_FRENCH_QUOTES = re.compile(r"[«»“”„]")
_SIGNS = re.compile(r"[:/\\{}\[\]^~&|!;,]")
_GROUPED = re.compile(r"\([^()]*\s(?:AND|OR|NOT)\s[^()]*\)")
_LONE_SIGNS = re.compile(r"(?:^|(?<=\s))[+\-*?.'’]+(?=\s|$)|\?+(?=\s|$)|[+\-]+(?=\s|$)")


def is_plain(query: str | None) -> bool:
    """Tell whether a query is only words, without the names of fields or parsers that CKAN's syntax allows."""
    text = (query or "").strip()
    return text not in _ALL and "{!" not in text and not _FIELDED.search(text)


def prepare(query: str | None) -> dict[str, Any]:
    """Return the parameters of CKAN's search that replace ``q``; empty when the query is to be left as it is."""
    if not query or not is_plain(query):
        return {}
    text = clean(query)
    if not text:
        return {"q": "*:*"}  # signs only: the same as no words
    if _OPERATOR.search(text):
        # "arbres OR haies", "budget -2023": the signs say which words are needed.
        return {"q": text, "defType": PARSER, "qf": QUERY_FIELDS, "mm": "0%"}
    words = {"qf": QUERY_FIELDS, "mm": MINIMUM_MATCH}
    if len(text.split()) <= ALL_NEEDED:
        # Every word is needed, which is how CKAN asks Solr to read words: most searches need nothing more.
        return {"q": text, "defType": PARSER, **words}
    # CKAN refuses the parameter q.op elsewhere, and without it the minimum of words would not apply. Solr reads the
    # parser's name inside q for its own parser only. CKAN spends about a millisecond on reading it too.
    return {"q": _ANY_WORD_OF + text, "defType": "lucene", **words}


def typed(search_params: Mapping[str, Any]) -> str | None:
    """Return the words, cleaned, that :func:`prepare` made a query of; ``None`` for any other search."""
    if (search_params.get("qf"), search_params.get("mm")) != (QUERY_FIELDS, MINIMUM_MATCH):
        return None
    return str(search_params.get("q") or "").removeprefix(_ANY_WORD_OF)


def clean(query: str) -> str:
    """Return the words of a plain query without the punctuation that Solr would take for syntax.

    Phrases between quotes, wildcards, leading + and -, and groups of words joined by AND, OR or NOT are kept.
    """
    text = _FRENCH_QUOTES.sub('"', query)
    if text.count('"') % 2:
        text = text.replace('"', " ")
    if not _GROUPED.search(text) or text.count("(") != text.count(")"):
        text = text.replace("(", " ").replace(")", " ")
    text = _LONE_SIGNS.sub(" ", _SIGNS.sub(" ", text))
    # "Bourg-en-Bresse" is one thing: as a phrase, it does not count for two words of a long query.
    text = '"'.join(part if quoted else _COMPOUND.sub(r'"\g<0>"', part) for quoted, part in _alternate(text.split('"')))
    return " ".join(text.split())


def _alternate(parts: list[str]) -> list[tuple[bool, str]]:
    """Tell the parts of a text split at its (even) quotes that are inside quotes."""
    return [(index % 2 == 1, part) for index, part in enumerate(parts)]


def adapt(search_params: dict[str, Any]) -> dict[str, Any]:
    """Return CKAN's search parameters with a plain query prepared; for ``before_dataset_search``.

    A caller who chose a parser, its fields or its minimum knows what they want: nothing is changed then.
    """
    if any(search_params.get(key) for key in ("qf", "mm", "defType")):
        return search_params
    return {**search_params, **prepare(search_params.get("q"))}
