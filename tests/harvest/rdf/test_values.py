"""What catalogues write in many ways comes out in one, and what is not understood stays as written."""

# ruff: noqa: E501 - a case of a catalogue stays on one line

from __future__ import annotations

import pytest

from ckanext.ca3b.harvest.model import Agent, Period
from tests.harvest.reading import PREFIXES, codes, one, read_text

CC_BY = "https://creativecommons.org/licenses/by/4.0/"
OPEN_LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
TITLE = 'dct:title "Eau"'


@pytest.mark.parametrize(("written", "expected"), [
    ("dct:license <http://creativecommons.org/licenses/by/4.0>", CC_BY),
    ('dct:license "Licence Ouverte v2.0 (Etalab)"', OPEN_LICENCE),
    ('dct:license "lov2"@fr', OPEN_LICENCE),
    ('dct:license [ a dct:LicenseDocument ; dct:title "CC BY 4.0" ]', CC_BY),
    ("dct:license [ rdfs:label 'Creative Commons' ; skos:exactMatch <http://publications.europa.eu/resource/authority/licence/CC_BY_4_0> ]", CC_BY),
    ('dct:rights [ a dct:RightsStatement ; rdfs:label "Licence Ouverte" ]', OPEN_LICENCE),
    ('dct:rights "Soumis à la licence Etalab"', OPEN_LICENCE),
    ('dct:rights "Soumis à la licence Etalab : https://www.etalab.gouv.fr/licence-ouverte-open-licence/"', OPEN_LICENCE),
    ("schema:license <https://creativecommons.org/licenses/by/4.0/deed.fr>", CC_BY),
    ("dct:license <http://dcat-ap.de/def/licenses/cc-by/4.0>, <https://creativecommons.org/licenses/by/4.0/legalcode.it>", CC_BY),
    ("dct:license <http://dcat-ap.de/def/licenses/cc-by/4.0>", CC_BY),
])  # fmt: skip
def test_licences_of_the_dataset(tmp_path, written, expected):
    assert one(tmp_path, f"{TITLE} ; {written}").license == expected


@pytest.mark.parametrize("sentence", [
    "Voir nos conditions", "Ces données ne sont pas sous licence Etalab", "Licence Ouverte 2.0 ou ODbL", "https://a.fr/cgu",
    "Sauf https://opendatacommons.org/licenses/odbl/",
])  # fmt: skip
def test_a_licence_that_is_not_sure_is_kept_as_written_and_told(tmp_path, sentence):
    reading = read_text(tmp_path, f'{PREFIXES} <https://a.fr/d> a dcat:Dataset ; {TITLE} ; dct:license "{sentence}" .')
    assert reading.datasets[0].license == sentence
    assert "unknown-license" in codes(reading)


def test_a_licence_that_all_files_share_is_the_one_of_the_dataset(tmp_path):
    file = f"[ a dcat:Distribution ; dcat:accessURL <https://a.fr/%d> ; dct:license <{CC_BY}> ]"
    found = one(tmp_path, f"{TITLE} ; dcat:distribution {file % 1}, {file % 2}")
    assert found.license == CC_BY


def test_files_of_different_licences_keep_them_and_the_dataset_has_none(tmp_path):
    found = one(
        tmp_path,
        f"""{TITLE} ; dcat:distribution
        [ dcat:accessURL <https://a.fr/1> ; dct:license <{CC_BY}> ], [ dcat:accessURL <https://a.fr/2> ; dct:license "lov2" ]""",
    )
    assert (found.license, [each.license for each in found.resources]) == ("", [CC_BY, OPEN_LICENCE])


def test_the_licence_of_the_catalogue_is_not_given_to_its_datasets(tmp_path):
    more = f"<https://a.fr/c> a dcat:Catalog ; dct:license <{CC_BY}> ; dcat:dataset <https://a.fr/d/1> ."
    found = one(tmp_path, TITLE, more)
    assert found.license == ""
    assert found.provenance["catalogue_license"] == CC_BY


@pytest.mark.parametrize(("written", "expected"), [
    ('dct:format "CSV"', "CSV"),
    ('dct:format "text/csv; charset=utf-8"', "CSV"),
    ("dct:format <http://publications.europa.eu/resource/authority/file-type/GEOJSON>", "GeoJSON"),
    ("dcat:mediaType <https://www.iana.org/assignments/media-types/application/json>", "JSON"),
    ('dct:format [ a dct:IMT ; rdf:value "application/vnd.ms-excel" ; rdfs:label "Excel" ]', "XLS"),
    ('dct:format [ a dct:MediaTypeOrExtent ; rdfs:label "Shapefile" ]', "SHP"),
    ('dct:format "OGC:WMS"', "WMS"),
    ('dcat:mediaType "application/pdf"', "PDF"),
    ("dct:title 'sans format'", "ODS"),
    ('dct:format "Format maison"', "Format maison"),
])  # fmt: skip
def test_formats(tmp_path, written, expected):
    url = "https://a.fr/x.ods" if "sans format" in written else "https://a.fr/x"
    found = one(tmp_path, f"{TITLE} ; dcat:distribution [ dcat:downloadURL <{url}> ; {written} ]")
    assert found.resources[0].format == expected


@pytest.mark.parametrize(("written", "expected"), [
    ('[ a vcard:Organization ; vcard:fn "Mairie" ; vcard:hasEmail <mailto:m@a.fr> ]', Agent("Mairie", email="m@a.fr")),
    ('[ vcard:fn "Mairie" ; vcard:hasEmail "m@a.fr" ]', Agent("Mairie", email="m@a.fr")),
    ('[ vcard:organization-name "Mairie" ; vcard:hasEmail [ vcard:hasValue <mailto:m@a.fr> ] ]', Agent("Mairie", email="m@a.fr")),
    ('[ foaf:name "Mairie" ; foaf:mbox <mailto:m@a.fr> ]', Agent("Mairie", email="m@a.fr")),
    ('[ vcard:fn "Mairie" ; vcard:hasTelephone [ vcard:hasValue <tel:+33474000000> ] ]', Agent("Mairie", phone="+33474000000")),
    ('[ schema:name "Mairie" ; schema:email "m@a.fr" ; schema:url <https://a.fr> ]', Agent("Mairie", email="m@a.fr", url="https://a.fr")),
    ('"Mairie <m@a.fr>"', Agent("Mairie", email="m@a.fr")),
    ("<mailto:m@a.fr>", Agent(email="m@a.fr")),
    ("<https://a.fr/contact>", Agent(uri="https://a.fr/contact")),
])  # fmt: skip
def test_contacts(tmp_path, written, expected):
    assert one(tmp_path, f"{TITLE} ; dcat:contactPoint {written}").contact == expected


@pytest.mark.parametrize(("written", "expected"), [
    ('"Ville de Viriat"', Agent("Ville de Viriat")),
    ('<https://a.fr/o>', Agent("Ville de Viriat", "https://a.fr/o", "210104519")),
    ('[ a foaf:Organization ; skos:prefLabel "Viriat City"@en, "Ville de Viriat"@fr ]', Agent("Ville de Viriat")),
    ('<https://a.fr/unknown>', Agent(uri="https://a.fr/unknown")),
])  # fmt: skip
def test_publishers(tmp_path, written, expected):
    more = '<https://a.fr/o> a foaf:Agent ; foaf:name "Ville de Viriat" ; dct:identifier "210104519" .'
    assert one(tmp_path, f"{TITLE} ; dct:publisher {written}", more).publisher == expected


BOX = (5.0, 46.0, 6.0, 47.0)
WKT = "POLYGON((5 46,6 46,6 47,5 47,5 46))"
GEOJSON = '{\\"type\\":\\"Polygon\\",\\"coordinates\\":[[[5,46],[6,46],[6,47],[5,47],[5,46]]]}'


@pytest.mark.parametrize("written", [
    f'[ a dct:Location ; locn:geometry "{WKT}"^^gsp:wktLiteral ]',
    f'[ a dct:Location ; locn:geometry "{GEOJSON}"^^<https://www.iana.org/assignments/media-types/application/vnd.geo+json> ]',
    f'[ a dct:Location ; locn:geometry "{GEOJSON}"^^gsp:geoJSONLiteral, "{WKT}"^^gsp:wktLiteral ]',
    f'[ a dct:Location ; dcat:bbox "{WKT}"^^gsp:wktLiteral ]',
    f'[ a dct:Location ; dcat:bbox "{GEOJSON}" ; dcat:centroid "POINT(5.5 46.5)"^^gsp:wktLiteral ]',
    f'[ a dct:Location ; locn:geometry [ a locn:Geometry ; gsp:asWKT "{WKT}"^^gsp:wktLiteral ] ]',
    f'[ gsp:asWKT "<http://www.opengis.net/def/crs/OGC/1.3/CRS84> {WKT}"^^gsp:wktLiteral ]',
    '[ dcat:bbox "<http://www.opengis.net/def/crs/EPSG/0/4326> POLYGON((46 5,46 6,47 6,47 5,46 5))"^^gsp:wktLiteral ]',
    "[ locn:geometry \"<gml:Envelope srsName='EPSG:4326'><gml:lowerCorner>5 46</gml:lowerCorner><gml:upperCorner>6 47</gml:upperCorner></gml:Envelope>\"^^gsp:gmlLiteral ]",
    f'"{WKT}"', f'"{GEOJSON}"', '"5.0,46.0,6.0,47.0"', '"ENVELOPE(5, 6, 47, 46)"',
    '"northlimit=47; eastlimit=6; southlimit=46; westlimit=5; name=Bresse"',
])  # fmt: skip
def test_extents_of_any_shape(tmp_path, written):
    (place,) = one(tmp_path, f"{TITLE} ; dct:spatial {written}").spatial
    assert place.bbox == BOX


@pytest.mark.parametrize(("written", "label", "codes"), [
    ('"Viriat"', "Viriat", ()),
    ('[ a dct:Location ; rdfs:label "Viriat" ]', "Viriat", ()),
    ("<http://id.insee.fr/geo/commune/01451>", "", ("01451",)),
    ('<http://id.insee.fr/geo/commune/2A004>', "", ("2A004",)),
    ("<http://publications.europa.eu/resource/authority/country/FRA>", "", ()),
])  # fmt: skip
def test_places_by_name_and_by_uri(tmp_path, written, label, codes):
    (place,) = one(tmp_path, f"{TITLE} ; dct:spatial {written}").spatial
    assert (place.label, place.codes) == (label, codes)
    assert place.bbox is None


def test_an_extent_that_is_not_on_earth_is_told_and_kept(tmp_path):
    reading = read_text(
        tmp_path, f'{PREFIXES} <https://a.fr/d> a dcat:Dataset ; {TITLE} ; dct:spatial "[500, 46, 600, 47]" .'
    )
    assert "unreadable-place" in codes(reading)
    assert "500" in str(reading.datasets[0].raw)


@pytest.mark.parametrize("written", [
    '[ a dct:PeriodOfTime ; dcat:startDate "2020-01-01"^^xsd:date ; dcat:endDate "2021-12-31"^^xsd:date ]',
    '[ a dct:PeriodOfTime ; schema:startDate "2020-01-01" ; schema:endDate "2021-12-31" ]',
    '[ time:hasBeginning [ time:inXSDDate "2020-01-01"^^xsd:date ] ; time:hasEnd [ time:inXSDDate "2021-12-31"^^xsd:date ] ]',
    '"2020-01-01/2021-12-31"', '"start=2020-01-01; end=2021-12-31; scheme=W3C-DTF;"', '"01/01/2020 - 31/12/2021"',
])  # fmt: skip
def test_periods(tmp_path, written):
    assert one(tmp_path, f"{TITLE} ; dct:temporal {written}").temporal == (Period("2020-01-01", "2021-12-31"),)


@pytest.mark.parametrize(("written", "expected"), [
    ('"fil d’eau", "R&D", "eau (potable)", "été/hiver"', ("fil d’eau", "R&D", "eau (potable)", "été/hiver")),
    ('"eau, air; bruit"', ("eau", "air", "bruit")),
    ('"Agriculture, pêche", "eau"', ("Agriculture, pêche", "eau")),
    ('"eau"@fr, "water"@en, "eau"@fr-FR', ("eau", "water")),
    ('"", " "', ()),
    ("[ skos:prefLabel 'eau' ]", ("eau",)),
])  # fmt: skip
def test_keywords_stay_as_people_wrote_them(tmp_path, written, expected):
    assert one(tmp_path, f"{TITLE} ; dcat:keyword {written}").keywords == expected


def test_themes_categories_and_subjects(tmp_path):
    found = one(
        tmp_path,
        f"""{TITLE} ; dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI>,
        <http://inspire.ec.europa.eu/theme/hy>, "Transports", <http://data.europa.eu/bna/c_dd313021>, <https://a.fr/theme/x>""",
    )
    assert found.themes == (
        "http://publications.europa.eu/resource/authority/data-theme/ENVI",
        "http://publications.europa.eu/resource/authority/data-theme/TRAN",
        "https://a.fr/theme/x",
    )
    assert found.hvd_categories == ("http://data.europa.eu/bna/c_dd313021",)


@pytest.mark.parametrize(("written", "code"), [
    ("<http://publications.europa.eu/resource/authority/frequency/ANNUAL>", "ANNUAL"),
    ("<http://purl.org/cld/freq/annual>", "ANNUAL"), ('"annuelle"@fr', "ANNUAL"), ('"R/P1Y"', "ANNUAL"),
    ('[ a dct:Frequency ; rdfs:label "Mensuelle" ]', "MONTHLY"),
])  # fmt: skip
def test_frequencies(tmp_path, written, code):
    expected = f"http://publications.europa.eu/resource/authority/frequency/{code}"
    assert one(tmp_path, f"{TITLE} ; dct:accrualPeriodicity {written}").frequency == expected


@pytest.mark.parametrize(("written", "expected"), [
    ('"fr"', ("fr",)), ('"fr-FR", "fra"', ("fr",)),
    ("<http://publications.europa.eu/resource/authority/language/NLD>, <http://lexvo.org/id/iso639-3/deu>", ("nl", "de")),
])  # fmt: skip
def test_languages(tmp_path, written, expected):
    assert one(tmp_path, f"{TITLE} ; dct:language {written}").language == expected


@pytest.mark.parametrize(("titles", "expected"), [
    ('"Water"@en, "Eau"@fr', "Eau"), ('"Water"@en, "Eau"', "Eau"), ('"Water"@en, "Wasser"@de', "Wasser"), ('"Wasser"@de', "Wasser"),
])  # fmt: skip
def test_the_french_title_then_the_one_without_language_then_the_one_of_the_dataset(tmp_path, titles, expected):
    found = one(tmp_path, f'dct:title {titles} ; dct:language "de"')
    assert found.title == expected
    assert all(each.split('"')[1] in str(found) for each in titles.split(", "))


def test_html_is_cleaned_and_its_words_stay(tmp_path):
    html = "<p>Qualité de l&#39;eau &amp; de <b>l’air</b></p><script>alert(1)</script><ul><li>un</li></ul>"
    found = one(tmp_path, f'dct:title "Eau &amp; <i>air</i>" ; dct:description "{html}"')
    assert found.title == "Eau & air"
    assert found.description == "Qualité de l'eau & de **l’air**\n\n- un"


def test_a_file_has_its_size_checksum_standard_and_dates(tmp_path):
    found = one(
        tmp_path,
        f"""{TITLE} ; dcat:distribution [ a dcat:Distribution ; dct:title "A" ;
        dcat:accessURL <https://a.fr/page> ; dcat:downloadURL <https://a.fr/x.csv> ; dcat:byteSize "1024.0"^^xsd:decimal ;
        spdx:checksum [ spdx:algorithm spdx:checksumAlgorithm_sha1 ; spdx:checksumValue "ABCD"^^xsd:hexBinary ] ;
        dct:conformsTo <https://schema.data.gouv.fr/schemas/x/1.0> ; dct:modified "2024-05-03" ]""",
    )
    (file,) = found.resources
    assert (file.url, file.access_url, file.size) == ("https://a.fr/x.csv", "https://a.fr/page", 1024)
    assert (file.checksum, file.modified) == ("sha1:abcd", "2024-05-03")
    assert file.conforms_to == ("https://schema.data.gouv.fr/schemas/x/1.0",)


def test_several_addresses_of_one_distribution_are_several_files(tmp_path):
    found = one(
        tmp_path, f"{TITLE} ; dcat:distribution [ dcat:downloadURL <https://a.fr/1.csv>, <https://a.fr/2.csv> ]"
    )
    assert [each.url for each in found.resources] == ["https://a.fr/1.csv", "https://a.fr/2.csv"]


@pytest.mark.parametrize(
    "written", ['"https://a.fr/x.csv"', "<https://a.fr/x.csv>", '"https://a.fr/x.csv"^^xsd:anyURI']
)
@pytest.mark.parametrize("name", ["dcat:accessURL", "dcat:accessUrl", "dcat:downloadURL", "schema:contentUrl"])
def test_addresses_written_in_any_way(tmp_path, written, name):
    found = one(tmp_path, f"{TITLE} ; dcat:distribution [ a dcat:Distribution ; {name} {written} ]")
    assert [each.url for each in found.resources] == ["https://a.fr/x.csv"]


def test_a_service_behind_a_distribution_is_its_address_when_there_is_no_other(tmp_path):
    more = "<https://a.fr/s> a dcat:DataService ; dcat:endpointURL <https://a.fr/wfs> ; dcat:servesDataset <https://a.fr/d/1> ."
    found = one(
        tmp_path, f"{TITLE} ; dcat:distribution [ a dcat:Distribution ; dcat:accessService <https://a.fr/s> ]", more
    )
    assert [each.url for each in found.resources] == ["https://a.fr/wfs"]


def test_a_distribution_that_is_only_an_address_is_a_file_and_is_told(tmp_path):
    reading = read_text(
        tmp_path, f"{PREFIXES} <https://a.fr/d> a dcat:Dataset ; {TITLE} ; dcat:distribution <https://a.fr/x.csv> ."
    )
    (file,) = reading.datasets[0].resources
    assert (file.url, file.format) == ("https://a.fr/x.csv", "CSV")
    assert "bare-distribution" in codes(reading)


def test_a_file_without_address_is_told_and_kept_aside(tmp_path):
    text = f'{PREFIXES} <https://a.fr/d> a dcat:Dataset ; {TITLE} ; dcat:distribution [ a dcat:Distribution ; dct:title "Plan" ] .'
    reading = read_text(tmp_path, text)
    assert "resource-without-address" in codes(reading)
    assert "Plan" in str(reading.datasets[0].raw)


def test_what_has_no_place_is_kept_without_names_of_blank_nodes(tmp_path):
    found = one(
        tmp_path,
        f"""{TITLE} ; dct:provenance [ rdfs:label "Relevé sur place" ] ; dct:conformsTo [ dct:title "Norme" ] ;
        dcat:theme [ skos:prefLabel "Divers" ] ; <https://a.fr/ns#note> "À voir" """,
    )
    assert "Relevé sur place" in str(found.raw)
    assert found.raw["https://a.fr/ns#note"] == ["À voir"]
    assert (found.conforms_to, found.themes) == (("Norme",), ("Divers",))


@pytest.mark.parametrize(("written", "expected"), [
    ('"2024-05-03"^^xsd:date', "2024-05-03"), ('"2024-05-03T10:00:00"^^xsd:date', "2024-05-03T10:00:00"), ('"2024"^^xsd:gYear', "2024"),
    ('"03/05/2024"', "2024-05-03"), ('"3 mai 2024"', "2024-05-03"), ('"2024-05"', "2024-05"),
])  # fmt: skip
def test_dates_as_precise_as_they_are_written(tmp_path, written, expected):
    assert one(tmp_path, f"{TITLE} ; dct:modified {written}").modified == expected


def test_a_date_that_is_none_is_told_and_kept(tmp_path):
    reading = read_text(tmp_path, f'{PREFIXES} <https://a.fr/d> a dcat:Dataset ; {TITLE} ; dct:modified "bientôt" .')
    assert reading.datasets[0].modified == ""
    assert "bientôt" in str(reading.datasets[0].raw)
    assert "unreadable-date" in codes(reading)
