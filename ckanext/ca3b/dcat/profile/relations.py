"""What a dataset has to do with others: its versions, its series, what it was harvested from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import PROV, RDF, URIRef

from ckanext.ca3b.schemas.indexing import values

from . import cleaning, terms
from .agents import rows
from .names import DCAT, DCT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Graph
    from rdflib.term import Node

    from .portal import Portal


def add_relations(graph: Graph, portal: Portal, node: Node, dataset: Mapping[str, Any]) -> None:
    """Say the links of a dataset.

    A relation with a role and ``dct:hasVersion`` must lead to something described here: what lies elsewhere has
    ``dct:relation`` and ``dcat:hasVersion``.
    """
    for version in terms.links(dataset.get("has_version")):
        graph.add((node, DCAT.hasVersion, version))
    for row in rows(dataset.get("qualified_relation")):
        if address := cleaning.uri(row.get("relation")):
            graph.add((node, DCT.relation, URIRef(address)))
    source = cleaning.uri(dataset.get("uri"))
    if source and source != str(node):
        graph.add((node, PROV.wasDerivedFrom, URIRef(source)))
    if dataset.get("dcat_type") == terms.SERIES:
        graph.add((node, RDF.type, DCAT.DatasetSeries))
    for id_ in values(dataset.get("in_series")):
        if portal.is_public_series(id_):
            graph.add((node, DCAT.inSeries, URIRef(portal.dataset_uri(id_))))
