"""Concepts of the controlled vocabularies as a graph says them: class, French label, scheme, and their likes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rdflib import RDF, SKOS, Literal, URIRef

from ckanext.ca3b import vocabularies
from ckanext.ca3b.vocabularies.tables import Licence

from . import cleaning
from .names import DCT

if TYPE_CHECKING:
    from rdflib import Graph

#: What DCAT-AP expects the members of a table to be, beyond a concept.
CLASSES = {
    "frequencies": DCT.Frequency,
    "languages": DCT.LinguisticSystem,
    "file_types": DCT.MediaTypeOrExtent,
    "access_rights": DCT.RightsStatement,
}
#: Schemes that are not the beginning of the addresses of their concepts.
SCHEMES = {
    "hvd_categories": URIRef("http://data.europa.eu/bna/asd487ae75"),
    "inspire_themes": URIRef("http://inspire.ec.europa.eu/theme"),
}
PUBLISHER_TYPES = "http://purl.org/adms/publishertype/"
PUBLISHERS = {
    "LocalAuthority": "Collectivité locale",
    "NonProfitOrganisation": "Organisme sans but lucratif",
    "Company": "Entreprise",
    "RegionalAuthority": "Autorité régionale",
    "NationalAuthority": "Autorité nationale",
}

Triples = tuple[tuple[Any, Any, Any], ...]


def find(table: str, value: Any) -> URIRef | None:
    """Return the concept meant by a code, a URI or a label; a URI of the table that we do not carry stays."""
    found = _find(table, value) if isinstance(value, str) else None
    return URIRef(found) if found else None


@lru_cache(maxsize=4096)
def _find(table: str, value: str) -> str | None:
    vocabulary = vocabularies.vocabulary(table)
    entry = vocabulary.find(value)
    if entry is not None:
        return entry.uri or None
    return cleaning.uri(value) if vocabulary.names_a_concept(value) else None


def add(graph: Graph, table: str, concept: URIRef) -> None:
    """Say what a concept is, once for each graph."""
    for triple in triples(table, concept):
        graph.add(triple)


@lru_cache(maxsize=4096)
def triples(table: str, concept: URIRef) -> Triples:
    """Return what a graph says of a concept of a table."""
    vocabulary = vocabularies.vocabulary(table)
    entry = vocabulary.find(str(concept))
    label = Literal(entry.label, lang="fr") if entry else Literal(str(concept).rstrip("/#").rsplit("/", 1)[-1])
    scheme = scheme_of(table)
    said: list[tuple[Any, Any, Any]] = [
        (concept, RDF.type, SKOS.Concept),
        (concept, SKOS.prefLabel, label),
        (concept, SKOS.inScheme, scheme),
    ]
    if table in CLASSES:
        said.append((concept, RDF.type, CLASSES[table]))
    if table == "statuses":  # its shape looks at the scheme too
        said += scheme_triples(table)
    return tuple(said)


@lru_cache(maxsize=1024)
def foreign(concept: URIRef) -> Triples:
    """Return what a graph says of a concept of no table of ours: its label is the end of its address."""
    label = str(concept).rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    return ((concept, RDF.type, SKOS.Concept), (concept, SKOS.prefLabel, Literal(label)))


def scheme_of(table: str) -> URIRef:
    """Return the concept scheme of a table."""
    return SCHEMES.get(table) or URIRef(vocabularies.vocabulary(table).authority.rstrip("/#"))


def scheme_triples(table: str) -> Triples:
    """Return what a graph says of the scheme of a table."""
    scheme = scheme_of(table)
    title = Literal(vocabularies.vocabulary(table).title, lang="fr")
    return ((scheme, RDF.type, SKOS.ConceptScheme), (scheme, DCT.title, title))


@lru_cache(maxsize=512)
def licence(value: str) -> tuple[URIRef, Triples] | None:
    """Return the node of a licence of our list and what a graph says of it; None for one that has no address.

    The French address is its name; its match in the European table is said beside. There is no ``rdfs:label``:
    data.gouv.fr would read it in place of the address.
    """
    entry = vocabularies.licences().find(value)
    if not isinstance(entry, Licence) or not entry.uri:
        return None
    node = URIRef(entry.uri)
    said: list[tuple[Any, Any, Any]] = [
        (node, RDF.type, DCT.LicenseDocument),
        (node, DCT.title, Literal(entry.label, lang="fr")),
    ]
    if entry.eu_uri and entry.eu_uri != entry.uri:
        said.append((node, SKOS.exactMatch, URIRef(entry.eu_uri)))
    if entry.eu_close_uri and not entry.eu_uri:
        said.append((node, SKOS.closeMatch, URIRef(entry.eu_close_uri)))
    return node, tuple(said)


@lru_cache(maxsize=64)
def publisher_type(code: str) -> tuple[URIRef, Triples]:
    """Return the kind of a publisher in the table of ADMS and what a graph says of it. Raises KeyError."""
    node, scheme = URIRef(PUBLISHER_TYPES + code), URIRef(PUBLISHER_TYPES + "1.0")
    return node, (
        (node, RDF.type, SKOS.Concept),
        (node, SKOS.prefLabel, Literal(PUBLISHERS[code], lang="fr")),
        (node, SKOS.inScheme, scheme),
        (scheme, RDF.type, SKOS.ConceptScheme),
        (scheme, DCT.title, Literal("Types d'éditeurs", lang="fr")),
    )


@lru_cache(maxsize=256)
def top_category(concept: URIRef) -> URIRef | None:
    """Return the top category above a category of high-value data, itself when it is one, None when unknown."""
    table = vocabularies.hvd_categories()
    entry = table.find(str(concept))
    while entry is not None and entry.broader:
        entry = table.get(entry.broader)
    return URIRef(entry.uri) if entry else None
