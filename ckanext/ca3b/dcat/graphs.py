"""A dataset, and the catalogue it belongs to, as RDF graphs: what the feeds write and the quality page measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from rdflib import RDF, Graph, Literal, URIRef

from ckanext.dcat.profiles.base import DCAT, DCT, FOAF
from ckanext.dcat.profiles.euro_dcat_ap_3 import EuropeanDCATAP3Profile
from ckanext.dcat.utils import dataset_uri

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .scope import Scope

CLOSED = "ca3b_closed"


class GraphError(ValueError):
    """A dataset that cannot be described: its id and a sentence for the operator."""

    def __init__(self, dataset_id: str, sentence: str) -> None:
        super().__init__(sentence)
        self.dataset_id = dataset_id
        self.sentence = sentence


class Describer:
    """Describes several datasets, reading once what they share: schema, organisations, settings.

    Keep it for one page or one job, no longer: what it has read is not read again.
    """

    def __init__(self) -> None:
        self._profiles: dict[str, Any] = {}

    def dataset_graph(self, dataset: Mapping[str, Any], facts: Mapping[str, list[Any]] | None = None) -> Graph:
        """Return one dataset with its distributions, services, agents, concepts and record.

        :param dataset: as an anonymous visitor reads it; its files marked ``ca3b_closed`` have no distribution.
        :param facts: what the plugins say of its files, by id, when already asked for.
        :raises GraphError: when it cannot be described.
        """
        del facts
        graph = Graph()
        given = {**dataset, "resources": [one for one in dataset.get("resources", ()) if not one.get(CLOSED)]}
        try:
            EuropeanDCATAP3Profile(graph).graph_from_dataset(given, URIRef(dataset_uri(given)))
        except Exception as error:
            raise GraphError(str(dataset.get("id")), tk._("This dataset could not be described.")) from error
        return graph


def dataset_graph(dataset: Mapping[str, Any], facts: Mapping[str, list[Any]] | None = None) -> Graph:
    """Describe one dataset; for several, keep a :class:`Describer`."""
    return Describer().dataset_graph(dataset, facts)


def catalogue_graph(scope: Scope, *, title: str = "", description: str = "") -> Graph:
    """Return the node of a catalogue, with its publisher, licence, language and themes, without its datasets."""
    graph = Graph()
    catalogue = URIRef(scope.uri)
    graph.add((catalogue, RDF.type, DCAT.Catalog))
    graph.add((catalogue, DCT.title, Literal(title or tk.config["ckan.site_title"], lang="fr")))
    graph.add((catalogue, DCT.description, Literal(description or tk.config["ckan.site_title"], lang="fr")))
    graph.add((catalogue, FOAF.homepage, URIRef(tk.config["ckan.site_url"])))
    return graph


def membership(scope: Scope, dataset_id: str, services: Iterable[str]) -> Iterator[tuple[URIRef, URIRef, URIRef]]:
    """Yield the triples that make a dataset, its record and its services members of a catalogue.

    :param services: URIs of the dataset's services, see :func:`services_of`.
    """
    catalogue = URIRef(scope.uri)
    dataset = dataset_uri({"id": dataset_id})
    yield catalogue, DCAT.dataset, URIRef(dataset)
    yield catalogue, DCAT.record, URIRef(record_uri(dataset_id))
    for service in services:
        yield catalogue, DCAT.service, URIRef(service)


def record_uri(dataset_id: str) -> str:
    """Return what names the catalogue record of a dataset."""
    return dataset_uri({"id": dataset_id}) + "#record"


def services_of(graph: Graph) -> list[str]:
    """Return the URIs of the services that a dataset's graph describes, in a stable order."""
    return sorted(str(one) for one in graph.subjects(RDF.type, DCAT.DataService) if isinstance(one, URIRef))
