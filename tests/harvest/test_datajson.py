"""data.json as ArcGIS Hub, DKAN and others write it."""

# ruff: noqa: E501 - a case stays on one line
from __future__ import annotations

import json

import pytest

from tests.harvest.reading import codes, read_site, read_text, site

HUB = {
    "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld", "@type": "dcat:Catalog",
    "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
    "dataset": [{
        "@type": "dcat:Dataset", "identifier": "https://www.arcgis.com/home/item.html?id=0a1b&sublayer=0",
        "landingPage": "https://data-ville.hub.arcgis.com/datasets/0a1b_0", "title": "Points d’apport volontaire",
        "description": "<p>Emplacement des <b>bornes</b></p>", "keyword": ["déchets", "verre & papier"],
        "issued": "2020-03-04T10:11:12.000Z", "modified": "2024-05-03T10:11:12.000Z",
        "publisher": {"name": "Ville d’Exemple"}, "contactPoint": {"@type": "vcard:Contact", "fn": "sig", "hasEmail": "mailto:sig@a.fr"},
        "accessLevel": "public", "spatial": "5.1,46.1,5.3,46.3", "theme": ["geospatial"],
        "license": "<p>Sous <a href='https://www.etalab.gouv.fr/licence-ouverte-open-licence'>licence</a></p>",
        "distribution": [
            {"@type": "dcat:Distribution", "title": "ArcGIS GeoService", "format": "ArcGIS GeoServices REST API",
             "mediaType": "application/json", "accessURL": "https://services.arcgis.com/x/FeatureServer/0"},
            {"@type": "dcat:Distribution", "title": "CSV", "format": "CSV", "mediaType": "text/csv",
             "accessURL": "https://data-ville.hub.arcgis.com/datasets/0a1b_0.csv"},
        ],
    }],
}  # fmt: skip


def _reading(tmp_path, dataset, **catalogue):
    return read_text(tmp_path, json.dumps({**HUB, "dataset": [dataset], **catalogue}), "data.json")


def test_arcgis_hub(tmp_path):
    reading = read_text(tmp_path, json.dumps(HUB), "data.json")
    assert (reading.kind, reading.pages) == ("datajson", 1)
    (found,) = reading.datasets
    assert (found.title, found.description) == ("Points d’apport volontaire", "Emplacement des **bornes**")
    assert found.keywords == ("déchets", "verre & papier")
    assert found.license == "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
    assert (found.publisher.name, found.contact.email) == ("Ville d’Exemple", "sig@a.fr")
    assert found.spatial[0].bbox == (5.1, 46.1, 5.3, 46.3)
    assert [each.format for each in found.resources] == ["REST", "CSV"]
    assert found.modified.startswith("2024-05-03T10:11:12")


@pytest.mark.parametrize(
    ("written", "expected"), [("eau, air", ("eau", "air")), (["eau, air", "x"], ("eau, air", "x")), (None, ())]
)
def test_keywords_as_a_list_or_as_one_text(tmp_path, written, expected):
    (found,) = _reading(tmp_path, {"title": "Eau", "accessLevel": "public", "keyword": written}).datasets
    assert found.keywords == expected


def test_updated_every_day_is_a_frequency_where_a_date_stands(tmp_path):
    (found,) = _reading(tmp_path, {"title": "Eau", "identifier": "1", "modified": "R/P1D"}).datasets
    assert (found.modified, found.frequency.rsplit("/", 1)[-1]) == ("", "DAILY")


@pytest.mark.parametrize("spatial", [
    {"type": "Polygon", "coordinates": [[[5, 46], [6, 46], [6, 47], [5, 47], [5, 46]]]},
    {"type": "envelope", "coordinates": [[5, 47], [6, 46]]}, [[5, 46], [6, 47]], "5,46,6,47",
])  # fmt: skip
def test_extents(tmp_path, spatial):
    (found,) = _reading(tmp_path, {"title": "Eau", "identifier": "1", "spatial": spatial}).datasets
    assert found.spatial[0].bbox == (5, 46, 6, 47)


def test_the_first_version_writes_the_file_on_the_dataset(tmp_path):
    old = {"title": "Eau", "identifier": "1", "accessURL": "https://a.fr/eau.csv", "format": "text/csv",
           "person": "Jeanne", "mbox": "j@a.fr", "accessLevel": "public", "keyword": ["eau"]}  # fmt: skip
    reading = read_text(tmp_path, json.dumps([old]), "data.json")
    (found,) = reading.datasets
    assert (found.contact.name, found.contact.email) == ("Jeanne", "j@a.fr")
    assert [(each.url, each.format) for each in found.resources] == [("https://a.fr/eau.csv", "CSV")]


@pytest.mark.parametrize("odd", [
    {"distribution": {"accessURL": "https://a.fr/x.csv"}}, {"publisher": "Mairie"}, {"contactPoint": "m@a.fr"}, {"keyword": 3},
    {"distribution": "https://a.fr"}, {"license": None}, {"temporal": {"startDate": "2020"}}, {"spatial": 5}, {"theme": {"a": 1}},
])  # fmt: skip
def test_values_of_another_shape_do_not_cost_the_dataset(tmp_path, odd):
    (found,) = _reading(tmp_path, {"title": "Eau", "identifier": "1", **odd}).datasets
    assert found.title == "Eau"


def test_an_entry_that_is_none_costs_itself_only(tmp_path):
    reading = read_text(tmp_path, json.dumps({**HUB, "dataset": ["oups", *HUB["dataset"], None]}), "data.json")
    assert len(reading.datasets) == 1
    assert "unreadable-record" in codes(reading)
    assert not reading.complete


def test_a_cut_document_gives_what_is_whole_and_is_not_complete(tmp_path):
    many = {**HUB, "dataset": [{**HUB["dataset"][0], "identifier": str(n)} for n in range(5)]}
    text = json.dumps(many)
    reading = read_text(tmp_path, text[: text.index('"identifier": "3"') + 40], "data.json")
    assert [each.identifier for each in reading.datasets][:3] == ["0", "1", "2"]
    assert not reading.complete


def test_an_empty_catalogue_is_read(tmp_path):
    reading = read_text(tmp_path, json.dumps({**HUB, "dataset": []}), "data.json")
    assert (reading.kind, reading.datasets, reading.complete) == ("datajson", (), True)


def test_the_address_of_a_site_leads_to_its_data_json():
    page = (200, {"Content-Type": "text/html"}, "<html><body>Bienvenue</body></html>")
    with site({"/": page, "/data.json": (200, {"Content-Type": "application/json"}, json.dumps(HUB))}) as address:
        reading = read_site(f"{address}/")
    assert (reading.kind, len(reading.datasets)) == ("datajson", 1)
