"""A Data Fair portal is read by its API."""

from __future__ import annotations

from .serving import answer, by_title, codes, read_at, serving

FOUND = answer("datafair_datasets.json")


def portal(method, path, query):
    """Answer as Data Fair: two datasets a page."""
    if path == "/data-fair/api/v1/catalog/datasets":
        page = int(query["page"])
        return {**FOUND, "results": FOUND["results"][2 * page - 2 : 2 * page]}
    if path == "/data-fair/api/v1/datasets/plu":
        return FOUND["results"][2]
    return "<html><title>Portail</title></html>" if "api" not in path else None


def test_a_portal_is_read_whole_from_its_home():
    with serving(portal) as site:
        reading = read_at(f"{site.address}/")
    assert (reading.kind, reading.pages, reading.complete) == ("datafair", 2, True)
    assert list(by_title(reading)) == ["Aires de jeux", "Parcs", "Plan local d’urbanisme"]


def test_what_a_dataset_says_is_told_in_our_words():
    with serving(portal) as site:
        found = by_title(read_at(f"{site.address}/datasets"))["Aires de jeux"]
    assert found.license == "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
    assert found.publisher.name == "Commune de Polliat"
    assert found.modified == "2024-01-15T10:00:00+00:00"
    assert (found.themes, found.keywords) == (("Sport & loisirs",), ("jeux d'enfants",))
    assert [place.bbox or place.label for place in found.spatial] == ["Polliat", (5.1, 46.2, 5.2, 46.3)]
    base = "https://opendata.polliat.example/data-fair/api/v1/datasets/x1y2z3a4b5"
    assert [(one.format, one.url.removeprefix(base)) for one in found.resources] == [
        ("XLSX", "/raw"),
        ("CSV", "/full"),
        ("GeoJSON", "/lines?format=geojson&size=10000"),
        ("PDF", "/metadata-attachments/plan.pdf"),
    ]
    assert found.resources[0].checksum == "md5:900150983cd24fb0d6963f7d28e17f72"


def test_lines_edited_in_the_portal_are_exported_and_a_bare_description_has_its_links_only():
    with serving(portal) as site:
        found = by_title(read_at(site.address))
        assert [one.url for one in found["Parcs"].resources] == [
            f"{site.address}/data-fair/api/v1/datasets/liste-parcs/lines?format=csv&size=10000"
        ]
    assert [one.url for one in found["Plan local d’urbanisme"].resources] == [
        "https://www.geoportail-urbanisme.gouv.fr/map/"
    ]


def test_one_dataset_by_its_page():
    with serving(portal) as site:
        reading = read_at(f"{site.address}/datasets/plu")
    assert [each.identifier for each in reading.datasets] == ["plu"]
    assert "missing-license" in codes(reading, "plu")
