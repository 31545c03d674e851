"""What the territory asks of CKAN and ckanext-spatial at start."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import ckan.plugins.toolkit as tk

from .indexing import FACET


def set_defaults(config: tk.CKANConfig) -> None:
    """Choose ckanext-spatial's search on real outlines, unless the operator chose another.

    Bounding boxes of neighbouring communes overlap: a search by box would answer with the neighbours.
    """
    config.setdefault("ckanext.spatial.search_backend", "solr-spatial-field")


def facets(facets_dict: OrderedDict[str, Any]) -> OrderedDict[str, Any]:
    """Return the facets with the communes covered in first place."""
    return OrderedDict({FACET: tk._("Communes covered"), **facets_dict})
