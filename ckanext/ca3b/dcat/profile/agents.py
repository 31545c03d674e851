"""Who publishes, who made the data, whom to write to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import FOAF, RDF, RDFS, BNode, Literal, URIRef

from ckanext.ca3b import config

from . import cleaning, concepts
from .names import DCAT, DCT, VCARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib import Graph
    from rdflib.term import Node

    from .portal import Organization, Portal


def add_organization(graph: Graph, portal: Portal, one: Organization) -> Node:
    """Say who an organisation of the portal is; return its node."""
    node = URIRef(portal.organization_uri(one.id)) if one.id else BNode()
    graph.add((node, RDF.type, FOAF.Agent))
    graph.add((node, RDF.type, FOAF.Organization))
    graph.add((node, FOAF.name, Literal(cleaning.text(one.title) or one.name, lang="fr")))
    if one.siren:
        graph.add((node, DCT.identifier, Literal(one.siren)))
    _add_addresses(graph, node, one.email, one.url)
    if one.type:
        _add_type(graph, node, one.type)
    return node


def add_agent(graph: Graph, agent: Mapping[str, Any]) -> Node | None:
    """Say who an agent written with a dataset is; return its node, None for one without a name."""
    name = cleaning.text(agent.get("name"))
    if not name:
        return None
    uri = cleaning.uri(agent.get("uri"))
    node = URIRef(uri) if uri else BNode()
    graph.add((node, RDF.type, FOAF.Agent))
    graph.add((node, FOAF.name, Literal(name, lang="fr")))
    _add_addresses(graph, node, agent.get("email"), agent.get("url"))
    if identifier := cleaning.text(agent.get("identifier")):
        graph.add((node, DCT.identifier, Literal(identifier)))
    code = cleaning.text(agent.get("type")).removeprefix(concepts.PUBLISHER_TYPES)
    if code in concepts.PUBLISHERS:
        _add_type(graph, node, code)
    return node


def add_publisher(graph: Graph, portal: Portal, dataset: Mapping[str, Any], subject: Node) -> Node | None:
    """Say who publishes a dataset: who is written with it (a harvested one), its organisation otherwise."""
    node: Node | None = None
    for one in rows(dataset.get("publisher")):
        node = node or add_agent(graph, one)
    if node is not None:
        graph.add((node, RDF.type, FOAF.Organization))
    else:
        owner = portal.organization(str(dataset.get("owner_org") or ""))
        node = add_organization(graph, portal, owner or portal.agglomeration())
    graph.add((subject, DCT.publisher, node))
    return node


def contacts_of(portal: Portal, dataset: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the mailboxes or pages to write to: those of the dataset, of its organisation, of the portal.

    A name alone reaches nobody: the organisation is told beside, at its page here when it gave nothing else.
    """
    owner = portal.organization(str(dataset.get("owner_org") or "")) or portal.agglomeration()
    found = [_contact(one, owner.title) for one in rows(dataset.get("contact"))]
    for prefix in ("maintainer", "author"):
        said = {"name": dataset.get(prefix), "email": dataset.get(f"{prefix}_email")}
        found.append(_contact(said, owner.title) if not any(found) else {})
    if not any(map(_reaches, found)):
        page = portal.organization_uri(owner.id) if owner.id and not owner.email else ""
        found.append(_contact({"name": owner.title, "email": owner.email, "url": owner.url or page}, owner.title))
    if not any(map(_reaches, found)):
        found = [_contact({"name": portal.agglomeration().title, "email": config.contact_email()}, owner.title)]
    return [one for one in found if one]


def add_contacts(graph: Graph, contacts: Iterable[Mapping[str, str]], subjects: Iterable[Node]) -> None:
    """Give the same contacts to a dataset and its services. The node is blank: two places may share an address."""
    subjects = list(subjects)
    for contact in contacts:
        node = BNode()
        graph.add((node, RDF.type, VCARD.Kind))
        graph.add((node, RDF.type, VCARD.Organization))
        graph.add((node, VCARD.fn, Literal(contact["name"], lang="fr")))
        for key, predicate in (("email", VCARD.hasEmail), ("url", VCARD.hasURL)):
            if contact.get(key):
                graph.add((node, predicate, URIRef(contact[key])))
                graph.add((URIRef(contact[key]), RDF.type, RDFS.Resource))  # as the shapes of HVD ask
        if contact.get("identifier"):
            graph.add((node, VCARD.hasUID, Literal(contact["identifier"])))
        for subject in subjects:
            graph.add((subject, DCAT.contactPoint, node))


def rows(stored: Any) -> list[Mapping[str, Any]]:
    """Return the rows of a repeating field, without what is no row."""
    return [one for one in stored if isinstance(one, dict)] if isinstance(stored, list) else []


def _reaches(contact: Mapping[str, str]) -> bool:
    return bool(contact.get("email") or contact.get("url"))


def _contact(one: Mapping[str, Any], fallback: str) -> dict[str, str]:
    said = {
        "email": cleaning.email(one.get("email")) or "",
        "url": cleaning.uri(one.get("url")) or "",
        "identifier": cleaning.text(one.get("identifier")) or cleaning.text(one.get("uri")),
    }
    name = cleaning.text(one.get("name"))
    if not name and not said["email"] and not said["url"]:
        return {}
    return {"name": name or cleaning.text(fallback), **{key: value for key, value in said.items() if value}}


def _add_addresses(graph: Graph, node: Node, email: Any, url: Any) -> None:
    if mailbox := cleaning.email(email):
        graph.add((node, FOAF.mbox, URIRef(mailbox)))
    if page := cleaning.uri(url):
        graph.add((node, FOAF.homepage, URIRef(page)))
        graph.add((URIRef(page), RDF.type, FOAF.Document))


def _add_type(graph: Graph, node: Node, code: str) -> None:
    type_, said = concepts.publisher_type(code)
    graph.add((node, DCT.type, type_))
    for triple in said:
        graph.add(triple)
