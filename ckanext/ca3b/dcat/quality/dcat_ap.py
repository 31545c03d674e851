"""What DCAT-AP 3.0.1 finds wrong in the description of one dataset, cheaply.

The MQA runs the SHACL shapes. Running them takes seconds per dataset, a page of ten thousand cannot; what the shapes
ask of the nodes themselves is checked here, from ``dcat_ap.yaml``. The tests hold the same graphs against the shapes.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from rdflib import DCAT, FOAF, PROV, RDF, Literal, Namespace, URIRef
from rdflib import DCTERMS as DCT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rdflib import Graph
    from rdflib.term import Node

DCATAP = Namespace("http://data.europa.eu/r5r/")
_PREFIXES = {
    "dct": DCT,
    "dcat": DCAT,
    "foaf": FOAF,
    "prov": PROV,
    "dcatap": DCATAP,
    "adms": Namespace("http://www.w3.org/ns/adms#"),
    "spdx": Namespace("http://spdx.org/rdf/terms#"),
    "odrl": Namespace("http://www.w3.org/ns/odrl/2/"),
}


class Wrong(NamedTuple):
    """One fault: the node, the property, and what lacks or is wrong, in French."""

    node: Node
    path: URIRef
    sentence: str


def wrongs(graph: Graph, dataset: Node) -> list[Wrong]:
    """Return what DCAT-AP finds wrong in a dataset, its distributions, services, publisher and creators."""
    return [wrong for kind, node in _nodes(graph, dataset) for wrong in _faults(graph, node, rules()[kind])]


def services(graph: Graph, dataset: Node) -> list[Node]:
    """Return the services that give a dataset: those of its distributions and those that say they serve it."""
    found = {
        *graph.subjects(DCAT.servesDataset, dataset),
        *(one for each in graph.objects(dataset, DCAT.distribution) for one in graph.objects(each, DCAT.accessService)),
    }
    return sorted(found, key=str)


def _nodes(graph: Graph, dataset: Node) -> Iterator[tuple[str, Node]]:
    yield "dataset", dataset
    for one in sorted(set(graph.objects(dataset, DCAT.distribution)), key=str):
        yield "distribution", one
    for one in services(graph, dataset):
        if (one, RDF.type, DCAT.DataService) in graph:
            yield "service", one
    for one in sorted({*graph.objects(dataset, DCT.publisher), *graph.objects(dataset, DCT.creator)}, key=str):
        # An agent that is only named is described elsewhere, as an authority's is.
        if (one, None, None) in graph:
            yield "agent", one


def _faults(graph: Graph, node: Node, asked: dict[str, Any]) -> Iterator[Wrong]:
    for path, what in asked["required"].items():
        if not any(not isinstance(one, Literal) or str(one).strip() for one in graph.objects(node, path)):
            yield Wrong(node, path, f"il manque {what}")
    for path in asked["once"]:
        if len(set(graph.objects(node, path))) > 1:
            yield Wrong(node, path, f"« {_short(path)} » est dit plusieurs fois")
    for path in asked["texts"]:
        if any(not isinstance(one, Literal) for one in graph.objects(node, path)):
            yield Wrong(node, path, f"« {_short(path)} » doit être un texte")
    for path in asked["nodes"]:
        if any(isinstance(one, Literal) for one in graph.objects(node, path)):
            yield Wrong(node, path, f"« {_short(path)} » doit être une adresse, non un texte")


def _short(path: URIRef) -> str:
    prefix, base = next((key, base) for key, base in _PREFIXES.items() if str(path).startswith(str(base)))
    return f"{prefix}:{str(path).removeprefix(str(base))}"


@cache
def rules() -> dict[str, dict[str, Any]]:
    """Return what is asked of each kind of node: ``required`` (paths, each with its French name), ``once``, ``texts``
    and ``nodes`` (paths).
    """
    text = resources.files(__package__ or "").joinpath("dcat_ap.yaml").read_text("utf-8")
    content: dict[str, dict[str, Any]] = yaml.safe_load(text)["nodes"]
    return {
        kind: {
            "required": {_long(name): what for name, what in asked["required"].items()},
            **{key: [_long(name) for name in asked[key]] for key in ("once", "texts", "nodes")},
        }
        for kind, asked in content.items()
    }


def _long(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(str(_PREFIXES[prefix]) + local)
