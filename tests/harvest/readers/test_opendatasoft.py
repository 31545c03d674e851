"""An Opendatasoft portal is read by its Explore API, the new or the old one."""

from __future__ import annotations

from .serving import ANSWERS, answer, by_title, codes, read_at, read_file, serving

FOUND = answer("ods_catalog_v21.json")


def portal(method, path, query):
    """Answer as Explore v2.1: two datasets a page."""
    if path == "/api/explore/v2.1/catalog/datasets":
        start = int(query["offset"])
        return {"total_count": 3, "results": FOUND["results"][start : start + 2]}
    return "<html><title>Portail</title></html>" if "api" not in path else None


def test_a_portal_is_read_whole_in_an_order_that_does_not_move():
    with serving(portal) as site:
        reading = read_at(f"{site.address}/explore/?sort=modified")
        orders = {query["order_by"] for _, path, query in site.asked if path.endswith("v2.1/catalog/datasets")}
    assert (reading.kind, reading.pages, reading.complete) == ("opendatasoft", 2, True)
    assert [each.identifier for each in reading.datasets] == ["arbres-urbains", "comptes-rendus", "hors-service@public"]
    assert orders == {"dataset_id"}


def test_what_a_dataset_says_is_told_in_our_words():
    with serving(portal) as site:
        found = by_title(read_at(site.address))["Arbres urbains"]
        here = f"{site.address}/api/explore/v2.1/catalog/datasets/arbres-urbains"
    assert found.description == (
        "Les arbres & les haies de la ville. [En savoir plus](https://www.bourg.example/arbres)"
    )
    assert found.keywords == ("arbres d'alignement", "parcs/jardins")
    assert found.license == "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
    assert (found.spatial[0].label, found.spatial[0].codes) == ("Bourg-en-Bresse", ("01053",))
    assert found.spatial[1].bbox == (5.19, 46.18, 5.27, 46.23)
    assert [(one.start, one.end) for one in found.temporal] == [("2018", "2024")]
    assert found.contact.email == "opendata@bourg.example"
    assert found.raw["custom"] == {"numero-de-lot": "L3"}
    assert found.raw["dcat"] == {"granularity": "arbre", "dataquality": "Relevé de terrain"}
    assert [(one.format, one.url) for one in found.resources] == [
        ("CSV", f"{here}/exports/csv?use_labels=true"),
        ("JSON", f"{here}/exports/json"),
        ("XLSX", f"{here}/exports/xlsx?use_labels=true"),
        ("GeoJSON", f"{here}/exports/geojson"),
        ("SHP", f"{here}/exports/shp"),
        ("ZIP", "https://fichiers.bourg.example/arbres_lambert93.zip"),
        ("PDF", f"{here}/attachments/notice_pdf"),
    ]


def test_a_dataset_without_records_has_only_the_files_attached_to_it():
    found = by_title(read_file(ANSWERS / "ods_catalog_v21.json"))["Comptes rendus"]
    assert [one.format for one in found.resources] == ["CSV"]
    assert [(one.start, one.end) for one in found.temporal] == [("2024-01-01", "2024-12-31")]


def test_a_value_that_is_not_understood_is_kept_and_said():
    reading = read_file(ANSWERS / "ods_catalog_v21.json")
    assert {"missing-title", "unknown-license", "unreadable-date"} <= codes(reading, "hors-service@public")
    found = reading.datasets[2]
    assert (found.license, found.raw["modified"]) == ("Licence maison", "hier")


def test_the_envelope_of_v2_0_and_the_search_of_v1_are_read_too():
    def old(method, path, query):
        if path != "/api/datasets/1.0/search":
            return None if "api" in path else "<html><title>Portail</title></html>"
        one = {
            "datasetid": "bancs",
            "has_records": True,
            "metas": {"title": "Bancs", "license": "Licence Ouverte v2.0"},
        }
        return {"nhits": 1, "datasets": [one] if query["start"] == "0" else []}

    with serving(old) as site:
        (found,) = read_at(site.address).datasets
    assert (found.identifier, found.title) == ("bancs", "Bancs")

    def wrapped(method, path, query):
        if path != "/api/v2/catalog/datasets":
            return None
        rows = [{"links": [], "dataset": one} for one in FOUND["results"]]
        return {"total_count": 3, "links": [], "datasets": rows}

    with serving(wrapped) as site:
        reading = read_at(f"{site.address}/api/v2/catalog/datasets")
    assert [each.identifier for each in reading.datasets] == ["arbres-urbains", "comptes-rendus", "hors-service@public"]
