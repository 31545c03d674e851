"""What the tables tell the outgoing catalogue, and the description of their API that it leads to."""

from __future__ import annotations

import json

import ckan.plugins.toolkit as tk
import pytest
from openapi_spec_validator import validate

from ckanext.ca3b.catalogue import DATASTORE
from ckanext.ca3b.serving import catalogue, config

from .conftest import CSV, load, put, table, upload


@pytest.fixture
def later(monkeypatch):
    """No table is loaded before a job does it."""
    monkeypatch.setitem(tk.config, config.INLINE_CELLS, 0)


def test_a_table_in_place_is_a_service_whose_three_addresses_answer(dataset, app):
    resource = table(dataset)
    (api,) = catalogue.facts([resource])[resource["id"]]
    assert api.kind == DATASTORE
    for address in (api.endpoint_url, api.endpoint_description, api.documentation):
        assert app.get(address[address.index("/", 8) :], status=200).data
    rows = app.get(api.endpoint_url[api.endpoint_url.index("/", 8) :]).json["result"]["records"]
    assert len(rows) == CSV.count("\n") - 1


def test_the_description_is_openapi_and_names_the_columns(dataset, app):
    resource = table(dataset)
    answer = app.get(f"/fichiers/{resource['id']}/api.json", status=200)
    assert answer.headers["Content-Type"].startswith("application/vnd.oai.openapi+json")
    document = json.loads(answer.data)
    validate(document)
    columns = document["components"]["schemas"]["row"]["properties"]
    assert (columns["effectif"]["type"], columns["cantine"]["type"]) == ("integer", "boolean")
    assert document["info"]["title"].startswith("Écoles")


def test_a_file_without_table_has_neither(dataset, app, later):
    resource = upload(dataset)
    assert catalogue.facts([resource]) == {}
    app.get(f"/fichiers/{resource['id']}/api.json", status=404)


def test_while_the_table_of_a_new_file_is_loaded_nothing_is_said(dataset, later):
    resource = put(table(dataset), CSV.replace("oui", "non"))
    assert catalogue.stamps([resource]) == {}
    load(resource)
    assert catalogue.stamps([resource]) == {resource["id"]: "api"}
