"""High-value data, said in both ways: as DCAT-AP HVD wants it, and as data.gouv.fr reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import RDF, URIRef

from ckanext.ca3b.schemas.indexing import values

from . import concepts
from .names import DCAT, DCATAP, ELI

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rdflib import Graph
    from rdflib.term import Node

#: Commission Implementing Regulation (EU) 2023/138.
REGULATION = URIRef("http://data.europa.eu/eli/reg_impl/2023/138/oj")


def categories(stored: Any) -> list[URIRef]:
    """Return the categories of high-value data that a dataset says it is of."""
    found = (concepts.find("hvd_categories", value) for value in values(stored))
    return list(dict.fromkeys(one for one in found if one is not None))


def add_themes(graph: Graph, dataset: Node, found: Iterable[URIRef]) -> None:
    """Give a dataset the top categories as themes: data.gouv.fr knows high-value data by them alone."""
    for top in dict.fromkeys(filter(None, map(concepts.top_category, found))):
        graph.add((dataset, DCAT.theme, top))
        concepts.add(graph, "hvd_categories", top)


def add_categories(graph: Graph, subject: Node, found: Sequence[URIRef]) -> None:
    """Give a dataset or a service its categories, and the regulation that asks for them."""
    for category in found:
        graph.add((subject, DCATAP.hvdCategory, category))
        concepts.add(graph, "hvd_categories", category)
    if found:
        add_regulation(graph, subject)


def add_regulation(graph: Graph, subject: Node) -> None:
    """Say that a dataset, a file or a service falls under the regulation."""
    graph.add((subject, DCATAP.applicableLegislation, REGULATION))
    graph.add((REGULATION, RDF.type, ELI.LegalResource))
