"""Datasets of a commune, published and withdrawn by its clerk, and what anybody reads of them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from ckan.tests.helpers import _get_test_app, call_action
from rdflib import Graph
from rdflib.namespace import DCAT, RDF
from werkzeug.datastructures import FileStorage

from ckanext.ca3b.dcat.feeds import fragments, writing
from tests.emptying import purge_datasets

PARSERS = {"ttl": "turtle", "n3": "turtle", "rdf": "xml", "xml": "xml", "jsonld": "json-ld", "nt": "nt"}
#: Names of children: the gate holds the file.
HELD = b"nom;prenom;date_naissance;telephone\r\n" + b"".join(
    f"{name};Lilou;02/11/201{rank};06 39 98 41 0{rank}\r\n".encode()
    for rank, name in enumerate(("Canarivalle", "Martinet", "Perrin", "Rochet"))
)


@pytest.fixture(scope="module")
def app(portal):
    """The pages of the portal."""
    return _get_test_app()


@pytest.fixture(autouse=True)
def nothing_left(portal):
    """Purge what the test published, and what was written of it."""
    yield
    purge_datasets()
    fragments.purge(None)


@pytest.fixture
def publish(commune, as_clerk):
    """Publish a dataset of Viriat with one link, and return it."""

    def create(title: str = "Parkings", **fields: Any) -> dict[str, Any]:
        given = {
            "title": title, "notes": f"{title} de Viriat.", "owner_org": commune["id"],
            "resources": [{"name": "Fichier", "url": "https://exemple.fr/fichier.csv", "format": "CSV"}], **fields,
        }  # fmt: skip
        return call_action("package_create", context=dict(as_clerk), **given)

    return create


@pytest.fixture
def change(as_clerk):
    """Change fields of a dataset as the clerk."""
    return lambda dataset, **fields: call_action("package_patch", context=dict(as_clerk), id=dataset["id"], **fields)


@pytest.fixture
def delete(as_clerk):
    """Delete a dataset as the clerk."""
    return lambda dataset: call_action("package_delete", context=dict(as_clerk), id=dataset["id"])


@pytest.fixture
def add_held(as_clerk):
    """Add a file that the gate holds to a dataset."""

    def send(dataset: dict[str, Any]) -> dict[str, Any]:
        upload = FileStorage(io.BytesIO(HELD), filename="cantine.csv")
        given = {"package_id": dataset["id"], "name": "Repas", "upload": upload}
        return call_action("resource_create", context=dict(as_clerk), **given)

    return send


@pytest.fixture
def read(app):
    """Read an address of the catalogue as a graph; its ending tells the format."""

    def get(url: str) -> Graph:
        answer = app.get(url)
        ending = url.partition("?")[0].rsplit(".", 1)[1]
        assert answer.headers["Content-Type"] == writing.FORMATS[ending].content_type
        return Graph().parse(data=answer.get_data(), format=PARSERS[ending])

    return get


def described(graph: Graph) -> set[str]:
    """The ids of the datasets that a graph describes."""
    return {str(one).rsplit("/", 1)[1] for one in graph.subjects(RDF.type, DCAT.Dataset)}
