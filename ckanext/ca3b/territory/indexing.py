"""Communes of a dataset in the search index: a facet, the words of their names, the ground they cover.

``vocab_communes`` holds INSEE codes (the dynamic field ``vocab_*`` of CKAN's schema is multi-valued
and makes facets); names are put in their place when results are shown.
"""

from __future__ import annotations

import json
import logging
from functools import lru_cache
from typing import Any

from . import queries
from .core import Territory, TerritoryError
from .core.organizations import AGGLOMERATION
from .current import current, current_or_none

log = logging.getLogger(__name__)

FACET = "vocab_communes"
# About twenty metres in France: Solr's own grid is coarser for anything the size of a commune.
INDEX_TOLERANCE = 0.0002


def index_dataset(dataset: dict[str, Any]) -> dict[str, Any]:
    """Add communes and geometry to the document that goes to Solr; for ``before_dataset_index``.

    A geometry given with the dataset is kept. Geometry is handed to ckanext-spatial's
    ``spatial_query`` through ``extras_spatial``, so our plugin comes before it in ``ckan.plugins``.
    """
    # The raw lists are not for Solr, whose dynamic field takes one value.
    stored = dataset.pop("communes", None)
    dataset.pop("extras_communes", None)
    try:
        territory = current()
        codes = covered(territory, stored, dataset.get("organization"))
        if codes:
            dataset[FACET] = codes
            if len(codes) < len(territory.communes):
                # Data of the whole agglomeration would otherwise answer every commune's name.
                dataset["extras_commune_names"] = ", ".join(territory.communes[code].name for code in codes)
            _add_geometry(dataset, territory, codes)
    except TerritoryError as error:
        # A wrong setting must not stop datasets from being saved; it is told at start and by the command.
        log.warning("Dataset %s indexed without its communes: %s", dataset.get("name"), error)
    return dataset


def covered(territory: Territory, stored: Any, organization: str | None) -> list[str]:
    """Return the INSEE codes of the members that a dataset covers.

    ``stored`` is the field ``communes`` as CKAN keeps it: a list or its JSON, of codes or names.
    Without it, the commune of the owner organisation, or all of them for the agglomeration's own.
    """
    found = [territory.find(value) for value in _values(stored)]
    codes = list(dict.fromkeys(commune.insee_code for commune in found if commune))
    if codes or not organization:
        return codes
    owner = queries.organization_fields(organization)
    if owner.get("kind") == AGGLOMERATION:
        return list(territory.communes)
    code = owner.get("insee_code", "")
    return [code] if code in territory.communes else []


def name_communes(results: dict[str, Any]) -> dict[str, Any]:
    """Give the communes of the facet their names; for ``after_dataset_search``."""
    items = results.get("search_facets", {}).get(FACET, {}).get("items", [])
    if items:
        territory = current_or_none()
        if territory is None:
            return results
        for item in items:
            if commune := territory.communes.get(item["name"]):
                item["display_name"] = commune.name
    return results


def _add_geometry(dataset: dict[str, Any], territory: Territory, codes: list[str]) -> None:
    if dataset.get("spatial") or dataset.get("extras_spatial"):
        return
    geometry = _geometry(territory, tuple(codes))
    if geometry:
        dataset["spatial"] = dataset["extras_spatial"] = geometry


@lru_cache(maxsize=512)
def _geometry(territory: Territory, codes: tuple[str, ...]) -> str | None:
    """Return GeoJSON text; most datasets cover one commune or all of them, so it is kept."""
    geometry = territory.geometry(codes, tolerance=INDEX_TOLERANCE)
    return json.dumps(geometry) if geometry else None


def _values(stored: Any) -> list[str]:
    if isinstance(stored, str):
        try:
            stored = json.loads(stored)
        except ValueError:
            stored = stored.split(",")
    if not isinstance(stored, list):
        stored = [] if stored is None else [stored]
    return [str(value) for value in stored if str(value).strip()]
