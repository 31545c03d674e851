"""What the base plugin wires of the search in French."""

from __future__ import annotations

import ckan.plugins.toolkit as tk

from ckanext.ca3b.search.indexing import add_titles
from ckanext.ca3b.search.query import PARSER, adapt
from ckanext.ca3b.search.suggestions import add_suggestions, of_page

__all__ = ["adapt", "add_suggestions", "add_titles", "of_page", "set_defaults"]

_ALLOWED = "ckan.search.solr_allowed_query_parsers"


def set_defaults(config: tk.CKANConfig) -> None:
    """Let CKAN pass the parser that plain words are given to, beside those the operator allows."""
    allowed = tk.aslist(config.get(_ALLOWED))
    if PARSER not in allowed:
        config[_ALLOWED] = [*allowed, PARSER]
