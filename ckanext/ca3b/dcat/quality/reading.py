"""What a graph says of a dataset and of one distribution, metric by metric: true, false, or not known (``None``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rdflib import DCAT, RDF, RDFS, SKOS, Literal, URIRef
from rdflib import DCTERMS as DCT

from ckanext.ca3b import vocabularies

from .dcat_ap import wrongs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib import Graph
    from rdflib.term import Node

    from ckanext.ca3b.vocabularies import Vocabulary

IANA = "iana.org/assignments/media-types/"
LABELS = (RDFS.label, SKOS.prefLabel, DCT.title, RDF.value)


def distributions(graph: Graph, dataset: Node) -> list[Node]:
    """Return the distributions of a dataset, in a stable order."""
    return sorted(set(graph.objects(dataset, DCAT.distribution)), key=str)


def of_dataset(graph: Graph, dataset: Node) -> dict[str, bool | None]:
    """Return what the metrics computed on the dataset say of it."""
    access = _values(graph, dataset, DCT.accessRights)
    return {
        "keyword": _said(graph, dataset, DCAT.keyword),
        "category": _said(graph, dataset, DCAT.theme),
        "spatial": _said(graph, dataset, DCT.spatial),
        "temporal": _said(graph, dataset, DCT.temporal),
        "dcat_ap": not wrongs(graph, dataset),
        "access_rights": bool(access),
        "access_rights_vocabulary": any(_of(graph, vocabularies.access_rights(), one) for one in access),
        "contact": _said(graph, dataset, DCAT.contactPoint),
        "publisher": _said(graph, dataset, DCT.publisher),
        "issued": _said(graph, dataset, DCT.issued),
        "modified": _said(graph, dataset, DCT.modified),
    }


def of_distribution(
    graph: Graph, distribution: Node, reachable: Mapping[str, int | None] | None
) -> dict[str, bool | None]:
    """Return what the metrics computed on distributions say of one."""
    formats, media = _values(graph, distribution, DCT["format"]), _values(graph, distribution, DCAT.mediaType)
    licences = _values(graph, distribution, DCT.license)
    downloads = _values(graph, distribution, DCAT.downloadURL)
    kinds = [kind for one in (*formats, *media) if (kind := _file_type(graph, one))]
    return {
        "access_url_reachable": _answers(_values(graph, distribution, DCAT.accessURL), reachable),
        "download_url": bool(downloads),
        "download_url_reachable": _answers(downloads, reachable),
        "format": bool(formats),
        "media_type": bool(media),
        "format_vocabulary": any(_known_format(graph, one) for one in (*formats, *media)),
        "non_proprietary": any(kind.open for kind in kinds),
        "machine_readable": any(kind.machine for kind in kinds),
        "licence": bool(licences),
        "known_licence": any(_known_licence(graph, one) for one in licences),
        "rights": _said(graph, distribution, DCT.rights),
        "byte_size": _said(graph, distribution, DCAT.byteSize),
        "issued": _said(graph, distribution, DCT.issued),
        "modified": _said(graph, distribution, DCT.modified),
    }


def _values(graph: Graph, subject: Node, predicate: URIRef) -> list[Node]:
    """Return what a property says; an empty text says nothing."""
    return [one for one in graph.objects(subject, predicate) if not isinstance(one, Literal) or str(one).strip()]


def _said(graph: Graph, subject: Node, predicate: URIRef) -> bool:
    return bool(_values(graph, subject, predicate))


def _answers(addresses: Iterable[Node], reachable: Mapping[str, int | None] | None) -> bool | None:
    """Tell whether one of some addresses answers 200 to 299, as the MQA counts it."""
    known = [(reachable or {}).get(str(one)) for one in addresses]
    if not known:
        return False
    if any(status is not None and 200 <= status <= 299 for status in known):
        return True
    return None if None in known else False


def _file_type(graph: Graph, value: Node) -> vocabularies.FileType | None:
    """Return the file type meant by a URI, a literal, or a node with a label."""
    return vocabularies.file_types().find_first(str(value), *_words(graph, value))


def _known_format(graph: Graph, value: Node) -> bool:
    """Tell whether a format is one of the European table of file types or of IANA's media types."""
    table = vocabularies.file_types()
    if isinstance(value, URIRef):
        return table.names_a_concept(str(value)) or IANA in str(value)
    found = _file_type(graph, value)
    return found is not None and bool(found.uri or found.media_type)


def _known_licence(graph: Graph, value: Node) -> bool:
    """Tell whether a licence is one of the European table, or says (``skos:exactMatch``) which one it is."""
    table = vocabularies.licences()
    for one in (value, *graph.objects(value, SKOS.exactMatch)):
        entry = table.find(str(one))
        if table.names_a_concept(str(one)) or (entry is not None and entry.eu_uri):
            return True
    return False


def _of(graph: Graph, table: Vocabulary[Any], value: Node) -> bool:
    """Tell whether a value is a concept of an authority table, or says which one it is."""
    meant = (value, *graph.objects(value, SKOS.exactMatch))
    return any(isinstance(one, URIRef) and table.names_a_concept(str(one)) for one in meant)


def _words(graph: Graph, value: Node) -> Iterable[str]:
    return (str(one) for label in LABELS for one in graph.objects(value, label))
