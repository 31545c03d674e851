"""The whole catalogue that is served, every page of it, against the official shapes."""

from __future__ import annotations

import pytest
from rdflib import Namespace
from rdflib.namespace import DCAT, FOAF, RDF, RDFS

from tests.dcat.shacl.checking import FILES, violations

from .harvesting import going_out, whole

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")


@pytest.fixture(scope="module")
def catalogue(portal):
    """All pages as one graph, as who harvests puts them together."""
    return whole(f"{portal.url}/catalog.ttl?rows=5")


def test_all_that_goes_out_is_in_it(portal, catalogue):
    assert len(set(catalogue.subjects(RDF.type, DCAT.Dataset))) == len(going_out(portal))
    assert len(set(catalogue.subjects(RDF.type, DCAT.Catalog))) == 1
    assert set(catalogue.subjects(RDF.type, DCAT.DataService))


@pytest.mark.parametrize("profile", FILES)
def test_nothing_violates_the_shapes(catalogue, profile):
    assert violations(catalogue, profile) == []


def test_addresses_are_resources_without_any_inference(catalogue):
    """The shapes of HVD ask for ``rdfs:Resource``, and validators that infer nothing do not find it by themselves."""
    for predicate in (VCARD.hasURL, VCARD.hasEmail, DCAT.endpointURL, DCAT.endpointDescription):
        for address in catalogue.objects(None, predicate):
            assert (address, RDF.type, RDFS.Resource) in catalogue, address
    for topic in catalogue.objects(None, FOAF.primaryTopic):
        assert (topic, RDF.type, DCAT.Resource) in catalogue, topic
