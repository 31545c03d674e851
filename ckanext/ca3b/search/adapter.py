"""What the base plugin wires of the search in French."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b.search import query
from ckanext.ca3b.search.indexing import add_titles
from ckanext.ca3b.search.suggestions import add_suggestions, of_page
from ckanext.ca3b.territory.core.boxes import read_box

__all__ = ["adapt", "add_suggestions", "add_titles", "of_page", "set_defaults"]

_ALLOWED = "ckan.search.solr_allowed_query_parsers"


def set_defaults(config: tk.CKANConfig) -> None:
    """Let CKAN pass the parser that plain words are given to, beside those the operator allows."""
    allowed = tk.aslist(config.get(_ALLOWED))
    if query.PARSER not in allowed:
        config[_ALLOWED] = [*allowed, query.PARSER]


def adapt(search_params: dict[str, Any]) -> dict[str, Any]:
    """Return the search parameters with words in French prepared; for ``before_dataset_search``."""
    search_params = _without_wrong_box(search_params)
    by_box = (search_params.get("extras") or {}).get("ext_bbox")
    if by_box and tk.config.get("ckanext.spatial.search_backend") == "solr-bbox":
        # That backend ranks by overlap with a parser of its own choice for the whole query.
        return search_params
    return query.adapt(search_params)


def _without_wrong_box(search_params: dict[str, Any]) -> dict[str, Any]:
    """Forget a box that is none: ckanext-spatial fails on some, and folds others to somewhere else."""
    extras = search_params.get("extras") or {}
    if "ext_bbox" not in extras or read_box(extras["ext_bbox"]):
        return search_params
    return {**search_params, "extras": {key: value for key, value in extras.items() if key != "ext_bbox"}}
