"""A graph against the official shapes, kept unchanged under ``shapes/``: its violations, in words.

The official validator loads the European vocabularies. Here the graph says itself what its concepts are, and so it
must pass without them; only what no graph says is added: that any address leads to a resource.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pyshacl import validate
from rdflib import OWL, RDF, RDFS, Graph, Namespace, URIRef

SHAPES = Path(__file__).parent / "shapes"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
SH = Namespace("http://www.w3.org/ns/shacl#")
REGULATION = URIRef("http://data.europa.eu/eli/reg_impl/2023/138/oj")
FILES = {
    "dcat-ap": ("dcat-ap-3.0.1/html_shacl_shapes.ttl", "dcat-ap-3.0.1/html_shacl_range.ttl"),
    "vocabularies": (
        "dcat-ap-3.0.1/html_shacl_mdr-vocabularies.shape.ttl",
        "dcat-ap-3.0.1/html_shacl_deprecateduris.ttl",
    ),
    "hvd": ("hvd-3.0.0/hvd-SHACL-full.ttl",),
    "geodcat-ap": ("geodcat-ap-2.0.0/geodcat-ap.shacl.ttl",),
}


def violations(graph: Graph, profile: str) -> list[str]:
    """Return one line for each violation of a profile: path, constraint, node, value. HVD looks at HVD alone."""
    data = _high_value(graph) if profile == "hvd" else graph
    known = Graph()
    for node in {*data.subjects(), *data.objects()}:
        if isinstance(node, URIRef):
            known.add((node, RDF.type, RDFS.Resource))
    _, report, _ = validate(data + known, shacl_graph=_shapes(profile), inference="none", advanced=False)
    assert isinstance(report, Graph)
    nested = set(report.objects(None, SH.detail))
    found = []
    for result in report.subjects(SH.resultSeverity, SH.Violation):
        if result not in nested:
            said = (SH.resultPath, SH.sourceConstraintComponent, SH.focusNode, SH.value)
            found.append(" ".join(str(report.value(result, each)) for each in said))
    return sorted(found)


@cache
def _shapes(profile: str) -> Graph:
    shapes = Graph()
    for name in FILES[profile]:
        shapes.parse(SHAPES / name, format="turtle")
    shapes.remove((None, OWL.imports, None))
    return shapes


def _high_value(graph: Graph) -> Graph:
    """Return the datasets under the regulation with their files and services, without the others."""
    kept = {
        one
        for one in graph.subjects(DCATAP.applicableLegislation, REGULATION)
        if (one, RDF.type, DCAT.Dataset) in graph
    }
    for dataset in list(kept):
        kept |= set(graph.objects(dataset, DCAT.distribution))
        kept |= set(graph.subjects(DCAT.servesDataset, dataset))
        for file in graph.objects(dataset, DCAT.distribution):
            kept |= set(graph.objects(file, DCAT.accessService))
    left_out = {DCAT.Dataset, DCAT.Distribution, DCAT.DataService, DCAT.DatasetSeries, DCAT.Catalog, DCAT.CatalogRecord}
    found = Graph()
    for triple in graph:
        if not (triple[1] == RDF.type and triple[2] in left_out and triple[0] not in kept):
            found.add(triple)
    return found
