"""Each property of a description in the field that is made for it; what no field takes is told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ckanext.ca3b import vocabularies
from ckanext.ca3b.harvest.mapping import SourceFacts, package
from ckanext.ca3b.harvest.model import Agent, Description, Period, Place, Problem, Resource
from ckanext.ca3b.harvest.planning import dataset_id, known_resources

from .schema import strangers

SOURCE = SourceFacts("s", name="viriat", title="Viriat", owner_org="org", commune="01451")
LOV2 = vocabularies.licences().by_code("lov2").uri
ODBL = vocabularies.licences().find("ODbL-1.0")


def mapped(
    source: SourceFacts = SOURCE, told: tuple[Problem, ...] = (), **said: Any
) -> tuple[dict[str, Any], dict[str, Problem]]:
    """Map a description with a title; return the dict, and the problems by their codes."""
    description = Description(**{"identifier": "1", "title": "Points de collecte", **said})
    found, problems = package(description, source=source, dataset_id=dataset_id("s", "1"), told=told)
    assert strangers(found) == []
    return found, {one.code: one for one in problems}


def test_a_dataset_described_whole_fills_its_fields_and_leaves_nothing_to_tell():
    found, problems = mapped(
        identifier="https://data.viriat.fr/verre",
        description="Colonnes à verre.",
        license=LOV2,
        keywords=("point d'apport", "verre", "Verre", "eau/air & co"),
        themes=("http://publications.europa.eu/resource/authority/data-theme/ENVI",),
        publisher=Agent(name="Mairie de Viriat", identifier="210104519"),
        contact=Agent(name="Mairie", email="donnees@viriat.fr", url="www.viriat.fr/contact"),
        issued="2024-03",
        modified="2025-01-31T10:00:00+01:00",
        temporal=(Period("2024", "2024-12-31"), Period("", "2025")),
        frequency="http://publications.europa.eu/resource/authority/frequency/ANNUAL",
        conforms_to=("EPSG:2154", "https://schema.data.gouv.fr/scdl/equipements/"),
        language=("fr",),
        landing_page="https://data.viriat.fr/verre",
        hvd_categories=("http://data.europa.eu/bna/c_dd313021",),
        access_rights="http://publications.europa.eu/resource/authority/access-right/PUBLIC",
        version="2025-1",
        communes=("01451",),
        uri="https://data.viriat.fr/verre",
    )
    assert problems == {}
    assert found == {
        "id": dataset_id("s", "1"),
        "owner_org": "org",
        "private": False,
        "title": "Points de collecte",
        "notes": "Colonnes à verre.",
        "theme": ["http://publications.europa.eu/resource/authority/data-theme/ENVI"],
        "tags": [{"name": "point d'apport"}, {"name": "verre"}, {"name": "eau/air & co"}],
        "communes": ["01451"],
        "temporal_coverage": [{"start": "2024", "end": "2024-12-31"}, {"end": "2025"}],
        "frequency": "http://publications.europa.eu/resource/authority/frequency/ANNUAL",
        "modified": "2025-01-31T10:00:00+01:00",
        "issued": "2024-03",
        "reference_system": ["http://www.opengis.net/def/crs/EPSG/0/2154"],
        "conforms_to": ["https://schema.data.gouv.fr/scdl/equipements/"],
        "contact": [{"name": "Mairie", "email": "donnees@viriat.fr", "url": "https://www.viriat.fr/contact"}],
        "publisher": [{"name": "Mairie de Viriat", "identifier": "210104519"}],
        "license_id": "lov2",
        "access_rights": "http://publications.europa.eu/resource/authority/access-right/PUBLIC",
        "language": ["http://publications.europa.eu/resource/authority/language/FRA"],
        "url": "https://data.viriat.fr/verre",
        "version": "2025-1",
        "hvd_category": ["http://data.europa.eu/bna/c_dd313021"],
        "identifier": "https://data.viriat.fr/verre",
        "uri": "https://data.viriat.fr/verre",
        "resources": [],
    }


def test_a_file_described_whole_fills_its_fields():
    file = Resource(
        url="https://a.fr/1.csv",
        format="CSV",
        title="Colonnes",
        license=LOV2,
        description="Une ligne par colonne.",
        media_type="text/csv",
        size=0,
        issued="2024",
        modified="2025-01-31",
        identifier="https://a.fr/r/1",
        checksum="sha1:abcd",
        conforms_to=("https://schema.data.gouv.fr/scdl/equipements/1.0.1",),
        access_url="https://a.fr/page",
    )
    (found,) = mapped(resources=(file,))[0]["resources"]
    assert found.pop("id")
    assert found == {
        "url": "https://a.fr/1.csv",
        "name": "Colonnes",
        "description": "Une ligne par colonne.",
        "format": "CSV",
        "mimetype": "text/csv",
        "size": 0,
        "hash": "abcd",
        "hash_algorithm": "sha1",
        "issued": "2024",
        "modified": "2025-01-31",
        "conforms_to": ["https://schema.data.gouv.fr/scdl/equipements/1.0.1"],
        "access_url": "https://a.fr/page",
        "uri": "https://a.fr/r/1",
        "license": LOV2,
    }


def test_what_catalogues_write_besides_has_its_fields_too():
    found, problems = mapped(
        raw={
            "dct:provenance": [{"rdfs:label": ["Surveyed@en", "Relevé au GPS@fr"]}],
            "adms:identifier": [{"skos:notation": "FR-1"}, "1"],
            "adms:versionNotes": ["Dix de plus@fr"],
            "dcatap:applicableLegislation": ["http://data.europa.eu/eli/reg_impl/2023/138/oj"],
            "dcat:temporalResolution": ["P1D"],
            "dcat:spatialResolutionInMeters": ["5,0"],
            "dct:creator": [{"foaf:name": "Bureau d'études", "foaf:mbox": "mailto:b@e.fr"}],
            "dct:relation": ["https://a.fr/other"],
            "dcat:theme": ["http://inspire.ec.europa.eu/theme/us"],
        },
        resources=(
            Resource(
                url="https://a.fr/1",
                raw={
                    "adms:status": ["http://publications.europa.eu/resource/authority/distribution-status/COMPLETED"],
                    "dct:language": ["http://publications.europa.eu/resource/authority/language/FRA"],
                    "dct:rights": ["Citer la mairie@fr"],
                    "foaf:page": ["https://a.fr/notice.pdf"],
                    "dcat:accessService": [{"dct:title": "API", "dcat:endpointURL": "https://a.fr/api"}],
                },
            ),
        ),
    )
    assert problems == {}
    assert found["provenance"] == "Relevé au GPS"
    assert found["alternate_identifier"] == ["FR-1"]
    assert found["version_notes"] == "Dix de plus"
    assert found["applicable_legislation"] == ["http://data.europa.eu/eli/reg_impl/2023/138/oj"]
    assert found["temporal_resolution"] == "P1D"
    assert found["spatial_resolution_in_meters"] == "5.0"
    assert found["creator"] == [{"name": "Bureau d'études", "email": "b@e.fr"}]
    assert found["qualified_relation"] == [{"relation": "https://a.fr/other"}]
    assert found["inspire_theme"] == ["http://inspire.ec.europa.eu/theme/us"]
    (file,) = found["resources"]
    assert file["status"].endswith("/COMPLETED")
    assert file["language"] == ["http://publications.europa.eu/resource/authority/language/FRA"]
    assert file["rights"] == "Citer la mairie"
    assert file["documentation"] == ["https://a.fr/notice.pdf"]
    assert file["access_services"] == [{"title": "API", "endpoint_url": ["https://a.fr/api"]}]


def test_what_has_no_field_is_told_once_by_its_names():
    found, problems = mapped(
        contact=Agent(name="Mairie", phone="04 74 00 00 00"),
        raw={"dct:rightsHolder": ["c_1"], "quality_score": [3], "dcat:temporalResolution": ["un jour"]},
    )
    assert found["contact"] == [{"name": "Mairie"}]
    message = problems["kept-aside"].message
    for name in ("le téléphone du contact", "dct:rightsHolder", "quality_score", "dcat:temporalResolution"):
        assert name in message
    assert problems["kept-aside"].severity == "info"


@pytest.mark.parametrize(
    ("said", "field", "code", "where", "shown"),
    [
        ({"contact": Agent(name="M", email="mairie.fr")}, "contact.email", "bad-email", "contact.email", "mairie.fr"),
        ({"contact": Agent(name="M", url="voir le site")}, "contact.url", "bad-link", "contact.url", "voir le site"),
        ({"landing_page": "/verre"}, "url", "bad-link", "landing_page", "/verre"),
        ({"modified": "hier"}, "modified", "unreadable-date", "modified", "hier"),
        ({"issued": "2025-02-30"}, "issued", "unreadable-date", "issued", "2025-02-30"),
        ({"temporal": (Period("2025", "2024"),)}, "temporal_coverage", "period-backwards", "temporal", "2025 – 2024"),
        ({"frequency": "quand on peut"}, "frequency", "unknown-frequency", "frequency", "quand on peut"),
        ({"language": ("klingon",)}, "language", "unknown-language", "language", "klingon"),
        ({"access_rights": "à voir"}, "access_rights", "unknown-access-rights", "access_rights", "à voir"),
        ({"version": "v" * 101}, "version", "long-version", "version", "vvv"),
        ({"themes": ("https://a.fr/t/1",)}, "theme", "unknown-theme", "theme", "https://a.fr/t/1"),
        ({"hvd_categories": ("abeilles",)}, "hvd_category", "unknown-hvd-category", "hvd_categories", "abeilles"),
        ({"spatial": (Place(bbox=(10, 0, 5, 400)),)}, "spatial", "unreadable-place", "spatial", "10, 0, 5, 400"),
    ],
)  # fmt: skip
def test_a_value_that_a_validator_would_refuse_is_left_out_and_told_in_french(said, field, code, where, shown):
    found, problems = mapped(**said)
    name, _, sub = field.partition(".")
    assert not found.get(name) or sub not in found[name][0]
    problem = problems[code]
    assert (problem.identifier, problem.where) == ("1", where)
    assert shown in problem.message
    assert problem.message.startswith(f"Le jeu de données «\xa0Points de collecte\xa0» (champ «\xa0{where}\xa0»)")


def test_a_value_with_braces_is_told_as_it_was_written():
    assert "«\xa0{0} « a » {b}\xa0»" in mapped(frequency="{0} « a » {b}")[1]["unknown-frequency"].message


def test_what_the_reader_told_is_not_told_again():
    told = (Problem("1", "Déjà dit.", "unknown-frequency"),)
    assert mapped(told=told, frequency="quand on peut")[1] == {}


def test_a_property_of_which_the_reader_told_what_is_wrong_is_not_told_to_be_aside():
    told = (Problem("1", "Date illisible.", "unreadable-date", "DATE_PUBL, ligne 3"),)
    assert mapped(told=told, raw={"DATE_PUBL": "le printemps"})[1] == {}


def test_a_licence_of_nobodys_list_stays_with_the_files():
    files = (Resource(url="https://a.fr/1"), Resource(url="https://a.fr/2", license=LOV2))
    found, problems = mapped(license="https://a.fr/licence", resources=files)
    assert "license_id" not in found
    assert [one.get("license") for one in found["resources"]] == ["https://a.fr/licence", LOV2]
    assert problems["unknown-license"].where == "license"
    found, _ = mapped(license="Usage interne", resources=files)
    assert [one.get("rights") for one in found["resources"]] == ["Usage interne", None]
    for taken in ((), files[1:]):
        assert "la licence" in mapped(license="Usage interne", resources=taken)[1]["kept-aside"].message


def test_high_value_data_under_a_licence_too_strict_are_not_said_so_and_it_is_told():
    assert ODBL is not None
    said: dict[str, Any] = {"hvd_categories": ("http://data.europa.eu/bna/c_dd313021",)}
    found, problems = mapped(license=ODBL.uri, **said)
    assert "hvd_category" not in found
    assert ODBL.label in problems["hvd-license"].message
    found, problems = mapped(license=LOV2, resources=(Resource(url="https://a.fr/1", license=ODBL.uri),), **said)
    assert "hvd_category" not in found
    assert mapped(license=LOV2, **said)[0]["hvd_category"] == ["http://data.europa.eu/bna/c_dd313021"]


def test_a_dataset_without_title_is_called_by_what_it_has():
    files = (Resource(url="https://a.fr/1.csv", title="Arbres 2025"),)
    found, problems = mapped(title="", resources=files)
    assert found["title"] == "Arbres 2025"
    assert problems["missing-title"].message.startswith("Un jeu de données sans titre")
    assert mapped(title="")[0]["title"] == "1"


def test_a_title_of_a_whole_page_is_cut():
    found, problems = mapped(title="mot " * 400)
    assert len(found["title"]) == 500
    assert "title-too-long" in problems


def test_keywords_with_commas_are_several_and_those_too_short_or_too_long_are_told():
    found, problems = mapped(keywords=("agriculture, pêche", "A", "m" * 150))
    assert found["tags"] == [{"name": "agriculture"}, {"name": "pêche"}, {"name": "m" * 100}]
    assert {"bad-keyword", "long-keyword"} <= problems.keys()


def test_a_theme_in_words_of_nobodys_list_is_a_keyword():
    found, problems = mapped(themes=("Vie quotidienne",), keywords=("verre",))
    assert found["tags"] == [{"name": "verre"}, {"name": "Vie quotidienne"}]
    assert "theme" not in found
    assert problems == {}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/csv,a", "/relatif.csv", ""])
def test_only_addresses_of_the_web_are_followed(url):
    found, problems = mapped(resources=(Resource(url=url, title="F"), Resource(url="https://a.fr/ok.csv")))
    assert [one["url"] for one in found["resources"]] == ["https://a.fr/ok.csv"]
    assert "resource-bad-address" in problems


def test_a_file_reached_only_by_its_page_has_the_page_as_address():
    (found,) = mapped(resources=(Resource(url="", access_url="www.a.fr/page"),))[0]["resources"]
    assert found["url"] == "https://www.a.fr/page"


def test_an_extent_is_drawn_and_named_places_keep_their_names():
    box = Place(bbox=(5.0, 46.0, 5.5, 46.5))
    found, _ = mapped(spatial=(box,))
    assert json.loads(found["spatial"])["coordinates"][0][0] == [5.0, 46.0]
    assert "spatial_coverage" not in found
    named = Place(label="Viriat", uri="https://a.fr/viriat", geometry={"type": "Point", "coordinates": [5.2, 46.2]})
    found, _ = mapped(spatial=(named, box))
    assert json.loads(found["spatial"])["type"] == "Point"
    assert [row.keys() for row in found["spatial_coverage"]] == [{"text", "uri", "geom"}, {"bbox"}]


def test_the_commune_of_the_source_is_for_datasets_that_tell_no_place():
    assert mapped()[0]["communes"] == ["01451"]
    assert "communes" not in mapped(spatial=(Place(label="Lyon"),))[0]
    assert mapped(communes=("01053",))[0]["communes"] == ["01053"]
    territory = SourceFacts("s", owner_org="org", territory=frozenset({"01451"}))
    found, problems = mapped(source=territory, communes=("01451", "69123"))
    assert found["communes"] == ["01451"]
    assert "69123" in problems["foreign-commune"].message


def test_an_identifier_that_the_reader_made_is_not_said_to_be_the_sources():
    assert "identifier" not in mapped(identifier="sha256-" + "a" * 64)[0]


def test_a_private_source_brings_private_datasets():
    assert mapped(source=SourceFacts("s", owner_org="org", visibility="private"))[0]["private"] is True


def test_the_same_description_gives_the_same_dataset_and_files_keep_their_ids():
    description = Description(
        "1", title="T", resources=(Resource(url="https://a.fr/1", format="CSV", identifier="17"),)
    )
    first, _ = package(description, source=SOURCE, dataset_id="d")
    again, _ = package(description, source=SOURCE, dataset_id="d", known_resources=known_resources(first))
    assert first == again


def test_what_no_database_can_hold_is_taken_off():
    found, _ = mapped(title="Verre\x00", landing_page="https://a.fr/\ud800x", version="1\x00")
    assert found["title"] == "Verre"
    assert found["version"] == "1"
    json.dumps(found, ensure_ascii=False).encode()
