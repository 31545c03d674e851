"""What ckanext-dcat 2.4.4 says or reads wrong, and our profile goes around: each test fails once it is no longer so."""

from __future__ import annotations

import pytest
from ckanext.dcat.processors import RDFParser
from ckanext.dcat.profiles.euro_dcat_ap_3 import EuropeanDCATAP3Profile
from rdflib import RDF, BNode, Graph, Literal, URIRef

from ckanext.ca3b.dcat.profile.names import DCAT, DCT, FORMAT, SPDX
from tests.dcat.profile import datasets

pytestmark = pytest.mark.usefixtures("portal", "with_request_context")

NODE = URIRef("https://ailleurs.example/dataset/1")
STANDARD = "_:norme a dct:Standard ; dct:title 'Format BAL 1.4' ."


def said(**changes) -> Graph:
    """Return what ckanext-dcat's own profile says of a dataset."""
    graph = Graph()
    given = datasets.rich(publisher=[{"name": "Viriat"}], resources=[datasets.upload()], spatial_coverage=[])
    EuropeanDCATAP3Profile(graph).graph_from_dataset(given | changes, NODE)
    return graph


def read(statements: str) -> dict:
    """Return what ckanext-dcat's own parser reads of a dataset."""
    parser = RDFParser(profiles=["euro_dcat_ap_3"])
    prefixes = "@prefix dct: <http://purl.org/dc/terms/> . @prefix dcat: <http://www.w3.org/ns/dcat#> . "
    parser.parse(f"{prefixes} <{NODE}> a dcat:Dataset ; dct:title 'Un titre' ; {statements}", _format="turtle")
    (dataset,) = parser.datasets()
    return dataset


def test_a_service_with_a_contact_still_breaks_it():
    with pytest.raises(AttributeError):
        said(resources=[datasets.link()])


def test_it_still_says_texts_without_their_language():
    assert said().value(NODE, DCT.title) == Literal("Adresses de Viriat")


def test_it_still_does_not_say_the_licence_of_a_dataset():
    assert said().value(NODE, DCT.license) is None


def test_it_still_says_rules_and_formats_as_texts():
    graph = said()
    assert Literal("Format BAL 1.4") in set(graph.objects(NODE, DCT.conformsTo))
    assert isinstance(next(graph.objects(None, FORMAT)), Literal)


def test_it_still_says_an_identifier_that_is_an_address_as_a_resource():
    assert said(identifier="https://ailleurs.example/1").value(NODE, DCT.identifier) == URIRef(
        "https://ailleurs.example/1"
    )


def test_it_still_says_versions_with_a_property_that_wants_them_described():
    assert said().value(NODE, DCT.hasVersion) is not None


def test_it_still_invents_the_kind_of_a_licence():
    graph = said(resources=[datasets.upload(license="https://creativecommons.org/licenses/by/4.0/")])
    assert (None, DCT.type, URIRef("http://purl.org/adms/licencetype/UnknownIPR")) in graph


def test_it_still_says_a_checksum_without_its_algorithm():
    graph = said()
    (checksum,) = graph.objects(None, SPDX.checksum)
    assert graph.value(checksum, SPDX.algorithm) is None


def test_it_still_says_no_series_record_or_service_of_the_catalogue():
    graph = said(dcat_type="http://www.w3.org/ns/dcat#DatasetSeries")
    assert (NODE, RDF.type, DCAT.DatasetSeries) not in graph
    assert (None, RDF.type, DCAT.CatalogRecord) not in graph


def test_it_still_gives_our_home_page_to_what_comes_in():
    assert read("dct:description 'Rien' .")["homepage"] == "http://test.ckan.net"


def test_it_still_ignores_the_licence_of_a_dataset_that_comes_in():
    assert not read("dct:license <https://www.etalab.gouv.fr/licence-ouverte-open-licence> .")["license_id"]


def test_names_of_blank_nodes_still_leak_into_what_comes_in():
    (name,) = read(f"dct:conformsTo _:norme . {STANDARD}")["conforms_to"]
    assert name != "Format BAL 1.4"
    assert isinstance(BNode(name), BNode)
    assert "BAL" not in name


def test_themes_of_every_list_still_come_in_together():
    inspire = "http://inspire.ec.europa.eu/theme/ad"
    assert read(f"dcat:theme <{inspire}> .")["theme"] == [inspire]
