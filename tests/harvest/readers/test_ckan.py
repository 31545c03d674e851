"""A CKAN portal is read by its API, from any address that people copy from it."""

from __future__ import annotations

import json

import pytest

from .serving import ANSWERS, answer, by_title, codes, read_at, read_file, serving

FOUND = answer("ckan_package_search.json")


def portal(method, path, query, packages=None, rows_at_most=2):
    """Answer as CKAN: two rows at a time, whatever is asked for."""
    packages = FOUND["result"]["results"] if packages is None else packages
    if path == "/api/3/action/package_search":
        start = int(query.get("start", 0))
        shown = packages[start : start + min(int(query["rows"]), rows_at_most)]
        return {"success": True, "result": {"count": len(packages), "results": shown}}
    if path == "/api/3/action/package_show":
        return {"success": True, "result": next(one for one in packages if query["id"] in {one["id"], one["name"]})}
    return "<!doctype html><html><title>Portail</title></html>" if path in {"/", "/organization/viriat"} else None


def test_every_page_is_read_and_every_public_dataset_told():
    with serving(portal) as site:
        reading = read_at(site.address)
    assert (reading.kind, reading.pages, reading.complete) == ("ckan", 2, True)
    assert list(by_title(reading)) == ["Points d'eau", "Marchés publics", "Arbres d’alignement"]
    assert "not-public" in codes(reading, "0c6b5f2e-9a54-4b1e-8f43-6f7a2a5a1003")


def test_what_a_dataset_says_is_told_in_our_words():
    found = by_title(read_file(ANSWERS / "ckan_package_search.json"))["Points d'eau"]
    assert found.identifier == "0c6b5f2e-9a54-4b1e-8f43-6f7a2a5a1001"
    assert found.keywords == ("fil d'eau", "eau & assainissement", "eau/puits")
    assert found.themes == ("http://publications.europa.eu/resource/authority/data-theme/ENVI",)
    assert found.license == "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
    assert found.frequency.endswith("/frequency/ANNUAL")
    assert found.publisher.name == "Commune de Viriat"
    assert (found.contact.name, found.contact.email) == ("Marie Dupré", "voirie@viriat.example")
    assert found.spatial[0].bbox == (5.2, 46.2, 5.3, 46.3)
    assert [(one.start, one.end) for one in found.temporal] == [("2020-01-01", "2024-12-31")]
    assert found.raw == {"code_chantier": "V-12"}
    csv, geojson = found.resources
    assert (csv.format, csv.size, csv.checksum) == ("CSV", 12345, "md5:d41d8cd98f00b204e9800998ecf8427e")
    assert (geojson.format, geojson.license) == ("GeoJSON", "http://opendatacommons.org/licenses/odbl/summary/")


def test_fields_of_a_scheming_form_are_read_as_well_as_extras():
    found = by_title(read_file(ANSWERS / "ckan_package_search.json"))["Marchés publics"]
    assert (found.publisher.name, found.publisher.identifier) == ("Commune de Viriat", "21010451700016")
    assert (found.spatial[0].label, found.spatial[0].codes) == ("Viriat", ("01451",))
    assert found.conforms_to == ("https://schema.data.gouv.fr/schemas/139bercy/format-commande-publique/2.3.4/",)
    assert found.license == "https://creativecommons.org/licenses/by/4.0/", "the one that all its files have"
    assert found.resources[0].format == "JSON"


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("/organization/viriat", 'organization:"viriat"'),
        ("/fr/organization/about/viriat", 'organization:"viriat"'),
        ("/group/environnement", 'groups:"environnement"'),
        ("/dataset?organization=viriat&tags=eau", 'organization:"viriat" AND tags:"eau"'),
        ("/dataset/?q=arbres", None),
    ],
)
def test_an_address_of_a_part_of_a_portal_asks_for_this_part(address, asked):
    with serving(lambda method, path, query: portal(method, path.removeprefix("/fr"), query)) as site:
        read_at(site.address + address, "ckan")
        assert {query.get("fq") for _, _, query in site.asked} == {asked}


def test_the_address_of_one_dataset_gives_this_dataset():
    with serving(portal) as site:
        reading = read_at(f"{site.address}/dataset/points-deau", "ckan")
        assert [each.landing_page for each in reading.datasets] == ["https://www.viriat.example/eau"]


def test_the_page_of_a_dataset_is_the_portal_s_when_it_names_no_other():
    with serving(portal) as site:
        found = by_title(read_at(site.address, "ckan"))["Marchés publics"]
        assert found.landing_page == f"{site.address}/dataset/marches-publics"


def test_a_page_that_fails_costs_only_what_comes_after_it():
    def failing(method, path, query):
        return 500 if int(query.get("start", 0)) >= 2 else portal(method, path, query)

    with serving(failing) as site:
        reading = read_at(site.address, "ckan")
    assert list(by_title(reading)) == ["Points d'eau", "Marchés publics"]
    assert (reading.complete, codes(reading, "")) == (False, {"truncated"})


def test_a_portal_that_announces_more_than_it_gives_is_not_read_whole():
    def short(method, path, query):
        found = portal(method, path, query, rows_at_most=10)
        found["result"]["count"] = 40
        return found if not int(query.get("start", 0)) else {"success": True, "result": {"count": 40, "results": []}}

    with serving(short) as site:
        reading = read_at(site.address, "ckan")
    assert (len(reading.datasets), reading.complete) == (3, False)


def test_one_record_that_has_no_shape_never_costs_another():
    packages = [None, {"id": "a", "title": "A", "resources": "aucune"}, 7, {"title": "sans identité"},
                {"id": "b", "title": "B", "extras": {"key": 1}, "tags": [{"name": None}, "x"]}]  # fmt: skip
    with serving(lambda method, path, query: portal(method, path, query, packages)) as site:
        reading = read_at(site.address, "ckan")
    assert list(by_title(reading)) == ["A", "B"]
    assert [each.message[:13] for each in reading.problems if each.code == "unreadable-record"] == [
        "La fiche n° 1", "La fiche n° 3", "La fiche n° 4"]  # fmt: skip


def test_a_dataset_seen_twice_while_the_list_moves_is_told_once_and_two_of_one_identity_are_told_apart():
    first = {"id": "a", "title": "A", "resources": []}
    packages = [first, first, {"id": "a", "title": "Un autre", "resources": []}]
    with serving(lambda method, path, query: portal(method, path, query, packages)) as site:
        reading = read_at(site.address, "ckan")
    assert list(by_title(reading)) == ["A", "Un autre"]
    assert len({each.identifier for each in reading.datasets}) == 2
    assert "duplicate-identifier" in codes(reading, "a")


def test_the_same_catalogue_says_the_same_thing_twice():
    first, second = (read_file(ANSWERS / "ckan_package_search.json") for _ in range(2))
    assert [each.content_hash for each in first.datasets] == [each.content_hash for each in second.datasets]


def test_datasets_kept_without_the_envelope_of_the_api_are_read(tmp_path):
    path = tmp_path / "copie.json"
    path.write_text(json.dumps(FOUND["result"]["results"][:1]), "utf-8")
    assert [each.title for each in read_file(path).datasets] == ["Points d'eau"]


def test_what_dkan_answers_in_the_name_of_ckan_is_read(tmp_path):
    dataset = {
        "id": "d",
        "name": "antennes",
        "title": "Antennes",
        "state": "Active",
        "private": True,
        "type": "Dataset",
        "license_title": "http://www.etalab.gouv.fr/pages/Licence_ouverte_Open_licence-5899923.html",
        "metadata_created": "mar, 10/12/2019 - 09:23",
        "metadata_modified": "2019-09-30 22:00:00",
        "groups": [{"title": "Région", "name": "group/region"}],
        "resources": [{"url": "https://a.example/a.xlsx", "format": "xlsx", "mimetype": "xlsx"}],
        "extras": [
            {"key": f"bbox-{side}", "value": value}
            for side, value in (
                ("west-long", "1.1"),
                ("south-lat", "48.8"),
                ("east-long", "4.6"),
                ("north-lat", "51.2"),
            )
        ],
    }
    path = tmp_path / "dkan.json"
    path.write_text(json.dumps({"success": True, "result": [[dataset]]}), "utf-8")
    (found,) = read_file(path).datasets
    assert (found.publisher.name, found.themes, found.resources[0].format) == ("Région", (), "XLSX")
    assert (found.issued, found.modified) == ("2019-12-10T09:23:00", "2019-09-30T22:00:00")
    assert found.license.endswith("/Licence_Ouverte.pdf")
    assert found.spatial[0].bbox == (1.1, 48.8, 4.6, 51.2)
