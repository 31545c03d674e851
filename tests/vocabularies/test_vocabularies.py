"""What others write finds its entry, and every entry names a concept of the right authority table."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.ca3b import vocabularies
from ckanext.ca3b.vocabularies import Entry, Vocabulary, VocabularyError

AUTHORITY = "http://publications.europa.eu/resource/authority/"
TABLES = {
    "access_rights": AUTHORITY + "access-right/",
    "availabilities": AUTHORITY + "planned-availability/",
    "file_types": AUTHORITY + "file-type/",
    "frequencies": AUTHORITY + "frequency/",
    "hvd_categories": "http://data.europa.eu/bna/",
    "inspire_themes": "http://inspire.ec.europa.eu/theme/",
    "languages": AUTHORITY + "language/",
    "reference_systems": "http://www.opengis.net/def/crs/EPSG/0/",
    "statuses": AUTHORITY + "distribution-status/",
    "themes": AUTHORITY + "data-theme/",
}
ALL = [*TABLES, "licences"]


def vocabulary(name: str) -> Vocabulary:
    return getattr(vocabularies, name)()


@pytest.mark.parametrize("name", TABLES)
def test_official_uris_belong_to_their_authority_table(name):
    assert vocabulary(name).authority == TABLES[name]
    for entry in vocabulary(name):
        if name == "file_types" and not entry.uri:
            continue  # the European table has no concept for this format
        assert entry.uri.startswith(TABLES[name]), entry.code
        assert entry.uri.removeprefix(TABLES[name]).replace("_", "").isalnum(), entry.uri


def test_licences_name_their_european_concept_or_the_nearest_one():
    table = AUTHORITY + "licence/"
    for licence in vocabularies.licences():
        for uri in (licence.eu_uri, licence.eu_close_uri):
            assert not uri or uri.startswith(table), licence.code
        if licence.eu_uri:
            assert vocabularies.licences().find(licence.eu_uri) is licence
        if licence.decree:
            assert licence.uri
            assert licence.eu_uri or licence.eu_close_uri


@pytest.mark.parametrize("name", ALL)
def test_each_name_and_address_leads_back_to_its_entry(name):
    table = vocabulary(name)
    for entry in table:
        assert table.get(entry.code) is entry
        for text in entry.names():
            assert table.find(text) is entry, text
        for uri in entry.addresses():
            other = uri.replace("http://", "HTTPS://") if uri.startswith("http://") else uri.replace("https:", "http:")
            assert {table.find(uri), table.find(uri + "/"), table.find(other)} == {entry}, uri
            assert urlsplit(uri).netloc, uri


@pytest.mark.parametrize("name", ALL)
def test_labels_are_french_and_differ(name):
    labels = [entry.label for entry in vocabulary(name)]
    assert len(set(labels)) == len(labels)
    assert all(label.strip() == label and label for label in labels)


@pytest.mark.parametrize("name", ALL)
@given(text=st.text())
def test_looking_up_anything_never_raises(name, text):
    found = vocabulary(name).find(text)
    assert found is None or isinstance(found, Entry)


def test_two_entries_cannot_claim_one_name():
    twins = [Entry("A", "http://x/A", "Eau"), Entry("B", "http://x/B", "Air", aliases=["EAU"])]
    with pytest.raises(VocabularyError, match="A and B"):
        Vocabulary("test", "Test", "http://x/", twins)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("lov2", "lov2"),
        ("fr-lo", "fr-lo"),
        ("Licence Ouverte v2.0 (Etalab)", "lov2"),
        ("LICENCE OUVERTE / OPEN LICENCE VERSION 2.0", "lov2"),
        ("Licence Ouverte / Open Licence", "fr-lo"),
        ("https://www.etalab.gouv.fr/licence-ouverte-open-licence/", "lov2"),
        ("http://etalab.gouv.fr/licence-ouverte-open-licence", "lov2"),
        ("https://spdx.org/licenses/etalab-2.0.html", "lov2"),
        ("odc-odbl", "odc-odbl"),
        ("ODbL", "odc-odbl"),
        ("http://opendatacommons.org/licenses/odbl/1.0/", "odc-odbl"),
        ("http://publications.europa.eu/resource/authority/licence/CC0", "cc-zero"),
        ("https://creativecommons.org/licenses/by/4.0/", "cc-by-4.0"),
        ("https://w3id.org/italia/controlled-vocabulary/licences/A21_CCBY40", "cc-by-4.0"),
        ("http://www.opendefinition.org/licenses/cc-by", "cc-by-4.0"),
        ("notspecified", "notspecified"),
        ("https://data.exampleMS.gov/resource/FreeAndOpen", None),
        ("", None),
        (None, None),
    ],
)
def test_licences_as_catalogues_write_them(written, code):
    found = vocabularies.licences().find(written)
    assert (found and found.code) == code


def test_licences_of_the_decree_and_of_high_value_datasets():
    assert [licence.code for licence in vocabularies.licences() if licence.decree] == ["lov2", "odc-odbl"]
    allowed = {licence.code for licence in vocabularies.licences() if licence.hvd}
    assert {"lov2", "cc-by-4.0", "cc-zero"} <= allowed
    assert not allowed & {"odc-odbl", "cc-by-sa-4.0", "cc-nc", "notspecified", "other-open"}
    assert all(vocabularies.licences().get(code).open for code in allowed)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("annual", "ANNUAL"),
        ("Annuelle", "ANNUAL"),
        ("http://purl.org/cld/freq/annual", "ANNUAL"),
        ("http://purl.org/linked-data/sdmx/2009/code#freq-A", "ANNUAL"),
        ("R/P1Y", "ANNUAL"),
        ("asNeeded", "AS_NEEDED"),
        ("punctual", "AS_NEEDED"),
        ("irregular", "IRREG"),
        ("semiannual", "ANNUAL_2"),
        ("biannually", "ANNUAL_2"),
        ("continual", "UPDATE_CONT"),
        ("trimestral", "QUARTERLY"),
        ("notPlanned", "NOT_PLANNED"),
        ("http://publications.europa.eu/resource/authority/frequency/IRREG", "IRREG"),
        ("whenever", None),
    ],
)
def test_frequencies_as_catalogues_write_them(written, code):
    found = vocabularies.frequencies().find(written)
    assert (found and found.code) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("csv", "CSV"),
        ("text/csv; charset=utf-8", "CSV"),
        ("https://www.iana.org/assignments/media-types/text/csv", "CSV"),
        ("http://publications.europa.eu/resource/authority/file-type/GEOJSON", "GeoJSON"),
        ("application/vnd.geo+json", "GeoJSON"),
        ("Esri Shapefile", "SHP"),
        ("shape-zip", "SHP"),
        ("application/x-zip-compressed", "ZIP"),
        ("WFS", "WFS"),
        ("OGC:WMS", "WMS"),
        ("http://publications.europa.eu/resource/authority/file-type/JSON_LD", "JSON_LD"),
        ("xlsx", "XLSX"),
        ("gpkg", "GPKG"),
        ("quelque chose", None),
    ],
)
def test_formats_as_catalogues_write_them(written, code):
    found = vocabularies.file_types().find(written)
    assert (found and found.code) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("deliberations.csv", "CSV"),
        ("https://example.org/a.b/Équipements.XLSX?x=1.pdf#p", "XLSX"),
        ("plan.shp.zip", "SHP"),
        ("export.csv.gz", "CSV"),
        ("archives.zip", "ZIP"),
        ("sauvegarde.tar.gz", "TAR_GZ"),
        ("sans-extension", None),
        ("csv", None),
        ("", None),
    ],
)
def test_the_format_that_a_file_name_says(name, code):
    found = vocabularies.file_type_of_name(name)
    assert (found and found.code) == code


def test_high_value_categories_hang_under_the_six_tops():
    table = vocabularies.hvd_categories()
    tops = [entry.code for entry in table if not entry.broader]
    assert sorted(tops) == ["c_164e0bf5", "c_a9135398", "c_ac64a52d", "c_b79e35eb", "c_dd313021", "c_e1da4e07"]
    assert all(table.get(entry.broader) for entry in table if entry.broader)


def test_inspire_themes_fall_under_a_data_theme():
    assert all(vocabularies.themes().get(entry.theme) for entry in vocabularies.inspire_themes())


@pytest.mark.parametrize(
    ("written", "code"),
    [("fr", "fr"), ("fr-FR", "fr"), ("FRA", "fr"), ("Français", "fr"), ("http://lexvo.org/id/iso639-3/fra", "fr")],
)
def test_languages_as_catalogues_write_them(written, code):
    assert vocabularies.languages().find(written).code == code


def test_a_concept_that_the_file_does_not_carry_is_still_recognised():
    table = vocabularies.languages()
    assert table.find(AUTHORITY + "language/HAW") is None
    assert table.names_a_concept(AUTHORITY + "language/HAW")
    assert not table.names_a_concept("http://example.org/language/HAW")
    assert not table.names_a_concept(AUTHORITY + "file-type/HAW")


def test_coordinate_systems_as_people_write_them():
    table = vocabularies.reference_systems()
    found = [table.find(text).code for text in ("Lambert 93", "EPSG:2154", "epsg 2154", "WGS84", "RGF93 / CC46")]
    assert found == ["2154", "2154", "2154", "4326", "3946"]
