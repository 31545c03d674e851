"""The whole catalogue that is served, every page of it, against the official shapes."""

from __future__ import annotations

import pytest
from rdflib.namespace import DCAT, RDF

from tests.dcat.shacl.checking import FILES, violations

from .harvesting import going_out, whole


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
