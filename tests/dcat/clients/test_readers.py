"""Clients that read RDF with what they have: the parser of ckanext-dcat, following the pages; rdflib alone."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from ckanext.dcat.processors import RDFParser
from rdflib.namespace import DCAT, DCTERMS, RDF

from tests.dcat.live.harvesting import ENDINGS, get, going_out, whole

FORMATS = {"ttl": ox.RdfFormat.TURTLE, "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD,
           "nt": ox.RdfFormat.N_TRIPLES}  # fmt: skip


@pytest.fixture(scope="module")
def parsed(portal):
    """Every page as a CKAN that harvests us reads it: the dictionaries of the datasets, and the number of pages."""
    found, pages, address = [], 0, f"{portal.url}/catalog.xml?rows=4"
    while address:
        answer = get(address)
        parser = RDFParser(profiles=["euro_dcat_ap_3"])
        parser.parse(answer.content, _format="xml")
        found += list(parser.datasets())
        pages += 1
        assert pages < 1000
        address = parser.next_page()
        assert address is None or isinstance(address, str)
    return found, pages


def extras(dataset: dict) -> dict[str, str]:
    return {one["key"]: one["value"] for one in dataset["extras"]}


def test_a_ckan_that_harvests_us_gets_every_dataset_once(portal, parsed):
    found, pages = parsed
    assert pages >= 3
    ids = [extras(one)["uri"].rsplit("/", 1)[1] for one in found]
    assert sorted(ids) == sorted(going_out(portal))
    assert {one["title"] for one in found} == set(going_out(portal).values())


def test_it_reads_publisher_contact_frequency_and_files(parsed):
    (one,) = [each for each in parsed[0] if each["title"] == "Populations des communes de l'agglomération"]
    told = extras(one)
    assert told["publisher_name"] == "Grand Bourg Agglomération"
    assert told["contact_name"] == "Grand Bourg Agglomération"
    assert told["frequency"] == "http://publications.europa.eu/resource/authority/frequency/ANNUAL"
    assert told["temporal_start"] == "2026-01-01"
    assert told["temporal_end"] == "2026-12-31"
    (file,) = [each for each in one["resources"] if each["name"] == "Populations par commune"]
    assert file["format"]
    assert get(file["download_url"]).text.startswith("code_insee;nom;")
    assert {tag["name"] for tag in one["tags"]} >= {"population", "habitants", "recensement"}


def test_rdflib_alone_finds_the_catalogue_and_its_datasets(portal):
    found = whole(f"{portal.url}/catalog.ttl?rows=4")
    (catalogue,) = set(found.subjects(RDF.type, DCAT.Catalog))
    assert {str(one).rsplit("/", 1)[1] for one in found.objects(catalogue, DCAT.dataset)} == set(going_out(portal))
    for dataset in found.subjects(RDF.type, DCAT.Dataset):
        (title,) = found.objects(dataset, DCTERMS.title)
        assert isinstance(title, rdflib.Literal)
        assert title.language == "fr"


def test_every_format_is_the_same_graph(portal):
    graphs = {}
    for ending, form in FORMATS.items():
        content = get(f"{portal.url}/catalog.{ending}?rows=all").content
        read = ox.Dataset(ox.Quad(one.subject, one.predicate, one.object) for one in ox.parse(content, format=form))
        read.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        graphs[ending] = {str(one) for one in read}
    assert set(ENDINGS) - {"xml"} == set(graphs)
    first = graphs["nt"]
    for ending, found in graphs.items():
        assert found == first, (ending, sorted(found ^ first)[:6])
