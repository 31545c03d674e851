"""The communes of an agglomeration as publishable files: CSV for spreadsheets, GeoJSON for maps."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .epci import Commune
    from .territory import Territory

COLUMNS: tuple[str, ...] = ("code_insee", "nom", "siren", "codes_postaux", "population_municipale", "population_totale")


def to_row(commune: Commune) -> dict[str, Any]:
    """Return the published facts of a commune, by the names of COLUMNS; postal codes as a list."""
    return {
        "code_insee": commune.insee_code,
        "nom": commune.name,
        "siren": commune.siren,
        "codes_postaux": list(commune.postal_codes),
        "population_municipale": commune.municipal_population,
        "population_totale": commune.total_population,
    }


def to_csv(territory: Territory) -> str:
    """Return the members as CSV: semicolons, one header, CRLF, postal codes separated by a comma."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, delimiter=";")
    writer.writeheader()
    for commune in territory.epci.members:
        row = to_row(commune)
        writer.writerow({**row, "codes_postaux": ",".join(row["codes_postaux"])})
    return buffer.getvalue()


def to_geojson_text(territory: Territory) -> str:
    """Return the members as a GeoJSON FeatureCollection; geometry is null where the outline is unknown."""
    features = [
        {"type": "Feature", "properties": to_row(commune), "geometry": territory.outline(commune.insee_code)}
        for commune in territory.epci.members
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"
