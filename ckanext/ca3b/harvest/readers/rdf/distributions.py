"""The files and services of a dataset in a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ckanext.ca3b.harvest import normalise
from ckanext.ca3b.harvest.readers.common.draft import ResourceDraft
from ckanext.ca3b.harvest.readers.common.shaping import integer

from . import values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .graph import Graph, Term

_DOWNLOAD = ("dcat:downloadURL", "schema:contentUrl", "dcat:downloadUrl")
_ACCESS = ("dcat:accessURL", "schema:url", "schema:embedUrl", "foaf:page")
_FORMAT = ("dct:format", "dcat:format", "schema:fileFormat", "dct:type")
_MEDIA = ("dcat:mediaType", "schema:encodingFormat", "dct:mediaType")
_SERVICE = ("dcat:accessService",)
_SIZE = ("dcat:byteSize", "schema:contentSize", "dct:extent", "dcat:size")
_CHECKSUM = ("spdx:checksum",)
_KNOWN = {
    *_DOWNLOAD, "dcat:accessURL", "schema:url", "dct:format", *_MEDIA, *_SIZE, *_CHECKSUM, "rdf:type", "dct:title",
    "schema:name", "dct:description", "schema:description", "dct:license", "schema:license", "dct:issued",
    "dct:modified", "schema:dateModified", "schema:datePublished", "dct:identifier", "dct:conformsTo",
}  # fmt: skip
_CONSUMED = {name.lower() for name in _KNOWN}
#: Of these a file keeps one: when there are several, all are kept as they were besides.
_SEVERAL = frozenset({"dct:title", "dct:description", "dcat:accessurl"})


def resources(
    graph: Graph, terms: list[Term], languages: Sequence[str], notes: list[tuple[Any, ...]]
) -> list[ResourceDraft]:
    """Return the drafts of distributions: nodes, addresses given in their place, services.

    Several download addresses of one distribution are several files. ``notes`` takes what is to be told.
    """
    found: list[ResourceDraft] = []
    for term in terms:
        if isinstance(term, ox.Literal) or (isinstance(term, ox.NamedNode) and term not in graph):
            address = term.value.strip()
            if address.startswith(("http://", "https://", "ftp://")):
                found.append(ResourceDraft(url=address))
                notes.append((
                    (f"La distribution « {address[:200]} » est nommée mais pas décrite : elle est prise pour"
                    " l’adresse du fichier. Décrivez-la par une dcat:Distribution avec dcat:accessURL."),
                    "bare-distribution", "dcat:distribution", "info",
                ))  # fmt: skip
            elif address:
                notes.append((
                    f"La distribution « {address[:200]} » n’est décrite nulle part dans le document.",
                    "missing-distribution", "dcat:distribution", "warning",
                ))  # fmt: skip
            continue
        found += _resource(graph, term, languages)
    return found


def is_distribution(graph: Graph, term: Term) -> bool:
    """Tell whether a value is a node that is said to be a distribution."""
    return isinstance(term, ox.NamedNode | ox.BlankNode) and "dcat:distribution" in graph.types(term)


def _resource(graph: Graph, node: Term, languages: Sequence[str]) -> list[ResourceDraft]:
    downloads = values.address(graph, graph.values(node, *_DOWNLOAD))
    access = values.address(graph, graph.values(node, *_ACCESS))
    services = graph.values(node, *_SERVICE)
    endpoints = values.address(graph, [each for one in services for each in graph.values(one, "dcat:endpointURL")])
    urls = downloads or access[:1] or endpoints[:1]
    reached = next((each for each in access if each not in urls), "") if downloads else ""
    media = graph.values(node, *_MEDIA)
    formats = [*_formats(graph, graph.values(node, *_FORMAT)), *values.ways(graph, media)]
    if services and not formats and not downloads:
        kinds = values.ways(graph, [each for one in services for each in graph.values(one, "dct:conformsTo")])
        formats = [kind for kind in kinds if normalise.file_format(kind).known][:1]
    licences = values.ways(graph, graph.values(node, "dct:license", "schema:license", "cc:license", "dct:licence"))
    rights = values.ways(graph, graph.values(node, "dct:rights"))
    if not licences and normalise.licence(*rights).known:
        licences = rights
    return [
        ResourceDraft(
            url=url,
            title=values.best(graph.values(node, "dct:title", "schema:name", "rdfs:label", "foaf:name"), languages),
            description=values.best(graph.values(node, "dct:description", "schema:description"), languages),
            formats=tuple(formats),
            media_type=_media_type(graph, media),
            licences=tuple(licences),
            size=_size(graph, node),
            issued=_text(graph, node, "dct:issued", "schema:datePublished", "dct:created"),
            modified=_text(graph, node, "dct:modified", "schema:dateModified"),
            identifier=_text(graph, node, "dct:identifier", "schema:identifier") or values.iri(node),
            checksum=_checksum(graph, node),
            conforms_to=tuple(values.said(graph, each) for each in graph.values(node, "dct:conformsTo")),
            access_url=reached,
            raw=_raw(graph, node),
        )
        for url in urls or [""]
    ]


def _formats(graph: Graph, terms: list[Term]) -> list[str]:
    """Return what is said of formats; of a node, its media type before what it is called (« Excel » is many things)."""
    found: list[str] = []
    for term in terms:
        ways = values.ways(graph, [term])
        found += sorted(ways, key=lambda text: "/" not in text) if isinstance(term, ox.BlankNode) else ways
    return found


def _text(graph: Graph, node: Term, *names: str) -> str:
    return next((text for term in graph.values(node, *names) if (text := values.said(graph, term).strip())), "")


def _media_type(graph: Graph, terms: list[Term]) -> str:
    """Return a media type alone, whether it is written as IANA's address or as a text."""
    for text in values.ways(graph, terms):
        tail = "/".join(text.rstrip("/").rsplit("/", 2)[-2:]) if "://" in text else text
        if tail.count("/") == 1 and " " not in tail.strip() and "." not in tail.split("/", 1)[0]:
            return tail.strip().lower()
    return ""


def _size(graph: Graph, node: Term) -> int | None:
    text = _text(graph, node, *_SIZE)
    whole = integer(text)
    if whole is not None or not text:
        return whole
    try:
        number = float(text)
    except ValueError:
        return None
    return integer(number)


def _checksum(graph: Graph, node: Term) -> str:
    for term in graph.values(node, *_CHECKSUM):
        if isinstance(term, ox.Literal):
            return term.value
        digits = _text(graph, term, "spdx:checksumValue")
        algorithm = _text(graph, term, "spdx:algorithm", "spdx:checksumAlgorithm").rsplit("_", 1)[-1].rsplit("/", 1)[-1]
        if digits:
            return f"{algorithm}:{digits}" if algorithm else digits
    return ""


def _raw(graph: Graph, node: Term) -> dict[str, Any]:
    if not isinstance(node, ox.NamedNode | ox.BlankNode):
        return {}
    return {
        name: [graph.plain(term) for term in terms]
        for name, terms in graph.properties(node)
        if name.lower() not in _CONSUMED or (len(terms) > 1 and name.lower() in _SEVERAL)
    }
