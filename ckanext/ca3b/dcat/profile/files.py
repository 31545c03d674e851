"""What a distribution says beyond ckanext-dcat's: addresses, format, size, checksum, licence, schemas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rdflib import FOAF, OWL, RDF, RDFS, XSD, BNode, Literal, URIRef

from ckanext.ca3b import vocabularies
from ckanext.ca3b.catalogue import Conforms

from . import cleaning, concepts
from .names import ADMS, DCAT, DCATAP, DCT, ELI, FORMAT, SPDX

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rdflib import Graph
    from rdflib.term import Node

    from .portal import Portal

IANA = "https://www.iana.org/assignments/media-types/"
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
_IANA_ADDRESS = re.compile(r"https?://www\.iana\.org/assignments/media-types/(.+)", re.IGNORECASE)
#: What leads to a page or to a service, not to bytes.
_NO_FILES = frozenset({"HTML", "WMS_SRVC", "WFS_SRVC", "WMTS_SRVC", "WCS_SRVC", "ATOM", "SPARQLQ", "API"})
#: Names of algorithms by the length of what they give, in hexadecimal figures.
_BY_LENGTH = {32: "md5", 40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
_HEXADECIMAL = re.compile(r"(?:[0-9a-fA-F]{2})+")
#: With « https », as the controlled vocabulary of DCAT-AP's shapes has it: see docs/decisions.md.
_ALGORITHM = "https://spdx.org/rdf/terms#checksumAlgorithm_"


#: Fields said as they are, with the class of what they lead to. ckanext-dcat's own table; it takes longer to spell
#: the name of one distribution there than to say it all here.
_SAID = (
    ("name", DCT.title, None),
    ("description", DCT.description, None),
    ("issued", DCT.issued, None),
    ("modified", DCT.modified, None),
    ("access_url", DCAT.accessURL, RDFS.Resource),
    ("download_url", DCAT.downloadURL, RDFS.Resource),
    ("status", ADMS.status, None),
    ("availability", DCATAP.availability, None),
    ("documentation", FOAF.page, FOAF.Document),
    ("language", DCT.language, None),
    ("conforms_to", DCT.conformsTo, DCT.Standard),
    ("applicable_legislation", DCATAP.applicableLegislation, ELI.LegalResource),
    ("temporal_resolution", DCAT.temporalResolution, None),
    ("spatial_resolution", DCAT.spatialResolutionInMeters, None),
)


def add_distribution(graph: Graph, dataset: Node, node: URIRef, said: Mapping[str, Any]) -> None:
    """Say a distribution and the fields that are terms already, see :func:`.terms.resource_terms`."""
    graph.add((dataset, DCAT.distribution, node))
    graph.add((node, RDF.type, DCAT.Distribution))
    for key, predicate, class_ in _SAID:
        value = said.get(key)
        if value is None:
            continue
        for term in value if isinstance(value, list) else (value,):
            graph.add((node, predicate, term))
            if class_ is not None and isinstance(term, URIRef):
                graph.add((term, RDF.type, class_))


def addresses(portal: Portal, dataset: Mapping[str, Any], resource: Mapping[str, Any]) -> tuple[str, str | None]:
    """Return where a file is found and where its bytes are; None when only a page or a service is known.

    The second one is ours and never changes, whatever file takes the place of this one: those who harvest us
    know a file by it.
    """
    id_ = str(resource["id"])
    page = portal.file_page(str(dataset.get("name") or dataset["id"]), id_)
    if resource.get("url_type"):
        return page, portal.file_address(id_)
    link = cleaning.uri(resource.get("url"))
    access = cleaning.uri(resource.get("access_url"))
    if download := cleaning.uri(resource.get("download_url")):
        return access or link or page, download
    entry = vocabularies.file_types().find(resource.get("format"))
    if link is None or not link.startswith(("http", "ftp")) or resource.get("access_services"):
        return access or link or page, None
    return access or link, None if entry and entry.code in _NO_FILES else portal.file_address(id_)


def add_format(graph: Graph, subject: Node, resource: Mapping[str, Any]) -> None:
    """Say the format and the media type by their addresses; a format nobody listed is a blank node with its name."""
    types = vocabularies.file_types()
    written = cleaning.text(resource.get("format"))
    entry = types.find(written) or types.find(resource.get("mimetype"))
    concept = concepts.find("file_types", entry.code if entry else written)
    if concept is not None:
        graph.add((subject, FORMAT, concept))
        concepts.add(graph, "file_types", concept)
    elif written and not entry:
        node = BNode()
        graph.add((subject, FORMAT, node))
        graph.add((node, RDF.type, DCT.MediaTypeOrExtent))
        graph.add((node, RDFS.label, Literal(written)))
    media = media_type(resource.get("mimetype")) or (media_type(entry.media_type) if entry else None)
    add_media_type(graph, subject, DCAT.mediaType, media)


def add_media_type(graph: Graph, subject: Node, predicate: URIRef, node: URIRef | None) -> None:
    """Say a media type, when there is one."""
    if node is not None:
        graph.add((subject, predicate, node))
        graph.add((node, RDF.type, DCT.MediaType))


def media_type(value: Any) -> URIRef | None:
    """Return the address of a media type at IANA, from its name, its address or the name of a format."""
    written = cleaning.text(value)
    if found := _IANA_ADDRESS.fullmatch(written):
        written = found[1]
    written = written.split(";", 1)[0].strip().lower()
    if not _MEDIA_TYPE.fullmatch(written):
        entry = vocabularies.file_types().find(cleaning.text(value))
        written = entry.media_type if entry else ""
    return URIRef(IANA + written) if written else None


def add_size(graph: Graph, subject: Node, size: Any) -> None:
    """Say how many bytes, as the whole number that DCAT-AP 3 wants."""
    if number := cleaning.whole_number(size):
        graph.add((subject, DCAT.byteSize, Literal(number, datatype=XSD.nonNegativeInteger)))


def add_checksum(graph: Graph, subject: Node, value: Any, algorithm: Any) -> None:
    """Say the checksum of the bytes, when it is one; the algorithm follows from what was written or its length."""
    written = cleaning.text(value).rpartition(":")[2].lower()
    if not _HEXADECIMAL.fullmatch(written):
        return
    named = re.sub(r"[^a-z0-9]", "", cleaning.text(algorithm).rpartition("#")[2].rpartition("_")[2].lower())
    known = _BY_LENGTH.get(len(written))
    if known is None or (named and named in _BY_LENGTH.values() and named != known):
        return
    node, kind = BNode(), URIRef(_ALGORITHM + known)
    graph.add((subject, SPDX.checksum, node))
    graph.add((node, RDF.type, SPDX.Checksum))
    graph.add((node, SPDX.algorithm, kind))
    graph.add((kind, RDF.type, SPDX.ChecksumAlgorithm))
    graph.add((node, SPDX.checksumValue, Literal(written, datatype=XSD.hexBinary, normalize=False)))
    graph.add((node, RDF.value, Literal(written)))


def add_schemas(graph: Graph, subject: Node, facts: Iterable[Any]) -> None:
    """Say which table schemas the bytes were found to follow, with their version."""
    for fact in facts:
        if isinstance(fact, Conforms) and (address := cleaning.uri(fact.uri)):
            node = URIRef(address)
            graph.add((subject, DCT.conformsTo, node))
            graph.add((node, RDF.type, DCT.Standard))
            if fact.title:
                graph.add((node, DCT.title, Literal(cleaning.text(fact.title), lang="fr")))
            if fact.version:
                graph.add((node, OWL.versionInfo, Literal(cleaning.text(fact.version))))
