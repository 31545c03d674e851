"""Facets hold codes, whatever the dataset says and however long its rows are."""

from __future__ import annotations

from ckan.tests.helpers import call_action

FACETS = ["vocab_theme", "vocab_hvd", "vocab_communes", "license_id", "res_format"]


def facets():
    return call_action("package_search", **{"facet.field": FACETS, "facet.limit": -1})["facets"]


def test_facets_are_codes(publish):
    publish(
        theme=["Environnement", "Transports"],
        hvd_category=["Adresses"],
        resources=[{"url": "https://x.fr/a.csv"}, {"url": "https://x.fr/b", "format": "text/csv"}],
    )
    assert facets() == {
        "vocab_theme": {"ENVI": 1, "TRAN": 1},
        # Addresses are geospatial data.
        "vocab_hvd": {"c_c3de25e4": 1, "c_ac64a52d": 1},
        "vocab_communes": {"01451": 1},
        "license_id": {"lov2": 1},
        "res_format": {"CSV": 1},
    }


def test_rows_of_any_length_are_indexed_and_come_back(publish):
    ring = [[5 + n / 10000, 46 + n / 20000] for n in range(3000)]
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    contacts = [{"name": f"Service {n}", "email": f"s{n}@viriat.fr"} for n in range(300)]
    services = [{"title": "API", "endpoint_url": ["https://x.fr/api"]}]
    publish(
        spatial_coverage=[{"text": "Quelque part", "geom": geometry}],
        contact=contacts,
        resources=[{"url": "https://x.fr/a.csv", "access_services": services, "language": ["français"]}],
    )
    (found,) = call_action("package_search", q="verre")["results"]
    assert found["contact"] == contacts
    assert found["spatial_coverage"][0]["text"] == "Quelque part"
    assert found["resources"][0]["access_services"] == services
