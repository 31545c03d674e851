"""Licences and rights: one per dataset, per file and per service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import RDF, RDFS, BNode, Literal, URIRef

from ckanext.ca3b import vocabularies

from . import cleaning, concepts
from .names import DCT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Graph
    from rdflib.term import Node

#: What the law says of public data without a licence (CRPA, L.321-1).
FREE_BY_LAW = "Réutilisation libre (code des relations entre le public et l’administration, article L. 321-1)."
NOT_SPECIFIED = "notspecified"


def licence_of(graph: Graph, value: Any, *, title: Any = "", url: Any = "") -> Node | None:
    """Say which licence is meant; return its node, None when there is none.

    :param value: a code, an address or a name; what our list does not know keeps its address or its name.
    """
    written = cleaning.text(value)
    if not written or written == NOT_SPECIFIED:
        return None
    if known := concepts.licence(written):
        node, said = known
        for triple in said:
            graph.add(triple)
        return node
    address = cleaning.uri(written) or cleaning.uri(url)
    node = URIRef(address) if address else BNode()
    graph.add((node, RDF.type, DCT.LicenseDocument))
    entry = vocabularies.licences().find(written)
    name = entry.label if entry else cleaning.text(title) or ("" if address else written)
    if name:
        graph.add((node, DCT.title, Literal(name, lang="fr")))
        if not address:
            graph.add((node, RDFS.label, Literal(name, lang="fr")))
    return node


def dataset_licence(graph: Graph, dataset: Mapping[str, Any]) -> Node | None:
    """Say the licence of a dataset; return its node."""
    return licence_of(
        graph, dataset.get("license_id"), title=dataset.get("license_title"), url=dataset.get("license_url")
    )


def add_statement(graph: Graph, subject: Node, predicate: URIRef, value: Any, class_: URIRef) -> None:
    """Say a statement about rights or origin: its address, or its words on a blank node."""
    if address := cleaning.uri(value):
        graph.add((subject, predicate, URIRef(address)))
        graph.add((URIRef(address), RDF.type, class_))
    elif words := cleaning.text(value):
        node = BNode()
        graph.add((subject, predicate, node))
        graph.add((node, RDF.type, class_))
        graph.add((node, RDFS.label, Literal(words, lang="fr")))
