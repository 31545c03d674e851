"""What we say of datasets against the official shapes: no violation, whatever was written with them."""

from __future__ import annotations

import pytest
from ckan.tests import factories
from rdflib import RDF, XSD, Graph, Literal, URIRef

from ckanext.ca3b.dcat import graphs
from ckanext.ca3b.dcat.scope import WHOLE, Scope
from tests.dcat.profile import datasets
from tests.dcat.shacl.checking import DCAT, DCATAP, FILES, REGULATION, violations

pytestmark = pytest.mark.usefixtures("portal", "with_request_context")


def catalogue(*given: dict) -> Graph:
    """Return the whole catalogue of some datasets, as a harvester gathers it from its pages."""
    found = graphs.catalogue_graph(WHOLE)
    describer = graphs.Describer()
    for dataset in given:
        graph = describer.dataset_graph(dataset, datasets.facts() if dataset["id"] == datasets.ID else {})
        for triple in graph:
            found.add(triple)
        for triple in graphs.membership(WHOLE, dataset["id"], graphs.services_of(graph)):
            found.add(triple)
    return found


BARE = {"id": "0a1b2c3d-0000-4000-8000-000000000002", "name": "presque-rien", "title": "", "notes": "", "resources": []}


@pytest.fixture(scope="module")
def given(portal):
    owner = factories.Organization(kind="commune", insee_code="01451", contact_email="donnees@viriat.fr")
    return [
        datasets.rich(owner_org=owner["id"]),
        BARE | {"metadata_created": "2025-01-01T10:00:00"},
        datasets.rich(
            id="0a1b2c3d-0000-4000-8000-000000000003",
            dcat_type="http://www.w3.org/ns/dcat#DatasetSeries",
            resources=[],
            hvd_category=[],
        ),
    ]


@pytest.mark.parametrize("profile", FILES)
def test_the_catalogue_violates_nothing(given, profile):
    assert violations(catalogue(*given), profile) == []


@pytest.mark.parametrize("kind", ["organization", "theme", "hvd"])
def test_a_part_of_the_catalogue_violates_nothing(given, kind):
    part = graphs.catalogue_graph(Scope(kind, "viriat"), title="Viriat")
    whole = graphs.catalogue_graph(WHOLE)
    assert violations(part + whole, "dcat-ap") == []


def test_the_check_sees_what_is_wrong(given):
    graph = catalogue(*given)
    dataset = next(graph.subjects(RDF.type, DCAT.Dataset))
    graph.set((dataset, DCAT.spatialResolutionInMeters, Literal("près", datatype=XSD.string)))
    graph.remove((None, DCAT.accessURL, None))
    graph.add((dataset, DCAT.theme, URIRef("https://exemple.fr/sans-classe")))
    found = "\n".join(violations(graph, "dcat-ap"))
    assert "spatialResolutionInMeters" in found
    assert "accessURL" in found
    assert "sans-classe" in found


def test_the_check_of_high_value_data_sees_what_is_wrong(given):
    graph = catalogue(*given)
    graph.remove((None, DCATAP.applicableLegislation, None))
    for dataset in graph.subjects(DCATAP.hvdCategory, None):
        graph.add((dataset, DCATAP.applicableLegislation, REGULATION))
    for file in graph.subjects(RDF.type, DCAT.Distribution):
        graph.remove((file, DCATAP.applicableLegislation, None))
    assert any("applicableLegislation" in line for line in violations(graph, "hvd"))
