"""data.gouv.fr at night: udata's own harvester takes the live catalogue, and understands it as it was meant."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from ckanext.ca3b.tables import schemas
from tests.dcat.live.harvesting import going_out
from tests.dcat.live.publishing import SCHEMA, add, publish, remove, replace, table
from tests.served import settle

SLUG = "deliberations-vues-de-data-gouv"
FEED = "/catalog.ttl?rows=3"


@pytest.fixture(scope="module")
def published(portal):
    """A dataset whose every part udata reads, with a table that follows a schema."""
    dataset = publish(
        portal, SLUG, "Délibérations de l’été à Viriat",
        notes="Ce que le conseil a voté l’été : « œuvres », écoles & voirie.",
        communes=["01451"],
        theme=["http://publications.europa.eu/resource/authority/data-theme/GOVE"],
        tag_string="fil d'eau, délibération, eau & assainissement",
        frequency="http://publications.europa.eu/resource/authority/frequency/QUARTERLY",
        temporal_coverage=[{"start": "2026-06-21", "end": "2026-09-22"}],
        contact=[{"name": "Mairie de Viriat", "email": "donnees@viriat.example.org",
                  "url": "https://www.viriat.example.org/contact"}],
        license_id="lov2",
    )  # fmt: skip
    file = add(portal, dataset, "deliberations.csv", table())
    yield dataset | {"resources": [file]}
    remove(portal, SLUG)


@pytest.fixture(scope="module")
def nights(portal, published, udata):
    """Two nights; between them a clerk replaces the file."""
    platform = udata(portal.url + FEED)
    settle(portal)
    first = platform.night()
    replace(portal, published["resources"][0], table(rows=4))
    settle(portal)
    return first, platform.night()


def one(night: dict[str, Any], dataset: dict[str, Any]) -> dict[str, Any]:
    """What udata has of a dataset of ours."""
    (found,) = [each for each in night["datasets"] if each["uri"].endswith(f"/dataset/{dataset['id']}")]
    return found


def table_of(dataset: dict[str, Any]) -> dict[str, Any]:
    """The table among what udata has as files."""
    (found,) = [each for each in dataset["resources"] if each["format"] == "csv"]
    return found


@pytest.fixture
def seen(nights, published) -> dict[str, Any]:
    return one(nights[0], published)


def test_each_night_takes_everything(portal, nights):
    public = len(going_out(portal))
    for night in nights:
        assert night["errors"] == []
        assert night["status"] == "done"
        assert [each for each in night["items"] if each["status"] != "done" or each["errors"]] == []
        assert len(night["datasets"]) == len({each["identifier"] for each in night["datasets"]}) == public
        assert not any(each["archived"] for each in night["datasets"])
        assert night["pages"] >= public / 3


def test_udata_has_nothing_to_remark(nights):
    remarks = [line for each in nights[0]["items"] for line in each["logs"] if not line.startswith("DEBUG")]
    assert remarks == []


def test_the_second_night_updates_what_the_first_one_made(nights):
    def ids(night: dict[str, Any]) -> dict[str, Any]:
        return {
            each["identifier"]: (each["id"], {file["url"]: file["id"] for file in each["resources"]})
            for each in night["datasets"]
        }

    assert ids(nights[0]) == ids(nights[1])
    assert [each["id"] for each in nights[0]["services"]] == [each["id"] for each in nights[1]["services"]]


def test_a_replaced_file_is_the_same_file_with_other_bytes(nights, published):
    before, after = (table_of(one(night, published)) for night in nights)
    assert before["id"] == after["id"]
    assert before["url"] == after["url"]
    assert (before["size"], after["size"]) == (len(table()), len(table(rows=4)))
    assert before["modified"] < after["modified"]
    assert requests.get(after["url"], timeout=30, allow_redirects=False).content == table(rows=4)


def test_no_checksum_is_lost_on_a_udata_that_could_read_it(nights):
    """DCAT-AP wants ``xsd:hexBinary``, of which udata would refuse the dataset: it meets an algorithm it passes over.

    When this fails, udata reads checksums as DCAT-AP writes them: ask for them above, as for the size.
    """
    assert {each["checksum"] is None for one in nights[0]["datasets"] for each in one["resources"]} == {True}


def test_texts_are_french_and_whole(seen):
    assert seen["title"] == "Délibérations de l’été à Viriat"
    assert seen["description"].startswith("Ce que le conseil a voté l’été : « œuvres », écoles & voirie.")


def test_the_licence_is_that_of_data_gouv(nights):
    assert {each["licence"] for each in nights[0]["datasets"]} == {"lov2"}


def test_keywords_and_themes_are_tags(seen):
    assert {"fil-deau", "deliberation", "eau-assainissement"} <= {tag.replace("d-eau", "deau") for tag in seen["tags"]}
    assert any(tag.startswith(("gouvernement", "administration")) for tag in seen["tags"])


def test_high_value_data_have_the_badge_and_their_category(nights):
    badged = [each for each in nights[0]["datasets"] if "hvd" in each["badges"]]
    assert [each["title"] for each in badged] == ["Communes de l'agglomération : codes et contours"]
    assert {"hvd", "geospatiales", "inspire"} <= set(badged[0]["tags"])


def test_a_checked_table_is_known_by_its_schema(seen):
    file = table_of(seen)
    assert file["schema"] == {"url": None, "name": "scdl/deliberations", "version": schemas.load(SCHEMA).version}


def test_the_extent_is_that_of_the_commune(portal, seen):
    west, south, east, north = portal.territory.bbox(["01451"])
    assert seen["spatial"]["type"] == "MultiPolygon"
    points = [point for polygon in seen["spatial"]["coordinates"] for ring in polygon for point in ring]
    assert min(x for x, _ in points) == pytest.approx(west, abs=0.01)
    assert max(x for x, _ in points) == pytest.approx(east, abs=0.01)
    assert min(y for _, y in points) == pytest.approx(south, abs=0.01)
    assert max(y for _, y in points) == pytest.approx(north, abs=0.01)


def test_period_and_frequency(seen):
    assert seen["period"] == ["2026-06-21", "2026-09-22"]
    assert seen["frequency"] == "quarterly"


def test_who_answers_and_who_publishes(seen):
    contacts = {each["role"]: each for each in seen["contacts"]}
    assert contacts["contact"]["name"] == "Mairie de Viriat"
    assert contacts["contact"]["email"] == "donnees@viriat.example.org"
    assert contacts["contact"]["form"] == "https://www.viriat.example.org/contact"
    assert contacts["publisher"]["name"] == "Viriat"


def test_the_page_is_ours(portal, seen, published):
    assert seen["page"] in {f"{portal.url}/dataset/{published[key]}" for key in ("id", "name")}


def test_a_file_is_told_with_its_format_size_and_address(seen, published):
    file = table_of(seen)
    assert file["type"] == "main"
    assert file["mime"] == "text/csv"
    assert file["size"] == len(table())
    assert published["resources"][0]["id"] in file["url"]
    assert file["modified"]


def test_formats_are_short_words(nights):
    formats = {file["format"] for each in nights[0]["datasets"] for file in each["resources"]}
    assert {"csv", "geojson", "shp"} <= formats
    assert all(form and len(form) < 20 and "/" not in form for form in formats)


def test_one_commune_gives_its_own_feed_to_data_gouv(portal, published, udata):
    night = udata(f"{portal.url}/organization/viriat/catalog.ttl").night()
    public = len(going_out(portal, "organization:viriat"))
    assert night["status"] == "done"
    assert len(night["datasets"]) == public >= 2
    assert published["id"] in {each["uri"].rsplit("/", 1)[1] for each in night["datasets"]}


@pytest.mark.parametrize("ending", ["rdf", "xml", "jsonld"])
def test_every_format_says_the_same(portal, nights, udata, ending):
    """Other platforms take RDF/XML or JSON-LD: what udata keeps is the same but for what changes at each harvest."""
    night = udata(portal.url + FEED.replace("ttl", ending)).night()
    assert night["status"] == "done"

    def comparable(given: dict[str, Any]) -> dict[str, Any]:
        return {
            each["identifier"]: {
                key: each[key]
                for key in ("title", "description", "licence", "tags", "spatial", "period", "frequency", "page")
            } | {"files": sorted((file["url"], file["format"]) for file in each["resources"])}
            for each in given["datasets"]
        }  # fmt: skip

    assert comparable(night) == comparable(nights[1])
