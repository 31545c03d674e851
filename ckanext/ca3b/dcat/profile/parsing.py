"""What ckanext-dcat's parser loses or mistakes in a dataset that comes in, put right."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rdflib import FOAF, RDF, RDFS, SKOS, BNode, Literal, URIRef

from ckanext.ca3b import vocabularies

from . import geometry, hvd
from .names import ADMS, DCAT, DCATAP, DCT, FORMAT, LOCN
from .places import REFERENCE_SYSTEM
from .terms import SERIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rdflib import Graph
    from rdflib.term import Node

#: Left as extras by ckanext-dcat when they are said by a field of the schema too, or never said by the source.
_SAID_ELSEWHERE = ("spatial", "temporal_", "related_resource", "source_catalog")
_AGENT = ("uri", "name", "email", "url", "type", "identifier")
#: What ckanext-dcat reads of a service and the schema does not keep.
_NOT_KEPT = frozenset({"contact", "publisher", "creator", "keyword", "availability", "access_service_ref"})


def complete(graph: Graph, dataset: dict[str, Any], node: Node) -> dict[str, Any]:
    """Put right, in place, what was read of a dataset; return it."""
    _themes(graph, dataset, node)
    _standards(graph, dataset, node)
    _replace(dataset, "is_referenced_by", _words(graph, node, DCT.isReferencedBy))
    _replace(dataset, "alternate_identifier", _words(graph, node, ADMS.identifier))
    _replace(dataset, "spatial_coverage", _places(graph, node))
    relations = [{"relation": str(one)} for one in graph.objects(node, DCT.relation) if isinstance(one, URIRef)]
    _replace(dataset, "qualified_relation", [*_related(dataset), *relations])
    for key in ("publisher", "creator", "contact"):
        _replace(dataset, key, [_kept(one, _AGENT) for one in dataset.get(key) or () if isinstance(one, dict)])
    if (node, FOAF.homepage, None) not in graph:
        dataset.pop("homepage", None)  # ckanext-dcat says ours
    if (node, RDF.type, DCAT.DatasetSeries) in graph:
        dataset["dcat_type"] = SERIES
    licence = vocabularies.licences().find_first(*_licence(graph, node))
    if licence is not None:
        dataset["license_id"] = licence.code
    for resource in dataset.get("resources", ()):
        _file(graph, resource)
    dataset["extras"] = [
        one for one in dataset.get("extras") or () if not str(one.get("key")).startswith((*_SAID_ELSEWHERE, "homepage"))
    ]
    for key in [key for key in dataset if key.startswith(("temporal_start", "temporal_end", "spatial_uri"))]:
        del dataset[key]
    dataset.pop("spatial", None)
    return dataset


def _themes(graph: Graph, dataset: dict[str, Any], node: Node) -> None:
    """Tell themes, INSPIRE themes and high-value categories apart; what no list knows is left out."""
    said = [one for one in graph.objects(node, DCAT.theme) if isinstance(one, URIRef)]
    categories = list(graph.objects(node, DCATAP.hvdCategory)) or said
    _replace(dataset, "theme", _known(vocabularies.themes(), said))
    _replace(dataset, "inspire_theme", _known(vocabularies.inspire_themes(), said))
    _replace(dataset, "hvd_category", _known(vocabularies.hvd_categories(), categories))


def _known(table: vocabularies.Vocabulary[Any], concepts: Iterable[Node]) -> list[str]:
    found = (table.find(str(one)) for one in concepts)
    return list(dict.fromkeys(entry.uri for entry in found if entry))


def _standards(graph: Graph, dataset: dict[str, Any], node: Node) -> None:
    """Tell reference systems from the other rules that the data follow."""
    systems, others = [], []
    for one in graph.objects(node, DCT.conformsTo):
        is_system = (one, DCT.type, REFERENCE_SYSTEM) in graph or vocabularies.reference_systems().find(str(one))
        (systems if is_system else others).append(_word(graph, one))
    _replace(dataset, "conforms_to", [one for one in others if one])
    entries = vocabularies.reference_systems()
    _replace(dataset, "reference_system", [entries.uri(one) or one for one in systems if one])


def _places(graph: Graph, node: Node) -> list[dict[str, str]]:
    rows = []
    for place in graph.objects(node, DCT.spatial):
        row = {"uri": str(place)} if isinstance(place, URIRef) else {}
        if isinstance(place, Literal):
            row["text"] = str(place)
        label = graph.value(place, SKOS.prefLabel) or graph.value(place, RDFS.label)
        if label is not None:
            row["text"] = str(label)
        for key, predicate in (("geom", LOCN.geometry), ("bbox", DCAT.bbox), ("centroid", DCAT.centroid)):
            drawn = next(filter(None, (geometry.polygon(str(one)) for one in graph.objects(place, predicate))), None)
            if drawn:
                row[key] = drawn
        if row:
            rows.append(row)
    return rows


def _related(dataset: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in dataset.get("qualified_relation") or () if isinstance(one, dict) and one.get("relation")]


def _licence(graph: Graph, node: Node) -> list[str]:
    """Return what the licence of a dataset may be known by: its own first, then those of its files."""
    found: list[str] = []
    for place in (node, *graph.objects(node, DCAT.distribution)):
        for licence in graph.objects(place, DCT.license):
            labels = [graph.value(licence, each) for each in (RDFS.label, DCT.title)]
            matches = [*graph.objects(licence, SKOS.exactMatch)]
            found += [str(one) for one in (licence, *labels, *matches) if one is not None]
    return found


def _file(graph: Graph, resource: dict[str, Any]) -> None:
    reference = resource.get("distribution_ref") or ""
    node: Node = URIRef(reference) if resource.get("uri") else BNode(reference)
    _replace(resource, "conforms_to", _words(graph, node, DCT.conformsTo))
    said = graph.value(node, FORMAT)
    written = _word(graph, said) if said is not None else ""
    entry = vocabularies.file_types().find_first(written, resource.get("mimetype"))
    if entry is not None or written:
        resource["format"] = entry.code if entry is not None else written
    if media := str(resource.get("mimetype") or "").rpartition("/media-types/")[2]:
        resource["mimetype"] = media
    if not str(resource.get("license") or "").startswith("http"):
        resource.pop("license", None)
    services = resource.get("access_services")
    if isinstance(services, str):
        services = json.loads(services)
    kept = []
    for one in services or ():
        row = _kept(one, one.keys() - _NOT_KEPT)
        service = URIRef(one["uri"]) if one.get("uri") else BNode(one.get("access_service_ref"))
        _replace(row, "hvd_category", [str(each) for each in graph.objects(service, DCATAP.hvdCategory)])
        if legislation := [law for law in row.get("applicable_legislation", ()) if law != str(hvd.REGULATION)]:
            row["applicable_legislation"] = legislation
        kept.append(row)
    _replace(resource, "access_services", kept)


def _words(graph: Graph, node: Node, predicate: URIRef) -> list[str]:
    return list(dict.fromkeys(filter(None, (_word(graph, one) for one in graph.objects(node, predicate)))))


def _word(graph: Graph, node: Node) -> str:
    """Return an address, a text, or the words of a blank node; never the name of a blank node, which means nothing."""
    if not isinstance(node, BNode):
        return str(node)
    labels = (graph.value(node, each) for each in (RDFS.label, DCT.title, SKOS.prefLabel, SKOS.notation))
    return next((str(one) for one in labels if one is not None), "")


def _kept(row: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    return {key: row[key] for key in keys if row.get(key)}


def _replace(data: dict[str, Any], key: str, value: list[Any]) -> None:
    if value:
        data[key] = value
    else:
        data.pop(key, None)
