"""Ways of writing DCAT that portals really have, each of which once cost a dataset or a part of one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ckanext.ca3b.harvest.export import to_json
from tests.harvest.reading import PREFIXES, codes, one, read_text

ANNUAL = "http://publications.europa.eu/resource/authority/frequency/ANNUAL"
MONTHLY = "http://publications.europa.eu/resource/authority/frequency/MONTHLY"


def test_a_record_may_be_the_root_of_the_document(tmp_path: Path) -> None:
    text = """<dcat:CatalogRecord xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/"
      xmlns:foaf="http://xmlns.com/foaf/0.1/"><dct:identifier>fiche</dct:identifier><foaf:primaryTopic><dcat:Dataset>
      <dct:title>Fonds marins</dct:title><dct:identifier>jeu</dct:identifier></dcat:Dataset></foaf:primaryTopic>
      </dcat:CatalogRecord>"""
    (found,) = read_text(tmp_path, text, "record.xml").datasets
    assert (found.identifier, found.title) == ("jeu", "Fonds marins")


def test_members_of_a_series_are_datasets(tmp_path: Path) -> None:
    text = f"""{PREFIXES}
      <https://a.fr/c> a dcat:Catalog ; dcat:dataset <https://a.fr/s> .
      <https://a.fr/s> a dcat:DatasetSeries ; dct:title "Budgets" ; dcat:last <https://a.fr/0> .
      <https://a.fr/9> a dcat:Dataset ; dct:title "Budget 2019" ; dct:issued "2019" ; dcat:inSeries <https://a.fr/s> .
      <https://a.fr/0> a dcat:Dataset ; dct:title "Budget 2020" ; dct:issued "2020" ; dcat:inSeries <https://a.fr/s> ;
        dcat:prev <https://a.fr/9> ."""
    assert {"Budget 2019", "Budget 2020"} <= {each.title for each in read_text(tmp_path, text).datasets}


def test_a_dataset_with_little_said_of_it_is_one(tmp_path: Path) -> None:
    text = f'{PREFIXES} <https://a.fr/1> a dcat:Dataset ; dcat:theme "ENVI" ; dct:spatial "Bourg" .'
    reading = read_text(tmp_path, text)
    assert [each.uri for each in reading.datasets] == ["https://a.fr/1"]
    assert "missing-title" in codes(reading)


def test_texts_by_language_under_a_context_kept_elsewhere(tmp_path: Path) -> None:
    document = {
        "@context": "https://semiceu.github.io/DCAT-AP/releases/3.0.0/context/dcat-ap.jsonld",
        "@graph": [{"@id": "https://a.fr/1", "@type": "Dataset", "title": {"en": "Bees", "fr": "Abeilles"},
                    "description": {"en": "All."}, "keyword": {"fr": ["miel", "ruche"]},
                    "contactPoint": {"fn": "Service"}}],
    }  # fmt: skip
    (found,) = read_text(tmp_path, json.dumps(document), "c.jsonld").datasets
    assert (found.title, found.description, found.keywords) == ("Abeilles", "All.", ("miel", "ruche"))
    assert found.contact.name == "Service"


def test_prefixes_of_two_letters_are_no_languages(tmp_path: Path) -> None:
    document = {"@context": {"dc": "http://purl.org/dc/terms/", "ca": "http://www.w3.org/ns/dcat#"},
                "@id": "https://a.fr/1", "@type": "ca:Dataset", "dc:title": "Arbres"}  # fmt: skip
    context = {"@context": {"ca": "http://www.w3.org/ns/dcat#", "te": "http://purl.org/dc/terms/"}}
    (found,) = read_text(tmp_path, json.dumps(document), "c.jsonld").datasets
    assert found.title == "Arbres"
    (found,) = read_text(
        tmp_path,
        json.dumps({**context, "@id": "https://a.fr/1", "@type": "ca:Dataset", "te:title": "Lacs"}),
        "d.jsonld",
    ).datasets
    assert found.title == "Lacs"


@pytest.mark.parametrize(
    ("unit", "said"), [("time:years 1", ANNUAL), ("time:months 1.0", MONTHLY), ("time:days 30", "")]
)
def test_a_frequency_may_be_a_duration(tmp_path: Path, unit: str, said: str) -> None:
    found = one(
        tmp_path, f"dct:accrualPeriodicity [ a dct:Frequency ; rdf:value [ a time:DurationDescription ; {unit} ] ]"
    )
    assert found.frequency == said or (not said and found.frequency not in {ANNUAL, MONTHLY})


def test_a_geometry_with_a_corner_that_is_no_number_is_none(tmp_path: Path) -> None:
    shape = '{\\"type\\":\\"Polygon\\",\\"coordinates\\":[[[4,45],[4,NaN],[4,46],[4,45]]]}'
    text = f'{PREFIXES} <https://a.fr/1> a dcat:Dataset ; dct:title "A" ; dct:spatial [ locn:geometry "{shape}" ] .'
    reading = read_text(tmp_path, text)
    json.dumps(to_json(reading), allow_nan=False)
    assert reading.datasets[0].spatial == ()
    assert "dct:spatial" in reading.datasets[0].raw


@pytest.mark.parametrize(
    ("written", "label", "uri"),
    [
        ('<http://dati.gov.it/onto/dcatapit#geographicalIdentifier> "http://www.geonames.org/1"', "", "http://www.geonames.org/1"),
        ("locn:adminUnitL2 <https://a.fr/ain>", "", "https://a.fr/ain"),
        ("locn:geographicName <https://a.fr/ain>", "", "https://a.fr/ain"),
        ('<http://www.geonames.org/ontology#name> "Lyon"', "Lyon", ""),
        ('locn:adminUnitL2 "Ain"', "Ain", ""),
    ],
)  # fmt: skip
def test_a_place_is_named_in_many_ways(tmp_path: Path, written: str, label: str, uri: str) -> None:
    (place,) = one(tmp_path, f"dct:spatial [ a dct:Location ; {written} ]").spatial
    assert (place.label, place.uri) == (label, uri)


def test_an_insee_code_is_a_place(tmp_path: Path) -> None:
    (place,) = one(tmp_path, 'dct:spatial "01053"').spatial
    assert (place.label, place.codes) == ("01053", ("01053",))


@pytest.mark.parametrize(
    "written",
    [
        'schema:geo [ schema:box "46 5 47 6" ]',
        'schema:geo [ schema:box "46,5 47,6" ]',
        'schema:geo [ schema:polygon "46 5 46 6 47 6 47 5 46 5" ]',
    ],
)
def test_schema_org_writes_the_latitude_first(tmp_path: Path, written: str) -> None:
    (place,) = one(tmp_path, f"dct:title 'A' ; schema:spatialCoverage [ a schema:Place ; {written} ]").spatial
    assert place.bbox == (5, 46, 6, 47)


@pytest.mark.parametrize(
    "written",
    [
        "schema:geo [ schema:latitude 46.2 ; schema:longitude 5.2 ]",
        "schema:latitude 46.2 ; schema:longitude 5.2",
        '<http://www.w3.org/2003/01/geo/wgs84_pos#lat> "46.2" ; <http://www.w3.org/2003/01/geo/wgs84_pos#long> "5.2"',
    ],
)
def test_a_latitude_and_a_longitude_are_a_place(tmp_path: Path, written: str) -> None:
    (place,) = one(tmp_path, f"dct:spatial [ {written} ]").spatial
    assert place.bbox == (5.2, 46.2, 5.2, 46.2)


def test_every_address_of_a_distribution_is_kept(tmp_path: Path) -> None:
    found = one(tmp_path, "dcat:distribution [ dcat:accessURL <https://a.fr/1.csv>, <https://a.fr/2.csv> ]")
    (resource,) = found.resources
    assert resource.url == "https://a.fr/1.csv"
    assert resource.raw["dcat:accessURL"] == ["https://a.fr/1.csv", "https://a.fr/2.csv"]


@pytest.mark.parametrize("written", ["Service SIG, sig@a.fr", "Service SIG (sig@a.fr)", "Service SIG <sig@a.fr>"])
def test_a_contact_in_one_text_is_a_name_and_an_address(tmp_path: Path, written: str) -> None:
    contact = one(tmp_path, f'dcat:contactPoint "{written}"').contact
    assert (contact.name, contact.email) == ("Service SIG", "sig@a.fr")


def test_the_name_of_a_contact_may_be_on_a_node_of_its_own(tmp_path: Path) -> None:
    found = one(tmp_path, 'dcat:contactPoint [ vcard:hasFN [ vcard:value "Service SIG" ] ]')
    assert found.contact.name == "Service SIG"


def test_a_tag_badly_written_costs_its_own_dataset_at_most(tmp_path: Path) -> None:
    entries = [
        f'<dcat:dataset>\n<dcat:Dataset rdf:about="https://a.fr/{number}">\n'
        f'<dct:title xml:lang="fr">Jeu {number}</dct:title>\n'
        f"<dct:description>Tout.</dct:description>\n</dcat:Dataset>\n</dcat:dataset>\n"
        for number in range(1, 7)
    ]
    entries[2] = entries[2].replace('lang="fr"', 'lang=fr"')
    text = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#"'
        ' xmlns:dct="http://purl.org/dc/terms/">\n<dcat:Catalog rdf:about="https://a.fr/c">\n'
        f"{''.join(entries)}</dcat:Catalog>\n</rdf:RDF>"
    )
    reading = read_text(tmp_path, text, "catalogue.rdf")
    assert {f"Jeu {number}" for number in (1, 2, 4, 5, 6)} <= {each.title for each in reading.datasets}
    assert len(reading.datasets) <= 6
    assert not reading.complete


def test_the_latest_change_is_the_one_that_counts(tmp_path: Path) -> None:
    found = one(tmp_path, 'dct:title "A" ; dct:modified "2018-01-01", "2020-05-03T10:00:00Z", "2019"')
    assert found.modified == "2020-05-03T10:00:00+00:00"
    assert len(found.raw["dct:modified"]) == 3


@pytest.mark.parametrize(
    ("written", "end"),
    [
        ('"2019-01-01/P1Y"', "2019-12-31"),
        ('"2019/P6M"', "2019-06-30"),
        ("<http://reference.data.gov.uk/id/gregorian-interval/2019-01-01T00:00:00/P1M>", "2019-01-31"),
    ],
)
def test_a_period_may_be_a_beginning_and_a_duration(tmp_path: Path, written: str, end: str) -> None:
    (period,) = one(tmp_path, f"dct:temporal {written}").temporal
    assert (period.start[:4], period.end) == ("2019", end)


@pytest.mark.parametrize("said", ["provider", "creator"])
def test_who_made_a_dataset_of_schema_org_stands_for_who_publishes_it(tmp_path: Path, said: str) -> None:
    document = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": "Arbres",
        said: {"@type": "Organization", "name": "Ville"},
    }
    (found,) = read_text(tmp_path, json.dumps(document), "page.jsonld").datasets
    assert found.publisher.name == "Ville"
    (found,) = read_text(
        tmp_path, json.dumps({**document, "publisher": {"name": "Agglomération"}}), "page.jsonld"
    ).datasets
    assert found.publisher.name == "Agglomération"
