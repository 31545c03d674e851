"""What the page of results adds to CKAN's: facets in the words of the portal, and its orders."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk

from ckanext.ca3b import labels

_VOCABULARIES = {"vocab_theme": "themes", "vocab_hvd": "hvd_categories", "license_id": "licences"}


def facets(present: OrderedDict[str, Any]) -> OrderedDict[str, Any]:
    """Return the facets of the portal in the order of what people look for; others that plugins add come last.

    Tags and groups are left out: keywords are searched by their words and themes have their own facet.
    """
    ours = OrderedDict(
        vocab_communes=tk._("Commune"),
        # Singular and plural are one entry of the catalogue: _() does not find it on the 3.11.2 of Debian 12.
        vocab_theme=tk.ungettext("Theme", "Themes", 1),
        res_format=tk._("Format"),
        license_id=tk._("Licence"),
        organization=tk._("Producer"),
        vocab_hvd=tk._("High-value data"),
    )
    return OrderedDict({**ours, **{k: v for k, v in present.items() if k not in {*ours, "tags", "groups"}}})


def facet_label(
    field: str, value: str, search_facets: dict[str, Any] | None = None, display_name: str | None = None
) -> str:
    """Return the words for one value of a facet: the vocabulary's, then the name CKAN gave it, then itself."""
    table = _VOCABULARIES.get(field)
    if table and (found := labels.label(table, value)):
        return found
    if display_name:
        return display_name
    items = ((search_facets or {}).get(field) or {}).get("items") or []
    return next((item["display_name"] for item in items if item["name"] == value), None) or _unlisted(field, value)


def _unlisted(field: str, value: str) -> str:
    """Name a filter that no result carries, so that the facet of the results does not know it."""
    if field == "vocab_communes":
        from ckanext.ca3b.territory.current import current  # noqa: PLC0415  only for a filter without result

        commune = current().communes.get(value)
        return commune.name if commune else value
    return value


def sorting() -> list[tuple[str, str]]:
    """Return the orders offered, as (words, Solr sort); popularity only when CKAN counts visits."""
    orders = [
        (tk._("Relevance"), "score desc, metadata_modified desc"),
        (tk._("Most recently updated"), "metadata_modified desc"),
    ]
    if p.plugin_loaded("tracking"):
        orders.append((tk._("Most viewed"), "views_recent desc"))
    return [*orders, (tk._("Title, A to Z"), "title_string asc")]
