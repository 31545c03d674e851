"""The fields that ckanext-dcat's profile says well, as terms of RDF ready to be said.

A field that cannot be said properly is left out: the profile then says nothing, or its fallback.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rdflib import RDF, RDFS, XSD, BNode, Literal, URIRef

from ckanext.ca3b.schemas.indexing import values

from . import cleaning, concepts
from .names import DCT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rdflib import Graph
    from rdflib.term import Node

FRENCH = "fr"
#: Data without a word on access are open: nothing else goes out.
PUBLIC = "PUBLIC"
SERIES = "http://www.w3.org/ns/dcat#DatasetSeries"
_TYPES = {kind: XSD[kind] for kind in (cleaning.DATE, cleaning.DATE_TIME, cleaning.YEAR, cleaning.YEAR_MONTH)}


def french(value: Any) -> Literal | None:
    """Return a text in French, None when it is empty."""
    words = cleaning.text(value)
    return Literal(words, lang=FRENCH) if words else None


@lru_cache(maxsize=4096)
def dated(moment: tuple[str, str]) -> Literal:
    """Return a date of :func:`.cleaning.moment` with its type."""
    written, kind = moment
    return Literal(written, datatype=_TYPES[kind], normalize=False)


def date(*candidates: Any) -> Literal | None:
    """Return the first of some dates that is one."""
    found = next(filter(None, map(cleaning.moment, candidates)), None)
    return dated(found) if found else None


def links(stored: Any) -> list[URIRef]:
    """Return the addresses of a list, without what is none."""
    found = filter(None, map(cleaning.uri, values(stored)))
    return [URIRef(address) for address in dict.fromkeys(found)]


def dataset_terms(graph: Graph, dataset: Mapping[str, Any], landing_page: str) -> dict[str, Any]:
    """Return the fields of a dataset by their names, as ``_graph_from_dataset_*`` of ckanext-dcat ask for them."""
    name = cleaning.text(dataset.get("title")) or cleaning.text(dataset.get("name")) or str(dataset["id"])
    tags = (cleaning.text(tag.get("name")) for tag in dataset.get("tags") or () if isinstance(tag, dict))
    said: dict[str, Any] = {
        "title": french(name),
        "notes": french(dataset.get("notes")) or french(name),
        "url": URIRef(cleaning.uri(dataset.get("url")) or cleaning.uri(landing_page) or landing_page),
        "identifier": Literal(identifier(dataset)),
        "version": _plain(dataset.get("version")),
        "version_notes": french(dataset.get("version_notes")),
        "frequency": _concept(graph, "frequencies", dataset.get("frequency")),
        "access_rights": _concept(graph, "access_rights", dataset.get("access_rights") or PUBLIC),
        "dcat_type": _type(graph, dataset.get("dcat_type")),
        "issued": date(dataset.get("issued"), dataset.get("metadata_created")),
        "modified": date(dataset.get("modified"), dataset.get("metadata_modified")),
        "tags_translated": {FRENCH: list(dict.fromkeys(filter(None, tags)))},
        "language": _concepts(graph, "languages", dataset.get("language")),
        "theme": [
            *_concepts(graph, "themes", dataset.get("theme")),
            *_concepts(graph, "inspire_themes", dataset.get("inspire_theme")),
        ],
        "conforms_to": _named(graph, dataset.get("conforms_to"), DCT.Standard, DCT.title),
        "documentation": links([*values(dataset.get("documentation")), *values(dataset.get("homepage"))]),
        "is_referenced_by": _named(graph, dataset.get("is_referenced_by"), RDFS.Resource, RDFS.label),
        "provenance": french(dataset.get("provenance")),
        "applicable_legislation": links(dataset.get("applicable_legislation")),
        "alternate_identifier": _other_identifiers(dataset),
        "temporal_resolution": _duration(dataset.get("temporal_resolution")),
        "spatial_resolution": spatial_resolution(dataset.get("spatial_resolution_in_meters")),
    }
    return {key: value for key, value in said.items() if value}


def resource_terms(graph: Graph, resource: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a file in the same way; addresses, format, size and rights are said elsewhere."""
    said: dict[str, Any] = {
        "name": french(resource.get("name")),
        "description": french(resource.get("description")),
        "status": _concept(graph, "statuses", resource.get("status")),
        "availability": _concept(graph, "availabilities", resource.get("availability")),
        "documentation": links(resource.get("documentation")),
        "language": _concepts(graph, "languages", resource.get("language")),
        "conforms_to": _named(graph, resource.get("conforms_to"), DCT.Standard, DCT.title),
        "applicable_legislation": links(resource.get("applicable_legislation")),
        "issued": date(resource.get("issued"), resource.get("created")),
        "modified": date(resource.get("modified"), resource.get("last_modified"), resource.get("metadata_modified")),
        "temporal_resolution": _duration(resource.get("temporal_resolution")),
        "spatial_resolution": spatial_resolution(resource.get("spatial_resolution_in_meters")),
    }
    return {key: value for key, value in said.items() if value}


def identifier(dataset: Mapping[str, Any]) -> str:
    """Return what a dataset is known by, for ever: its own identifier if nobody else's can be the same, else its id.

    A short one (« 1 ») is another dataset's too in another commune: it is told beside.
    """
    own = cleaning.text(dataset.get("identifier"))
    return own if _is_of_one_only(own) else str(dataset["id"])


def spatial_resolution(value: Any) -> Literal | None:
    """Return a distance in metres."""
    stored = values(value)
    number = cleaning.decimal(stored[0] if stored else value)
    return Literal(number, datatype=XSD.decimal, normalize=False) if number else None


def _is_of_one_only(identifier_: str) -> bool:
    return any(mark in identifier_ for mark in ":/") or len(identifier_) >= 16


def _other_identifiers(dataset: Mapping[str, Any]) -> list[str]:
    own = cleaning.text(dataset.get("identifier"))
    others = [cleaning.text(value) for value in values(dataset.get("alternate_identifier"))]
    if not _is_of_one_only(own):
        others.append(own)
    return list(dict.fromkeys(filter(None, others)))


def _plain(value: Any) -> Literal | None:
    words = cleaning.text(value)
    return Literal(words) if words else None


def _duration(value: Any) -> Literal | None:
    found = cleaning.duration(value)
    return Literal(found, datatype=XSD.duration, normalize=False) if found else None


def _concept(graph: Graph, table: str, value: Any) -> URIRef | None:
    concept = concepts.find(table, value)
    if concept is not None:
        concepts.add(graph, table, concept)
    return concept


def _concepts(graph: Graph, table: str, stored: Any) -> list[URIRef]:
    found = (_concept(graph, table, value) for value in values(stored))
    return list(dict.fromkeys(one for one in found if one is not None))


def _type(graph: Graph, value: Any) -> URIRef | None:
    address = cleaning.uri(value)
    if address is None or address == SERIES:
        return None
    node = URIRef(address)
    for triple in concepts.foreign(node):
        graph.add(triple)
    return node


def _named(graph: Graph, stored: Any, class_: URIRef, label: URIRef) -> list[Node]:
    """Return the addresses of a list, and blank nodes that bear the words of what has no address."""
    found: list[Node] = []
    for value in dict.fromkeys(values(stored)):
        if address := cleaning.uri(value):
            found.append(URIRef(address))
        elif words := cleaning.text(value):
            node = BNode()
            graph.add((node, RDF.type, class_))
            graph.add((node, label, Literal(words, lang=FRENCH)))
            found.append(node)
    return found
