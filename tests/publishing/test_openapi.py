"""The description of the call that publishes is valid OpenAPI and says what the call takes."""

from __future__ import annotations

import inspect

from openapi_spec_validator import OpenAPIV31SpecValidator

from ckanext.ca3b.publishing import actions, openapi
from ckanext.ca3b.tables import schemas


def _fields():
    content = openapi.description("Données ouvertes", "https://donnees.exemple.fr/")["paths"][openapi.PATH]["post"]
    return content["requestBody"]["content"]["multipart/form-data"]["schema"]["properties"]


def test_the_description_is_valid():
    found = openapi.description("Données ouvertes", "https://donnees.exemple.fr/")
    assert list(OpenAPIV31SpecValidator(found).iter_errors()) == []
    assert found["servers"] == [{"url": "https://donnees.exemple.fr"}]


def test_every_schema_may_be_asked_for():
    assert {schema.name for schema in schemas.all_schemas()} < set(_fields()["schema"]["enum"])


def test_every_field_is_one_that_the_call_reads():
    source = inspect.getsource(actions)
    assert [name for name in _fields() if f'"{name}"' not in source] == []
