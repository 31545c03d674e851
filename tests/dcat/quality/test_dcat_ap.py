"""The cheap check of DCAT-AP agrees with the official shapes on what it looks at."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import DCAT, RDF, Graph, Literal, Namespace, URIRef
from rdflib import DCTERMS as DCT

from ckanext.ca3b.dcat.quality import dcat_ap

from .graphs import DATASET, FILE, HVD, WHOLE, graph

SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPES = next((Path(__file__).parents[1]).rglob("shacl_dcat-ap-SHACL.ttl"), None)


def test_a_sound_description_has_no_fault():
    assert dcat_ap.wrongs(graph(WHOLE, HVD), DATASET) == []


@pytest.mark.parametrize(
    ("subject", "predicate", "value"),
    [
        (DATASET, DCT.spatial, Literal("Viriat")),
        (DATASET, DCT.title, URIRef("https://exemple.fr/titre")),
        (DATASET, DCT.accessRights, URIRef("https://exemple.fr/aussi")),
        (FILE, DCAT.byteSize, Literal(13)),
        (FILE, DCT.conformsTo, Literal("SCDL")),
    ],
)
def test_a_fault_is_found_where_it_is(subject, predicate, value):
    given = graph(WHOLE)
    given.add((subject, predicate, value))
    assert [(one.node, one.path) for one in dcat_ap.wrongs(given, DATASET)] == [(subject, predicate)]


def test_a_publisher_without_a_name_is_a_fault():
    given = graph(WHOLE)
    (publisher,) = given.objects(DATASET, DCT.publisher)
    given.remove((publisher, None, None))
    given.add((publisher, RDF.type, URIRef("http://xmlns.com/foaf/0.1/Agent")))
    assert [one.node for one in dcat_ap.wrongs(given, DATASET)] == [publisher]


@pytest.mark.skipif(SHAPES is None, reason="the shapes are not in the tests")
@pytest.mark.parametrize(
    ("kind", "target"),
    [("dataset", DCAT.Dataset), ("distribution", DCAT.Distribution), ("service", DCAT.DataService)],
)
def test_the_rules_are_those_of_the_shapes(kind, target):
    shapes = Graph().parse(SHAPES)
    rules = dcat_ap.rules()[kind]
    required, once, texts, nodes = set(), set(), set(), set()
    for shape in shapes.subjects(SH.targetClass, target):
        for one in shapes.objects(shape, SH.property):
            path = shapes.value(one, SH.path)
            required |= {path} if shapes.value(one, SH.minCount) else set()
            once |= {path} if shapes.value(one, SH.maxCount) == Literal(1) else set()
            kind_of = shapes.value(one, SH.nodeKind)
            texts |= {path} if kind_of == SH.Literal else set()
            nodes |= {path} if kind_of == SH.BlankNodeOrIRI else set()
    assert set(rules["required"]) == required
    assert set(rules["once"]) == once
    assert texts <= set(rules["texts"])
    # The category of high-value data comes from another profile.
    assert nodes <= set(rules["nodes"])
