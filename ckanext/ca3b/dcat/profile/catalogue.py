"""The catalogue itself, without its datasets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ckan.plugins.toolkit as tk
from rdflib import FOAF, RDF, Literal, URIRef

from ckanext.ca3b import config

from . import agents, cleaning, concepts, rights
from .names import DCAT, DCT

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

    from .portal import Portal

#: The licence of the descriptions themselves; each dataset has its own.
LICENCE = "lov2"
TAXONOMIES = ("themes", "hvd_categories", "inspire_themes")


def add_catalogue(graph: Graph, portal: Portal, node: Node, *, title: str = "", description: str = "") -> None:
    """Say a catalogue: what it is called, who publishes it, under which licence, in which language."""
    name = cleaning.text(title) or cleaning.text(tk.config["ckan.site_title"]) or portal.base
    words = cleaning.text(description) or cleaning.text(tk.config.get("ckan.site_description")) or name
    graph.add((node, RDF.type, DCAT.Catalog))
    graph.add((node, DCT.title, Literal(name, lang="fr")))
    graph.add((node, DCT.description, Literal(words, lang="fr")))
    home = URIRef(cleaning.uri(tk.config["ckan.site_url"]) or portal.base)
    graph.add((node, FOAF.homepage, home))
    graph.add((home, RDF.type, FOAF.Document))
    publisher = portal.agglomeration()
    graph.add((node, DCT.publisher, agents.add_organization(graph, portal, publisher)))
    licence = rights.licence_of(graph, LICENCE)
    if licence is not None:
        graph.add((node, DCT.license, licence))
    if language := concepts.find("languages", str(tk.config["ckan.locale_default"]).partition("_")[0]):
        graph.add((node, DCT.language, language))
        concepts.add(graph, "languages", language)
    for table in TAXONOMIES:
        graph.add((node, DCAT.themeTaxonomy, concepts.scheme_of(table)))
        for triple in concepts.scheme_triples(table):
            graph.add(triple)
    mailbox = publisher.email or config.contact_email()
    agents.add_contacts(
        graph, [{"name": publisher.title, "email": found}] if (found := cleaning.email(mailbox)) else [], [node]
    )
