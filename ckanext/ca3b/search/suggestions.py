"""Spelling suggestions of a search that finds little: every one proposed has been tried and finds more."""

from __future__ import annotations

import logging
import time
from functools import cache
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import pysolr
from ckan.lib.search.common import make_connection

from ckanext.ca3b.search.conf import packaged, read_words
from ckanext.ca3b.search.query import clean, typed
from ckanext.ca3b.search.spelling import Spelling, as_written, candidates, read_spellcheck, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)

#: Fewer results than this, and suggestions are looked for.
FEW = 3
#: Suggestions shown.
SHOWN = 2
#: Seconds after which no other candidate is tried.
PATIENCE = 1.0
#: Solr's handler with the spellchecker, as the packaged ``solrconfig.xml`` names it.
HANDLER = "spell"
_TRIES = 6
_NESTED = "ext_ca3b_suggested"
_complained: set[str] = set()


def add_suggestions(results: dict[str, Any], search_params: Mapping[str, Any]) -> dict[str, Any]:
    """Add ``suggestions`` to the results of ``package_search`` when words were given and few datasets found.

    Each suggestion is ``{"query": "vélo", "count": 3}``: words, and how many datasets the same visitor finds with them
    under the same filters. For ``after_dataset_search``; nothing is added in other cases.
    """
    query = typed(search_params)
    count = results.get("count", 0)
    if not query or count >= FEW or (search_params.get("extras") or {}).get(_NESTED):
        return results
    results["suggestions"] = _suggest(query, count, search_params)
    if tk.request:
        # The search page hands only the datasets to its template.
        tk.g.ca3b_search_suggestions = {"query": query, "suggestions": results["suggestions"]}
    return results


def of_page(query: str | None) -> list[dict[str, Any]]:
    """Return the suggestions found while the current page searched for ``query``."""
    found = getattr(tk.g, "ca3b_search_suggestions", None)
    return found["suggestions"] if found and query and found["query"] == clean(query) else []


def _suggest(query: str, count: int, search_params: Mapping[str, Any]) -> list[dict[str, Any]]:
    end = time.monotonic() + PATIENCE
    spellings = spell(query)
    if spellings is None:
        return []
    if count:
        # Something was found: only a word that the catalogue does not know is worth a remark.
        spellings = {word: spelling for word, spelling in spellings.items() if not spelling.known}
        if not spellings:
            return []
    found: list[dict[str, Any]] = []
    for candidate in candidates(query, spellings, _stopwords())[:_TRIES]:
        if time.monotonic() > end or len(found) == SHOWN:
            break
        result = _try(candidate, search_params)
        if result["count"] > count:
            written = as_written(candidate, query, *_words_of(result["results"]))
            found.append({"query": written, "count": result["count"]})
    return found


def spell(query: str) -> dict[str, Spelling] | None:
    """Ask Solr about the words of a query; ``None`` when this Solr has no spellchecker or does not answer in time."""
    connection = make_connection()
    connection.timeout = 1  # second
    words = " ".join(words_of(query))
    try:
        answer = connection.search("*:*", search_handler=HANDLER, rows=0, **{"spellcheck.q": words})
    except pysolr.SolrError as error:
        # A core made from CKAN's own configuration has no such handler: no suggestions, and the log is not flooded.
        if connection.url not in _complained:
            _complained.add(connection.url)
            log.warning("No spelling suggestions: Solr's handler /%s failed (%s)", HANDLER, str(error)[:200])
        return None
    return read_spellcheck(answer.spellcheck or {})


def _try(query: str, search_params: Mapping[str, Any]) -> dict[str, Any]:
    """Search as the current visitor, under the filters that applied."""
    filters = search_params.get("fq") or []
    return tk.get_action("package_search")({}, {
        "q": query, "fq_list": [filters] if isinstance(filters, str) else list(filters), "rows": 5,
        "facet": "false", _NESTED: True,
    })  # fmt: skip


def _words_of(datasets: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """Return the texts of datasets, and the names of their publishers."""
    texts: list[str] = []
    for dataset in datasets:
        texts += [dataset.get("title") or "", dataset.get("notes") or ""]
        texts += [tag["name"] for tag in dataset.get("tags", [])]
        texts += [group.get("title") or "" for group in dataset.get("groups", [])]
    return texts, [(dataset.get("organization") or {}).get("title") or "" for dataset in datasets]


@cache
def _stopwords() -> frozenset[str]:
    return frozenset(read_words(packaged("stopwords.txt")))
