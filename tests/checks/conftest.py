"""Two communes, their clerks, a sysadmin, and files of a clerk; one portal per module, emptied after each test."""

from __future__ import annotations

import io
from typing import Any

import ckan.plugins as p
import pytest
from ckan.tests.helpers import _get_test_app, call_action
from werkzeug.datastructures import FileStorage

from ckanext.ca3b.tables import schemas
from tests.emptying import purge_datasets

SCHEMA = "scdl-prenoms"
HEADER = "COLL_NOM;COLL_INSEE;ENFANT_SEXE;ENFANT_PRENOM;NOMBRE_OCCURRENCES;ANNEE\n"


@pytest.fixture(scope="module")
def app(portal):
    """The pages of the portal."""
    return _get_test_app()


@pytest.fixture(autouse=True)
def no_dataset_left(portal):
    """Purge what the test published."""
    yield
    purge_datasets()


@pytest.fixture
def dataset(commune, as_clerk) -> dict[str, Any]:
    """A dataset of Viriat without file."""
    return call_action(
        "package_create",
        context=dict(as_clerk),
        title="Prénoms des nouveau-nés",
        notes="Les prénoms donnés à Viriat.",
        owner_org=commune["id"],
    )


@pytest.fixture
def send(dataset, as_clerk):
    """Send a file as the clerk; gives the resource."""

    def create(content: bytes, name: str = "prenoms.csv", **fields: Any) -> dict[str, Any]:
        given = {"package_id": dataset["id"], "name": "Prénoms", "upload": upload(content, name), **fields}
        return call_action("resource_create", context=dict(as_clerk), **given)

    return create


@pytest.fixture
def replace(as_clerk):
    """Replace the file of a resource as the clerk; gives the resource."""

    def patch(resource: dict[str, Any], content: bytes, name: str = "prenoms.csv", **fields: Any) -> dict[str, Any]:
        given = {"id": resource["id"], "upload": upload(content, name), **fields}
        return call_action("resource_patch", context=dict(as_clerk), **given)

    return patch


@pytest.fixture
def report(as_clerk):
    """Read the report of a resource as the clerk."""
    return lambda resource: call_action("ca3b_report_show", context=dict(as_clerk), resource_id=resource["id"])


@pytest.fixture
def large_files(monkeypatch):
    """Every file is large: reports are made by jobs."""
    monkeypatch.setitem(p.toolkit.config, "ckanext.ca3b.checks.inline_size", 0)


def upload(content: bytes, name: str) -> FileStorage:
    """A file as a browser sends it."""
    return FileStorage(io.BytesIO(content), filename=name)


def rows(schema: str, kind: str) -> bytes:
    """The sample ``kind`` (valid, invalid) of a schema, as the CSV of a clerk."""
    loaded = schemas.load(schema)
    samples = loaded.samples[kind]
    names = list(samples[0])
    lines = [";".join(names), *(";".join(_quoted(row.get(name) or "") for name in names) for row in samples)]
    return ("\n".join(lines) + "\n").encode()


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"' if any(mark in value for mark in ';"\n') else value
