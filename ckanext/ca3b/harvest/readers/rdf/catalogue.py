"""What a graph says of a catalogue: its datasets, its next page, and what is announced without being there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from . import values

if TYPE_CHECKING:
    from .graph import Graph, Node

_DATASETS = ("dcat:Dataset", "dcatapit:Dataset", "schema:Dataset", "dcat:DatasetSeries", "void:Dataset", "adms:Asset")
_CATALOGUES = ("dcat:Catalog", "dcat:Catalogue", "dcatapit:Catalog", "schema:DataCatalog")
#: Properties by which a dataset is only mentioned: by a service, by another version, by a page about it.
_MENTIONS = frozenset({
    "dcat:servesdataset", "dct:relation", "dct:source", "dct:hasversion", "dct:isversionof", "dct:replaces",
    "dct:isreplacedby", "dct:isreferencedby", "dct:references", "dcat:inseries", "dct:ispartof", "prov:wasderivedfrom",
    "dcat:prev", "dcat:next", "dcat:first", "dcat:last", "dcat:qualifiedrelation", "adms:sample",
})  # fmt: skip
_TELLING = (
    "dct:title", "dct:description", "dcat:distribution", "schema:name", "schema:description", "schema:distribution",
    "dct:identifier", "rdfs:label", "dcat:keyword", "dcat:landingPage", "dct:publisher", "dcat:accessURL",
    "dcat:theme", "dct:spatial", "dct:temporal", "dct:modified", "dct:issued", "dct:license", "dct:conformsTo",
    "dct:accrualPeriodicity", "dcat:contactPoint", "schema:keywords",
)  # fmt: skip
_LISTING = ("dcat:dataset", "schema:dataset", "dcat:Dataset")
#: What is written of a dataset that is described here, beyond the type and the title of one that is only mentioned.
_WITH_DATA = (
    "dcat:distribution", "schema:distribution", "dct:description", "schema:description", "dct:identifier", "dct:issued",
    "dct:modified", "dct:publisher", "dcat:keyword", "dcat:theme", "dct:spatial", "dct:temporal", "dct:license",
    "dct:accrualPeriodicity", "dcat:contactPoint", "dcat:landingPage",
)  # fmt: skip
_FILES = frozenset({"dcat:distribution", "schema:distribution", "adms:distribution", "adms:sample"})
_NEXT = ("hydra:next", "hydra:nextPage", "xhv:next")
_TOTALS = ("hydra:totalItems", "hydra:totalitems")


def datasets(graph: Graph) -> list[Node]:
    """Return the datasets that the document describes, in its order.

    Those that it only names (a service serves them, another one is their next version) are not there to be taken.
    """
    listed = [node for node in graph.objects(*_LISTING) if not isinstance(node, ox.Literal)]
    known = set(listed)
    found = [*graph.typed(*_DATASETS[:4]), *listed]
    if not found:
        found = graph.typed(*_DATASETS)
    chosen = [node for node in dict.fromkeys(found) if _is_record(graph, node, listed=node in known)]
    place = {node: number for number, node in enumerate(graph.nodes())}
    return sorted(chosen, key=lambda node: place.get(node, 0))


def _is_record(graph: Graph, node: Node, *, listed: bool) -> bool:
    if not graph.values(node, *_TELLING):
        return False
    if graph.types(node) & {name.lower() for name in _CATALOGUES} and not graph.values(node, "dcat:distribution"):
        return False
    if listed:
        return True
    if "dcat:datasetseries" in graph.types(node) and "dcat:dataset" not in graph.types(node):
        return bool(graph.values(node, "dcat:distribution"))
    by = {name for subject, name in graph.pointing(node) if "dcat:distribution" not in graph.types(subject)}
    return not (by & _MENTIONS) or bool(graph.values(node, *_WITH_DATA))


def catalogue_of(graph: Graph, node: Node) -> Node | None:
    """Return the catalogue that lists a dataset, else the only one of the document."""
    for subject, name in graph.pointing(node):
        if name in {each.lower() for each in _LISTING}:
            return subject
    catalogues = graph.typed(*_CATALOGUES)
    return catalogues[0] if len(catalogues) == 1 else None


def is_catalogue(graph: Graph) -> bool:
    """Tell whether the document speaks of datasets at all, be it to say that there are none."""
    return bool(graph.typed(*_DATASETS, *_CATALOGUES) or graph.objects(*_LISTING))


def next_pages(graph: Graph) -> list[str]:
    """Return the addresses of next pages, whether they are written as IRIs or as texts."""
    return [found for found in values.address(graph, graph.objects(*_NEXT)) if found]


def total(graph: Graph) -> int | None:
    """Return how many datasets the catalogue says that it has on all its pages."""
    said = [term.value for term in graph.objects(*_TOTALS) if isinstance(term, ox.Literal)]
    numbers = [int(text) for text in said if text.isdigit() and len(text) < 10]
    return max(numbers, default=None)


def announced(graph: Graph) -> list[str]:
    """Return the IRIs of datasets that a catalogue lists and of which the document says nothing."""
    listed = graph.objects(*_LISTING)
    return [term.value for term in listed if isinstance(term, ox.NamedNode) and not graph.values(term, *_TELLING)]


def elsewhere(graph: Graph) -> list[str]:
    """Return the addresses of catalogues of this catalogue that are kept in documents of their own."""
    inside = [
        *graph.objects("dcat:catalog"),
        *(part for node in graph.typed(*_CATALOGUES) for part in graph.values(node, "dct:hasPart", "rdfs:seeAlso")),
    ]
    own = {node for node in graph.typed(*_CATALOGUES) if graph.values(node, *_LISTING)}
    return [term.value for term in inside if isinstance(term, ox.NamedNode) and term not in own]


def strays(graph: Graph) -> list[Node]:
    """Return the distributions that belong to no dataset, by whatever property."""
    known = {name.lower() for name in _DATASETS}
    return [
        node
        for node in graph.typed("dcat:Distribution")
        if not any(graph.types(subject) & known or name in _FILES for subject, name in graph.pointing(node))
        and not any(isinstance(one, ox.NamedNode | ox.BlankNode) for one in graph.values(node, "dct:isPartOf"))
    ]


def services(graph: Graph) -> list[tuple[str, str]]:
    """Return the data services that serve no dataset of the document: title and address."""
    found = []
    for node in graph.typed("dcat:DataService"):
        if not graph.values(node, "dcat:servesDataset"):
            address = next(iter(values.address(graph, graph.values(node, "dcat:endpointURL"))), "")
            found.append((values.label(graph, node), address or values.iri(node)))
    return found
