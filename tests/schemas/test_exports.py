"""The catalogue can be read by a national portal from the first day: DCAT, schema.org, Croissant."""

from __future__ import annotations

import json

import pytest
from ckan.tests.helpers import call_action
from ckanext.dcat.processors import RDFParser
from rdflib import DCAT, DCTERMS, FOAF, RDF, Graph, Namespace, URIRef

from .conftest import soup

EU = "http://publications.europa.eu/resource/authority/"
DCATAP = Namespace("http://data.europa.eu/r5r/")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")


@pytest.fixture
def dataset(publish):
    return publish(
        theme=["Environnement"],
        frequency="annuelle",
        tag_string="fil d'eau, verre",
        hvd_category=["Déchets"],
        temporal_coverage=[{"start": "2025-01-01", "end": "2025-12-31"}],
        provenance="Relevé au GPS.",
        conforms_to=["https://schema.data.gouv.fr/scdl/equipements/"],
        resources=[{"url": "https://x.fr/verre.csv", "name": "Colonnes", "license": "lov2"}],
    )


def graph(app, url, form):
    return Graph().parse(data=app.get(url, status=200).body, format=form)


@pytest.mark.parametrize(("extension", "form"), [("ttl", "turtle"), ("xml", "xml"), ("jsonld", "json-ld")])
def test_a_dataset_is_described_in_dcat(app, dataset, extension, form):
    found = graph(app, f"/dataset/{dataset['name']}.{extension}", form)
    (node,) = found.subjects(RDF.type, DCAT.Dataset)
    assert str(found.value(node, DCTERMS.title)) == dataset["title"]
    # The top category of high-value data is a theme too: data.gouv.fr looks for it there.
    assert set(found.objects(node, DCAT.theme)) == {
        URIRef(EU + "data-theme/ENVI"),
        URIRef("http://data.europa.eu/bna/c_dd313021"),
    }
    assert found.value(node, DCTERMS.accrualPeriodicity) == URIRef(EU + "frequency/ANNUAL")
    assert found.value(node, DCTERMS.language) == URIRef(EU + "language/FRA")
    assert found.value(node, DCTERMS.accessRights) == URIRef(EU + "access-right/PUBLIC")
    assert found.value(node, DCATAP.hvdCategory) == URIRef("http://data.europa.eu/bna/c_38933a65")
    assert {str(word) for word in found.objects(node, DCAT.keyword)} == {"fil d'eau", "verre"}
    contact = found.value(node, DCAT.contactPoint)
    assert found.value(contact, VCARD.hasEmail) == URIRef("mailto:donnees@viriat.fr")
    assert str(found.value(found.value(node, DCTERMS.publisher), FOAF.name)) == "Viriat"
    assert found.value(node, DCTERMS.temporal)
    distribution = found.value(node, DCAT.distribution)
    assert found.value(distribution, DCTERMS.license) == URIRef(
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence"
    )


@pytest.mark.parametrize(("extension", "form"), [("ttl", "turtle"), ("xml", "xml"), ("jsonld", "json-ld")])
def test_the_catalogue_lists_it(app, dataset, extension, form):
    found = graph(app, f"/catalog.{extension}", form)
    titles = [str(found.value(node, DCTERMS.title)) for node in found.subjects(RDF.type, DCAT.Dataset)]
    assert titles == [dataset["title"]]


def test_the_page_carries_schema_org(app, dataset):
    page = soup(app.get(f"/dataset/{dataset['name']}"))
    described = [json.loads(script.text) for script in page.select('script[type="application/ld+json"]')]
    names = [node.get("schema:name") for one in described for node in one.get("@graph", [one])]
    assert dataset["title"] in names


def test_croissant_describes_it(app, dataset):
    answer = json.loads(app.get(f"/dataset/{dataset['name']}/croissant.jsonld", status=200).body)
    assert dataset["title"] in json.dumps(answer, ensure_ascii=False)
    assert "cr:FileObject" in json.dumps(answer)


def test_what_went_out_comes_back_equal(app, dataset):
    parser = RDFParser(profiles=["ca3b_dcat_ap_3"])
    parser.parse(app.get(f"/dataset/{dataset['name']}.ttl").body, "ttl")
    (parsed,) = parser.datasets()
    for field in ("title", "notes", "theme", "frequency", "language", "access_rights", "hvd_category", "provenance"):
        assert parsed[field] == dataset[field], field
    assert parsed["contact"][0]["email"] == "donnees@viriat.fr"
    periods = [{"start": row["start"], "end": row["end"]} for row in parsed["temporal_coverage"]]
    assert periods == call_action("package_show", id=dataset["id"])["temporal_coverage"]
