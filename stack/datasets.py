"""What the demonstration publishes: the communes of the agglomeration, as the INSEE, the DGCL and the IGN tell them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ckanext.ca3b import vocabularies
from ckanext.ca3b.territory.core.export import to_csv, to_geojson_text, to_row

from . import geodata

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.territory.core import Commune, Epci, Territory

SOURCE = "https://www.npmjs.com/package/@etalab/decoupage-administratif"
ORIGIN = (
    "Sources : INSEE et DGCL pour les codes, les noms et les populations, par le paquet "
    "« @etalab/decoupage-administratif » ; IGN Admin Express pour les contours."
)
OUTLINES_ORIGIN = (
    "Contours d'IGN Admin Express (2018), simplifiés et arrondis à cinq décimales de degré ; ils n'ont pas de valeur "
    "juridique."
)
# The populations in force in 2026: those of the package.
IN_FORCE = [{"start": "2026-01-01", "end": "2026-12-31"}]
# How many communes have a dataset of their own: enough to see a map of what is published where.
OF_ONE_COMMUNE = 6


def datasets(epci: Epci, territory: Territory) -> list[dict[str, Any]]:
    """The datasets of the demonstration, all real, each with its files as ``{"name": …, "path": …, "content": …}``."""
    communes = [commune.insee_code for commune in epci.members]
    drawn = geodata.has_outlines(territory)
    common = {"owner_org": epci.slug, "communes": communes, "documentation": [SOURCE], "frequency_code": "ANNUAL"}
    populations = common | {"temporal_coverage": IN_FORCE, "provenance": ORIGIN}
    csv_file = {"name": "Communes, populations et codes postaux", "format": "CSV", "path": "communes.csv",
                "content": to_csv(territory)}  # fmt: skip
    geojson_file = {"name": "Contours des communes", "format": "GeoJSON", "path": "communes.geojson",
                    "content": to_geojson_text(territory)}  # fmt: skip
    return [
        *([_places(common, epci, territory), *_of_one_commune(epci, territory)] if drawn else []),
        populations | _high_value() | {
            "name": f"communes-{epci.slug}",
            "title": "Communes de l'agglomération : codes et contours",
            "notes": f"Les {len(communes)} communes membres de {epci.usual_name} : code INSEE, nom, SIREN, "
            f"codes postaux, population et contour.\n\n{ORIGIN}",
            "theme_code": "REGI",
            "tags": ["communes", "limites administratives", "code INSEE"],
            "provenance": f"{ORIGIN} {OUTLINES_ORIGIN}",
            "files": [geojson_file, csv_file],
        },
        populations | {
            "name": f"populations-{epci.slug}",
            "title": "Populations des communes de l'agglomération",
            "notes": "Population municipale et population totale de chaque commune, au dernier recensement publié.\n\n"
            + ORIGIN,
            "theme_code": "SOCI",
            "tags": ["population", "habitants", "recensement"],
            "files": [csv_file | {"name": "Populations par commune", "path": "populations.csv"}],
        },
        common | {
            "name": f"codes-postaux-{epci.slug}",
            "title": "Codes postaux des communes de l'agglomération",
            "notes": f"À quelle commune correspond un code postal ? Une ligne par commune.\n\n{ORIGIN}",
            "theme_code": "REGI",
            "tags": ["code postal", "adresse"],
            "files": [csv_file | {"name": "Codes postaux par commune", "path": "codes-postaux.csv"}],
        },
    ]  # fmt: skip


def _places(common: dict[str, Any], epci: Epci, territory: Territory) -> dict[str, Any]:
    """Points in a table and outlines in Lambert-93: the two kinds of files that agents send for a map."""
    return common | {
        "name": f"centres-{epci.slug}",
        "title": "Centre et contour de chaque commune, pour les cartes",
        "notes": "Un point à l'intérieur de chaque commune, en longitude et latitude, et les contours en Lambert-93, "
        f"comme un bureau d'études les demande.\n\n{ORIGIN}",
        "theme_code": "REGI",
        "tags": ["communes", "carte", "Lambert-93"],
        "reference_system": [vocabularies.reference_systems().uri("2154")],
        "provenance": OUTLINES_ORIGIN,
        "files": [
            {"name": "Centres des communes", "format": "CSV", "path": "centres.csv",
             "content": geodata.centres_csv(territory)},
            {"name": "Contours des communes en Lambert-93", "format": "SHP", "path": "communes-lambert-93.zip",
             "content": geodata.outlines_shapefile(territory)},
        ],
    }  # fmt: skip


def _high_value() -> dict[str, Any]:
    """What makes the limits of communes high-value data: the annex of regulation (EU) 2023/138, and INSPIRE."""
    return {
        "hvd_category": [vocabularies.hvd_categories().uri("c_9427236f")],
        "inspire_theme": [vocabularies.inspire_themes().uri("au")],
        "reference_system": [vocabularies.reference_systems().uri("4326")],
    }


def _of_one_commune(epci: Epci, territory: Territory) -> Iterator[dict[str, Any]]:
    """The limits of the most populated communes, each published by itself."""
    by_size = sorted(epci.members, key=lambda commune: commune.municipal_population or 0, reverse=True)
    for commune in by_size[:OF_ONE_COMMUNE]:
        if outline := territory.outline(commune.insee_code):
            yield {
                "name": f"limites-{commune.slug}",
                "title": f"Limites de la commune : {commune.name}",
                "notes": f"Le contour de la commune de {commune.name} ({commune.insee_code}), avec ses codes et sa "
                f"population.\n\n{ORIGIN}",
                "owner_org": commune.slug,
                "communes": [commune.insee_code],
                "documentation": [SOURCE],
                "frequency_code": "ANNUAL",
                "theme_code": "REGI",
                "tags": ["limites administratives", "contour"],
                "provenance": OUTLINES_ORIGIN,
                "files": [{"name": "Contour de la commune", "format": "GeoJSON", "path": f"{commune.slug}.geojson",
                           "content": _outline(commune, outline)}],
            }  # fmt: skip


def _outline(commune: Commune, outline: dict[str, Any]) -> str:
    feature = {"type": "Feature", "properties": to_row(commune), "geometry": outline}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False) + "\n"
