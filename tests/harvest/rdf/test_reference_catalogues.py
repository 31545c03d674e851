"""Real catalogues read whole: nothing lost, nothing invented, judged by rdflib's own reading of them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import DCAT, DCTERMS, RDF

from ckanext.ca3b.harvest.export import to_json
from ckanext.ca3b.harvest.reading import read
from ckanext.ca3b.harvest.sources import Client, Source

CATALOGUES = sorted(path for path in (Path(__file__).parent.parent / "catalogs").iterdir() if path.suffix != ".md")
_BASE = "http://relative.invalid/"
_MAILTO = re.compile(r"^(?:mailto|tel):")


def _graph(path: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(path, format="turtle" if path.suffix == ".ttl" else "xml", publicID=_BASE)


def _plain(text: object) -> str:
    return " ".join(str(text).split())


@pytest.fixture(scope="module", params=CATALOGUES, ids=lambda path: path.stem)
def catalogue(request: pytest.FixtureRequest) -> tuple[dict, rdflib.Graph]:
    path: Path = request.param
    return to_json(read(Client(), Source.file(path))), _graph(path)


def test_every_dataset_and_no_other(catalogue):
    result, graph = catalogue
    assert sorted(each["uri"] for each in result["datasets"]) == sorted(
        map(str, graph.subjects(RDF.type, DCAT.Dataset))
    )
    assert result["complete"]
    assert result["kind"] == "rdf"


def test_every_file_and_no_other(catalogue):
    result, graph = catalogue
    for dataset in result["datasets"]:
        node = rdflib.URIRef(dataset["uri"])
        expected = []
        for distribution in graph.objects(node, DCAT.distribution):
            download = list(graph.objects(distribution, DCAT.downloadURL))
            expected += map(str, download or list(graph.objects(distribution, DCAT.accessURL))[:1])
        assert sorted(each["url"] for each in dataset["resources"]) == sorted(expected)


def test_nothing_that_a_dataset_says_is_lost(catalogue):
    """Each text and each address of a dataset and of its files is in the result, or its official name is."""
    result, graph = catalogue
    for dataset in result["datasets"]:
        told = _plain(json.loads(json.dumps(json.dumps(dataset, ensure_ascii=False))))
        told = told.replace('\\"', '"').replace("\\n", " ").replace("\\\\", "\\")
        told = _plain(told)
        node = rdflib.URIRef(dataset["uri"])
        for subject in (node, *graph.objects(node, DCAT.distribution)):
            for name, value in graph.predicate_objects(subject):
                if name == RDF.type or isinstance(value, rdflib.BNode) or not _plain(value):
                    continue
                if name in {
                    DCTERMS.license,
                    DCTERMS["format"],
                    DCAT.mediaType,
                    DCTERMS.language,
                    DCTERMS.accrualPeriodicity,
                }:
                    continue  # these become official names: judged below
                text = str(value) if isinstance(value, rdflib.URIRef) else _plain(value)
                assert _MAILTO.sub("", text.removeprefix(_BASE)) in told or name == DCAT.theme, (
                    dataset["uri"],
                    str(name),
                    text,
                )


def test_what_is_understood_has_its_official_name(catalogue):
    result, graph = catalogue
    for dataset in result["datasets"]:
        node = rdflib.URIRef(dataset["uri"])
        files = list(graph.objects(node, DCAT.distribution))
        licensed = [value for each in (node, *files) for value in graph.objects(each, DCTERMS.license) if str(value)]
        assert bool(licensed) == bool(dataset["license"] or any(each["license"] for each in dataset["resources"]))
        assert bool(list(graph.objects(node, DCTERMS.accrualPeriodicity))) == bool(dataset["frequency"])
        assert bool(list(graph.objects(node, DCAT.theme))) == bool(dataset["themes"])
        for each in dataset["resources"]:
            assert not each["format"] or "/" not in each["format"]


def test_no_catalogue_of_reference_has_a_piece_that_cannot_be_read(catalogue):
    result, _ = catalogue
    assert [each for each in result["problems"] if each["severity"] == "error"] == []
