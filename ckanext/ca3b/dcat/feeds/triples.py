"""From the graph of a dataset to triples that every format can hold, always the same for the same graph."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import RDF, BNode, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib.term import Node

TYPE = str(RDF.type)
# What XML 1.0 cannot hold, and halves of characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def of_graph(graph: Iterable[tuple[Node, Node, Node]], seed: str, first: str = "") -> list[ox.Triple]:
    """Return the triples of a graph, sorted by subject, ``first`` before the others, blank nodes last.

    Blank nodes are named after what they say (RDFC-1.0) and ``seed``: two graphs of different seeds may be written
    in one document. A triple with an address that no format can hold is left out.
    """
    known: dict[Node, ox.NamedNode | ox.BlankNode | ox.Literal | None] = {}

    def term(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
        if node not in known:
            known[node] = _term(node, len(known))
        return known[node]

    found = ox.Dataset(
        ox.Quad(*terms)  # pyright: ignore[reportArgumentType]
        for terms in ((term(s), term(p), term(o)) for s, p, o in graph)
        if None not in terms
    )
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    prefix = "b" + hashlib.sha256(seed.encode()).hexdigest()[:16] + "n"
    named = (ox.Triple(_named(q.subject, prefix), q.predicate, _named(q.object, prefix)) for q in found)  # pyright: ignore[reportArgumentType]
    return sorted(named, key=lambda one: _key(one, first))


def _term(node: Node, number: int) -> ox.NamedNode | ox.BlankNode | ox.Literal | None:
    if isinstance(node, BNode):
        return ox.BlankNode(f"x{number}")
    if isinstance(node, Literal):
        text = _UNWRITABLE.sub("", str(node))
        if node.language:
            return ox.Literal(text, language=node.language)
        return ox.Literal(text, datatype=ox.NamedNode(str(node.datatype))) if node.datatype else ox.Literal(text)
    try:
        return ox.NamedNode(str(node))
    except ValueError:
        return None


def _named(term: object, prefix: str) -> object:
    return ox.BlankNode(prefix + term.value.removeprefix("c14n")) if isinstance(term, ox.BlankNode) else term


def _key(triple: ox.Triple, first: str) -> tuple[int, str, bool, str, str]:
    subject, predicate = triple.subject.value, triple.predicate.value  # pyright: ignore[reportAttributeAccessIssue]
    rank = 0 if subject == first else 2 if isinstance(triple.subject, ox.BlankNode) else 1
    return rank, subject, predicate != TYPE, predicate, str(triple.object)
