"""The services that give what is in a file: those of the portal, and those written with a harvested dataset."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from attrs import define, field
from rdflib import FOAF, RDF, RDFS, Literal, URIRef

from ckanext.ca3b.catalogue import Service
from ckanext.ca3b.schemas.indexing import values

from . import cleaning, concepts, hvd, rights
from .agents import rows
from .files import add_media_type, media_type
from .names import DCAT, DCATAP, DCT, ELI, FORMAT
from .terms import dated

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib import Graph
    from rdflib.term import Node

PUBLIC = "PUBLIC"


@define
class Given:
    """What the services of a dataset take from it."""

    dataset: Node
    title: str
    publisher: Node | None
    licence: Node | None
    categories: list[URIRef] = field(factory=list)


def add_served(graph: Graph, distribution: URIRef, given: Given, facts: Iterable[Any], file: str) -> list[URIRef]:
    """Say the services that the portal runs on a file, called ``file``; return their nodes.

    Each title names what it serves: a portal that takes many of them lists them by title alone.

    They serve the dataset and are no ``dcat:accessService`` of the file: data.gouv.fr would then show the file
    itself as an API.
    """
    found = []
    for fact in facts:
        endpoint = cleaning.uri(fact.endpoint_url) if isinstance(fact, Service) else None
        if endpoint is None:
            continue
        node = URIRef(f"{distribution}#service-{fact.kind}")
        titles = dict.fromkeys(filter(None, (cleaning.text(fact.title), given.title, cleaning.text(file))))
        _add(graph, node, given, " – ".join(titles), endpoint)
        graph.add((node, DCT.identifier, Literal(str(node))))
        _add_description(graph, node, fact.endpoint_description)
        _add_pages(graph, node, [fact.documentation])
        _add_standards(graph, node, fact.conforms_to)
        add_media_type(graph, node, DCAT.mediaType, media_type(fact.media_type))
        _add_licence(graph, node, given.licence, bool(given.categories))
        hvd.add_categories(graph, node, given.categories)
        found.append(node)
    return found


def add_written(
    graph: Graph, distribution: URIRef, given: Given, resource: Mapping[str, Any], fallback: str
) -> list[URIRef]:
    """Say the services written with a file; return their nodes.

    Each has a node of ours: the same service may be written otherwise with another dataset.
    """
    found = []
    for row in rows(resource.get("access_services")):
        endpoints = list(filter(None, map(cleaning.uri, values(row.get("endpoint_url"))))) or [fallback]
        node = _node(distribution, row, endpoints)
        graph.add((distribution, DCAT.accessService, node))
        _add(graph, node, given, cleaning.text(row.get("title")) or given.title, *endpoints)
        if words := cleaning.text(row.get("description")):
            graph.add((node, DCT.description, Literal(words, lang="fr")))
        graph.add((node, DCT.identifier, Literal(cleaning.text(row.get("identifier")) or str(node))))
        _add_description(graph, node, row.get("endpoint_description"))
        _add_pages(graph, node, values(row.get("landing_page")), DCAT.landingPage)
        if given.categories:
            pages = map(cleaning.uri, [*values(row.get("landing_page")), row.get("endpoint_description"), endpoints[0]])
            _add_pages(graph, node, list(filter(None, pages))[:1])
        _add_standards(graph, node, values(row.get("conforms_to")))
        licence = rights.licence_of(graph, row.get("license")) or given.licence
        _add_licence(graph, node, licence, bool(given.categories))
        own = hvd.categories(row.get("hvd_category"))
        hvd.add_categories(graph, node, list(dict.fromkeys([*given.categories, *own])))
        _add_concepts(graph, node, row)
        found.append(node)
    return found


def _node(distribution: URIRef, row: Mapping[str, Any], endpoints: list[str]) -> URIRef:
    own = f"{distribution}#service-"
    written = cleaning.text(row.get("uri"))
    if written.startswith(own) and cleaning.uri(written) == written:
        return URIRef(written)
    key = "|".join([written, cleaning.text(row.get("title")), *endpoints])
    return URIRef(own + hashlib.sha256(key.encode()).hexdigest()[:12])


def _add(graph: Graph, node: URIRef, given: Given, title: str, *endpoints: str) -> None:
    graph.add((node, RDF.type, DCAT.DataService))
    graph.add((node, DCT.title, Literal(title, lang="fr")))
    for endpoint in endpoints:
        graph.add((node, DCAT.endpointURL, URIRef(endpoint)))
        graph.add((URIRef(endpoint), RDF.type, RDFS.Resource))
    graph.add((node, DCAT.servesDataset, given.dataset))
    if given.publisher is not None:
        graph.add((node, DCT.publisher, given.publisher))
    access = concepts.find("access_rights", PUBLIC)
    if access is not None:
        graph.add((node, DCT.accessRights, access))
        concepts.add(graph, "access_rights", access)


def _add_description(graph: Graph, node: URIRef, value: Any) -> None:
    if address := cleaning.uri(value):
        graph.add((node, DCAT.endpointDescription, URIRef(address)))
        graph.add((URIRef(address), RDF.type, RDFS.Resource))


def _add_pages(graph: Graph, node: URIRef, pages: Iterable[Any], predicate: URIRef = FOAF.page) -> None:
    for page in filter(None, map(cleaning.uri, pages)):
        graph.add((node, predicate, URIRef(page)))
        graph.add((URIRef(page), RDF.type, FOAF.Document))


def _add_standards(graph: Graph, node: URIRef, addresses: Iterable[Any]) -> None:
    for address in filter(None, map(cleaning.uri, addresses)):
        graph.add((node, DCT.conformsTo, URIRef(address)))
        graph.add((URIRef(address), RDF.type, DCT.Standard))


def _add_licence(graph: Graph, node: URIRef, licence: Node | None, is_hvd: bool) -> None:
    if licence is not None:
        graph.add((node, DCT.license, licence))
    elif is_hvd:
        rights.add_statement(graph, node, DCT.rights, rights.FREE_BY_LAW, DCT.RightsStatement)


def _add_concepts(graph: Graph, node: URIRef, row: Mapping[str, Any]) -> None:
    for key, table, predicate in (
        ("theme", "themes", DCAT.theme),
        ("language", "languages", DCT.language),
        ("format", "file_types", FORMAT),
    ):
        for value in values(row.get(key)):
            if concept := concepts.find(table, value):
                graph.add((node, predicate, concept))
                concepts.add(graph, table, concept)
    if date := cleaning.moment(row.get("modified")):
        graph.add((node, DCT.modified, dated(date)))
    for law in filter(None, map(cleaning.uri, values(row.get("applicable_legislation")))):
        graph.add((node, DCATAP.applicableLegislation, URIRef(law)))
        graph.add((URIRef(law), RDF.type, ELI.LegalResource))
