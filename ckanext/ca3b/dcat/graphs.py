"""A dataset, and the catalogue it belongs to, as RDF graphs: what the feeds write and the quality page measures."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from rdflib import RDF, Graph, URIRef

from ckanext.ca3b import catalogue

from .profile.catalogue import add_catalogue
from .profile.light import LightGraph
from .profile.names import DCAT, DCT
from .profile.portal import Portal
from .profile.profile import CLOSED, FACTS, VERSION, Ca3bDcatAp3
from .profile.records import record_uri as _record_uri
from .scope import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .scope import Scope

log = logging.getLogger(__name__)

__all__ = [
    "CLOSED",
    "VERSION",
    "Describer",
    "GraphError",
    "catalogue_graph",
    "dataset_graph",
    "membership",
    "record_uri",
    "services_of",
]


class GraphError(ValueError):
    """A dataset that cannot be described: its id and a sentence for the operator."""

    def __init__(self, dataset_id: str, sentence: str) -> None:
        super().__init__(sentence)
        self.dataset_id = dataset_id
        self.sentence = sentence


class Describer:
    """Describes several datasets, reading once what they share: organisations, settings.

    Keep it for one page or one job, no longer: what it has read is not read again.
    """

    def __init__(self) -> None:
        self.portal = Portal()

    def dataset_graph(self, dataset: Mapping[str, Any], facts: Mapping[str, list[Any]] | None = None) -> Graph:
        """Return one dataset with its distributions, services, agents, concepts and record.

        :param dataset: as an anonymous visitor reads it; its files marked ``ca3b_closed`` have no distribution.
        :param facts: what the plugins say of its files, by id, when already asked for.
        :raises GraphError: when it cannot be described.
        """
        graph = LightGraph()
        try:
            if facts is None:
                facts = catalogue.facts_of([one for one in dataset.get("resources") or () if not one.get(CLOSED)])
            profile = Ca3bDcatAp3(graph)
            profile.portal = self.portal
            profile.graph_from_dataset({**dataset, FACTS: facts}, URIRef(self.portal.dataset_uri(dataset["id"])))
        except Exception as error:
            log.exception("Dataset %s cannot be described", dataset.get("id"))
            sentence = tk._("The description of this dataset cannot be read: {error}. Save it again from its form.")
            raise GraphError(str(dataset.get("id")), sentence.format(error=type(error).__name__)) from error
        return graph


def dataset_graph(dataset: Mapping[str, Any], facts: Mapping[str, list[Any]] | None = None) -> Graph:
    """Describe one dataset; for several, keep a :class:`Describer`."""
    return Describer().dataset_graph(dataset, facts)


def catalogue_graph(scope: Scope, *, title: str = "", description: str = "") -> Graph:
    """Return the node of a catalogue, with its publisher, licence, language and themes, without its datasets."""
    graph = Graph()
    node = URIRef(scope.uri)
    add_catalogue(graph, Portal(), node, title=title, description=description)
    if scope != WHOLE:
        graph.add((node, DCT.isPartOf, URIRef(WHOLE.uri)))
        graph.add((URIRef(WHOLE.uri), DCAT.catalog, node))
    return graph


def membership(scope: Scope, dataset_id: str, services: Iterable[str]) -> Iterator[tuple[URIRef, URIRef, URIRef]]:
    """Yield the triples that make a dataset, its record and its services members of a catalogue.

    :param services: URIs of the dataset's services, see :func:`services_of`.
    """
    node = URIRef(scope.uri)
    portal = Portal()
    yield node, DCAT.dataset, URIRef(portal.dataset_uri(dataset_id))
    yield node, DCAT.record, URIRef(_record_uri(portal, dataset_id))
    for service in services:
        yield node, DCAT.service, URIRef(service)


def record_uri(dataset_id: str) -> str:
    """Return what names the catalogue record of a dataset."""
    return _record_uri(Portal(), dataset_id)


def services_of(graph: Graph) -> list[str]:
    """Return the URIs of the services that a dataset's graph describes, in a stable order."""
    return sorted(str(one) for one in graph.subjects(RDF.type, DCAT.DataService) if isinstance(one, URIRef))
