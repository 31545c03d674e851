"""From the graph of a dataset to triples that every format can hold, always the same for the same graph."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import RDF, BNode, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rdflib.term import Node

Term = ox.NamedNode | ox.BlankNode | ox.Literal
TYPE = str(RDF.type)
# What XML 1.0 cannot hold, and halves of characters.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def of_graph(graph: Iterable[tuple[Node, Node, Node]], seed: str, first: str = "") -> list[ox.Triple]:
    """Return the triples of a graph, sorted by subject, ``first`` before the others, blank nodes last.

    Blank nodes are named after what they say (RDFC-1.0) and ``seed``: two graphs of different seeds may be written
    in one document. A triple with an address that no format can hold is left out.
    """
    found = ox.Dataset(ox.Quad(*one) for one in _terms(graph, "x"))  # pyright: ignore[reportArgumentType]
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    prefix = _prefix(seed)
    named = (ox.Triple(_named(q.subject, prefix), q.predicate, _named(q.object, prefix)) for q in found)  # pyright: ignore[reportArgumentType]
    return sorted(named, key=lambda one: _key(one, first))


def of_ordered(graph: Iterable[tuple[Node, Node, Node]], seed: str, first: str = "") -> list[ox.Triple]:
    """Return the same of a graph whose triples always come in the same order: blank nodes are named by their place."""
    named = (ox.Triple(*one) for one in _terms(graph, _prefix(seed)))  # pyright: ignore[reportArgumentType]
    return sorted(named, key=lambda one: _place(one, first))


def of_text(text: bytes) -> list[ox.Triple]:
    """Return the triples of N-Triples that were written here, in the order in which they were."""
    return [one.triple for one in ox.parse(text, format=ox.RdfFormat.N_TRIPLES)]


def _terms(graph: Iterable[tuple[Node, Node, Node]], prefix: str) -> Iterator[tuple[Term, Term, Term]]:
    known: dict[Node, Term | None] = {}
    for statement in graph:
        for node in statement:
            if node not in known:
                known[node] = _term(node, f"{prefix}{len(known)}")
        subject, predicate, value = (known[node] for node in statement)
        if subject is not None and predicate is not None and value is not None:
            yield subject, predicate, value


def _prefix(seed: str) -> str:
    return "b" + hashlib.sha256(seed.encode()).hexdigest()[:16] + "n"


def _term(node: Node, name: str) -> Term | None:
    if isinstance(node, BNode):
        return ox.BlankNode(name)
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


def _place(triple: ox.Triple, first: str) -> tuple[int, str, bool]:
    subject = triple.subject.value  # pyright: ignore[reportAttributeAccessIssue]
    rank = 0 if subject == first else 2 if isinstance(triple.subject, ox.BlankNode) else 1
    return rank, subject, triple.predicate.value != TYPE


def _key(triple: ox.Triple, first: str) -> tuple[int, str, bool, str, str]:
    return *_place(triple, first), triple.predicate.value, str(triple.object)
