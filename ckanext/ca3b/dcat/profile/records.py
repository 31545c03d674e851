"""The record of a dataset in the catalogue: when it came in, when its description last changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import FOAF, PROV, RDF, URIRef

from . import cleaning, concepts
from .names import DCAT, DCT
from .terms import date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Graph
    from rdflib.term import Node

    from .portal import Portal


def record_uri(portal: Portal, dataset_id: str) -> str:
    """Return what names the record of a dataset."""
    return f"{portal.dataset_uri(dataset_id)}#record"


def add_record(graph: Graph, portal: Portal, dataset: Mapping[str, Any], node: Node) -> None:
    """Say the record of a dataset, and where it was harvested from; none without the date that it must have."""
    modified = date(dataset.get("metadata_modified"), dataset.get("metadata_created"))
    if modified is None:
        return
    record = URIRef(record_uri(portal, dataset["id"]))
    graph.add((record, RDF.type, DCAT.CatalogRecord))
    graph.add((record, FOAF.primaryTopic, node))
    graph.add((node, RDF.type, DCAT.Resource))  # as the shapes of HVD ask of what a record is about
    graph.add((record, DCT.modified, modified))
    if issued := date(dataset.get("metadata_created")):
        graph.add((record, DCT.issued, issued))
    if french := concepts.find("languages", "fr"):
        graph.add((record, DCT.language, french))
        concepts.add(graph, "languages", french)
    source = cleaning.uri(dataset.get("uri"))
    if source and source != str(node):
        graph.add((record, PROV.wasDerivedFrom, URIRef(source)))
