"""A commune with its clerk, a dataset, and files sent by the clerk; the portal is emptied after each test."""

from __future__ import annotations

import io
from typing import Any

import pytest
from ckan.lib.redis import connect_to_redis
from ckan.tests.helpers import _get_test_app, call_action
from werkzeug.datastructures import FileStorage

from tests.emptying import purge_datasets

HARMLESS = b"lieu;places\r\nParking de la Gare;120\r\nParking du Stade;80\r\n"


@pytest.fixture(scope="module")
def app(portal):
    """The pages of the portal."""
    return _get_test_app()


@pytest.fixture(autouse=True)
def nothing_left(portal):
    """Purge what the test published, and forget who reported what."""
    yield
    purge_datasets()
    redis = connect_to_redis()
    for key in redis.scan_iter("*ca3b-signaler*"):
        redis.delete(key)


@pytest.fixture
def dataset(commune, as_clerk) -> dict[str, Any]:
    """A public dataset of Viriat without file."""
    return call_action(
        "package_create",
        context=dict(as_clerk),
        title="Fichiers de la commune",
        notes="Des fichiers de Viriat.",
        owner_org=commune["id"],
    )


@pytest.fixture
def send(dataset, as_clerk):
    """Send a file as the clerk; gives the resource."""

    def create(content: bytes = HARMLESS, name: str = "parkings.csv", **fields: Any) -> dict[str, Any]:
        given = {"package_id": dataset["id"], "name": "Fichier", "upload": upload(content, name), **fields}
        return call_action("resource_create", context=dict(as_clerk), **given)

    return create


def upload(content: bytes, name: str) -> FileStorage:
    """A file as a browser sends it."""
    return FileStorage(io.BytesIO(content), filename=name)
