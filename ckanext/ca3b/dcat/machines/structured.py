"""What search engines (schema.org) and machine learning tools (Croissant) read of a dataset, by ckanext-dcat.

Its helpers describe whatever they are given, and one dataset that they cannot describe takes its whole page with it:
they get what a visitor may have, and a page whose description fails goes without.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
import simplejson as json

from ckanext.ca3b import dataset_page, downloads
from ckanext.ca3b.dcat import texts
from ckanext.dcat.profiles.croissant import JSONLD_CONTEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

log = logging.getLogger(__name__)

CLOSED = "ca3b_closed"
#: Characters of a geometry beyond which a page is better without it.
_GEOMETRY = 20_000
_NOTHING = "{}"


@tk.chained_helper
def structured_data(next_helper: Callable[..., str], dataset_dict: dict[str, Any], profiles: Any = None) -> str:
    """Return the description of a dataset for search engines, as JSON-LD."""
    return _described(next_helper, dataset_dict, profiles)


@tk.chained_helper
def croissant(
    next_helper: Callable[..., str], dataset_dict: dict[str, Any], profiles: Any = None, jsonld_context: Any = None
) -> str:
    """Return the description of a dataset in Croissant, as JSON-LD; its texts are in French.

    The language is said once framed: before, a text without language would be no plain text any more.
    """
    context = {name: one for name, one in (jsonld_context or JSONLD_CONTEXT).items() if name != "@language"}
    found = json.loads(_described(next_helper, dataset_dict, profiles, context))
    if isinstance(found.get("@context"), dict):
        found["@context"] = {"@language": "fr", **found["@context"]}
    return json.dumps(found, indent=1, cls=json.JSONEncoderForHTML)


def get_helpers() -> dict[str, Any]:
    """Return those whose plugin of ckanext-dcat is there."""
    chained = {"structured_data": structured_data, "croissant": croissant}
    return {name: helper for name, helper in chained.items() if p.plugin_loaded(name)}


def given(dataset: Mapping[str, Any]) -> dict[str, Any]:
    """Return a dataset with what is told of it: open files at addresses that last, texts without control characters."""
    files = [_file(one) for one in dataset.get("resources") or [] if not one.get(CLOSED)]
    found = {**_cleared(dict(dataset)), "resources": files}
    found["license_url"] = (dataset_page.licence(dict(dataset)) or {}).get("url") or found.get("license_url")
    found["language"] = found.get("language") or ["fr"]
    if len(str(found.get("spatial") or "")) > _GEOMETRY:
        found.pop("spatial")
    return found


def _file(resource: Mapping[str, Any]) -> dict[str, Any]:
    found = _cleared(dict(resource))
    kind = dataset_page.file_kind(found)
    if kind == "download":
        address = downloads.download_url(found, external=True)
        return {**found, "url": address, "download_url": address}
    return {**found, "download_url": found["url"]} if kind == "remote" else found


def _cleared(value: Any) -> Any:
    if isinstance(value, str):
        return texts.clear(value)
    if isinstance(value, dict):
        return {key: _cleared(one) for key, one in value.items()}
    return [_cleared(one) for one in value] if isinstance(value, list) else value


def _described(helper: Callable[..., str], dataset: dict[str, Any], *more: Any) -> str:
    try:
        return helper(given(dataset), *more)
    except Exception:  # whatever a description fails on, the page is for people
        log.exception("The dataset %s cannot be described for search engines", dataset.get("id"))
        return _NOTHING
