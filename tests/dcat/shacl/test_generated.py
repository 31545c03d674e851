"""Catalogues made from the whole schema, with the worst of each field: any reader reads them, no shape is violated."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from rdflib import Graph

from ckanext.ca3b.catalogue import Service
from ckanext.ca3b.dcat import graphs
from ckanext.ca3b.dcat.profile.names import FORMAT
from ckanext.ca3b.dcat.scope import WHOLE
from tests.dcat.profile.whole_schema import DATASETS
from tests.dcat.shacl.checking import FILES, violations

pytestmark = pytest.mark.usefixtures("portal", "with_request_context")

CALM = {"derandomize": True, "database": None, "deadline": None, "suppress_health_check": list(HealthCheck)}


@settings(max_examples=60, **CALM)
@given(dataset=DATASETS)
def test_whatever_was_written_any_reader_reads_it(dataset):
    graph = graphs.dataset_graph(dataset, {})
    lines = graph.serialize(format="nt", encoding="utf-8")
    assert len(list(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))) == len(graph)
    etree.fromstring(graph.serialize(format="xml", encoding="utf-8"))


@settings(max_examples=2, phases=[Phase.generate], **CALM)
@given(datasets=st.lists(DATASETS, min_size=12, max_size=12, unique_by=lambda one: one["id"]))
def test_a_catalogue_of_the_whole_schema_violates_nothing(datasets):
    described = [(one["id"], graphs.dataset_graph(_served(one), _facts(one))) for one in datasets]
    whole = graphs.catalogue_graph(WHOLE)
    for id_, graph in described:
        for triple in (*graph, *graphs.membership(WHOLE, id_, graphs.services_of(graph))):
            whole.add(triple)
    assert isinstance(whole, Graph)
    found = {profile: violations(whole, profile) for profile in FILES}
    # A format that nobody listed has a name and no address: DCAT-AP allows it, its vocabularies do not.
    found["vocabularies"] = [line for line in found["vocabularies"] if str(FORMAT) not in line]
    assert not any(found.values()), found


def _served(dataset):
    """High-value data have an API, or the regulation is not followed: that is not for us to hide."""
    return dataset if dataset["resources"] else {**dataset, "hvd_category": []}


def _facts(dataset):
    return {
        one["id"]: [Service("datastore", "", "https://portail.example/api", "", "https://portail.example/doc")]
        for one in dataset["resources"]
    }
