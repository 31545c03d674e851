"""The same dataset in the words of each site's schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bench.catalogue import Record, territory
from ckanext.ca3b import vocabularies

Act = Callable[[str], Callable[[dict[str, Any]], Any]]

THEME = "http://publications.europa.eu/resource/authority/data-theme/"
THEMES = ("AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "JUST", "REGI", "SOCI", "TRAN")


@dataclass(frozen=True)
class Dialect:
    """How one site is filled.

    ``prepare`` creates organisations and groups with the actions it is handed, and returns the address of the
    organisation of each commune by INSEE code; ``dataset`` writes a record as the site's package_create wants it.
    """

    prepare: Callable[[Act], Mapping[str, str]]
    dataset: Callable[[Record, str], dict[str, Any]]


def _prepare_stock(act: Act) -> Mapping[str, str]:
    for theme in THEMES:
        act("group_create")({"name": theme.lower(), "title": theme})
    communes = territory().epci.members
    for commune in communes:
        act("organization_create")({"name": commune.slug, "title": commune.name})
    return {commune.insee_code: commune.slug for commune in communes}


def _common(record: Record, owner: str) -> dict[str, Any]:
    """What every CKAN schema has."""
    return {
        "name": record.name,
        "title": record.title,
        "notes": record.notes,
        "owner_org": owner,
        "tags": [{"name": tag} for tag in record.tags],
        "contact": [{"name": record.contact_name, "email": record.contact_email}],
        "temporal_coverage": [{"start": record.period[0], "end": record.period[1]}],
        "resources": [
            {"url": file.url, "name": file.title, "description": file.description, "format": file.format}
            for file in record.files
        ],
    }


def _stock(record: Record, owner: str) -> dict[str, Any]:
    commune = record.commune
    return _common(record, owner) | {
        "license_id": {"open": "other-open", "share-alike": "odc-odbl"}[record.licence],
        "publisher": [{"name": commune.name, "identifier": commune.siren}],
        "spatial_coverage": [{"uri": f"http://id.insee.fr/geo/commune/{commune.insee_code}", "text": commune.name}],
        "theme": [THEME + record.theme],
        "groups": [{"name": record.theme.lower()}],
    }


def _prepare_ours(act: Act) -> Mapping[str, str]:
    act("ca3b_territory_load")({})
    for theme in vocabularies.themes():
        act("group_create")({"name": theme.slug, "title": theme.label, "theme": theme.uri})
    return {commune.insee_code: commune.slug for commune in territory().epci.members}


def _ours(record: Record, owner: str) -> dict[str, Any]:
    # The publisher, the language and the groups of themes are filled by the portal itself, as they are for a clerk.
    return _common(record, owner) | {
        "license_id": {"open": "lov2", "share-alike": "odc-odbl"}[record.licence],
        "communes": [record.commune.insee_code],
        "frequency": record.frequency,
        "theme": [record.theme],
    }


DIALECTS = {"ours": Dialect(_prepare_ours, _ours), "stock": Dialect(_prepare_stock, _stock)}
