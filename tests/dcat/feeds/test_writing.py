"""The same triples in each syntax, whatever they hold; needs no portal."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF, XSD

from ckanext.ca3b.dcat.feeds import cursor, triples, writing

from .conftest import PARSERS

NODES = [URIRef("http://exemple.fr/a"), URIRef("http://exemple.fr/é"), BNode("x"), BNode("y"), BNode("z")]
PREDICATES = [RDF.type, DCTERMS.title, DCAT.theme, URIRef("http://exemple.fr/inconnu#mot")]
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=30)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, lang="fr")),
    st.sampled_from([Literal("2026-02-30", datatype=XSD.date), Literal("1.50", datatype=XSD.decimal)]),
)


@st.composite
def graph(draw):
    found = Graph()
    for _ in range(draw(st.integers(1, 12))):
        predicate = draw(st.sampled_from(PREDICATES))
        nodes = st.sampled_from(NODES)
        said = draw(nodes if predicate == RDF.type else st.one_of(nodes, LITERALS))
        found.add((draw(nodes), predicate, said))
    return found


def document(syntax: writing.Syntax, *graphs: Graph) -> bytes:
    pieces = [syntax.piece(triples.of_graph(one, str(rank))).encode() for rank, one in enumerate(graphs)]
    return b"".join(writing.document(syntax, pieces))


@settings(max_examples=25, deadline=None)
@given(graph(), graph())
def test_every_syntax_says_the_same_and_pieces_stay_apart(first, second):
    documents = {one.name: document(one, first, second) for one in writing.SYNTAXES}
    read = {name: Graph().parse(data=text, format=PARSERS[name]) for name, text in documents.items()}
    wanted = triples.of_graph(read["nt"], "same")
    for name, found in read.items():
        assert triples.of_graph(found, "same") == wanted, (name, documents[name].decode())


@settings(max_examples=15, deadline=None)
@given(graph())
def test_the_same_graph_is_always_written_the_same(given_graph):
    again = Graph()
    names: dict[BNode, BNode] = {}
    for triple in sorted(given_graph, reverse=True):
        again.add(tuple(names.setdefault(one, BNode()) if isinstance(one, BNode) else one for one in triple))
    for syntax in writing.SYNTAXES:
        assert document(syntax, given_graph) == document(syntax, again)


@pytest.mark.parametrize("ending", ["ttl", "xml", "jsonld", "nt"])
def test_what_no_format_can_hold_is_left_out(ending):
    given_graph = Graph()
    node = NODES[0]
    given_graph.add((node, DCTERMS.title, Literal("Eau\x00\x0b potable\ufffe")))
    given_graph.add((node, DCTERMS.source, URIRef("http://exemple.fr/mal formée<>")))
    given_graph.add((node, DCTERMS.description, Literal("deux\r\nlignes & <balise> ]]>")))
    found = Graph().parse(data=document(writing.FORMATS[ending].syntax, given_graph), format=PARSERS[ending])
    assert str(found.value(node, DCTERMS.title)) == "Eau potable"
    assert found.value(node, DCTERMS.source) is None
    assert "&" in str(found.value(node, DCTERMS.description))


def test_json_ld_names_no_context_of_another_site_and_nests_what_is_used_once():
    given_graph = Graph()
    period, shared = BNode(), BNode()
    given_graph.add((NODES[0], DCTERMS.temporal, period))
    given_graph.add((period, DCAT.startDate, Literal("2026-01-01", datatype=XSD.date)))
    for node in NODES[:2]:
        given_graph.add((node, DCTERMS.publisher, shared))
    given_graph.add((shared, DCTERMS.title, Literal("Viriat")))
    text = document(writing.JSONLD, given_graph).decode()
    assert '"dct:temporal":{"dcat:startDate":{"@type":"xsd:date","@value":"2026-01-01"}}' in text
    assert text.count('"Viriat"') == 1
    assert '"@context": {' in text


def test_turtle_begins_a_dataset_by_what_it_is():
    given_graph = Graph()
    given_graph.add((NODES[0], DCTERMS.title, Literal("Arbres", lang="fr")))
    given_graph.add((NODES[0], RDF.type, DCAT.Dataset))
    text = writing.TURTLE.piece(triples.of_graph(given_graph, "1", str(NODES[0])))
    assert text == '<http://exemple.fr/a> a dcat:Dataset ;\n\tdct:title "Arbres"@fr .\n'


def test_pyoxigraph_declares_no_prefix_that_our_documents_do_not():
    """Pieces are cut from whole documents of the library: what it writes around them must be ours too."""
    text = (ox.serialize([], format=ox.RdfFormat.RDF_XML, prefixes=writing.PREFIXES) or b"").decode()
    declared = {part.split("=")[0] for part in text.split() if part.startswith("xmlns:")}
    assert declared == {part.split("=")[0] for part in writing.XML.head.split() if part.startswith("xmlns:")}


@pytest.mark.parametrize("text", ["", "x", "20260101T000000000000_", "20261301T000000000000_x", "²" * 30])
def test_a_place_that_is_not_ours_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        cursor.read(text)
