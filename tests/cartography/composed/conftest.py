"""A commune with files that have a map: the rows that the jobs write, without the jobs."""

from __future__ import annotations

import io
from typing import Any

import pytest
import sqlalchemy as sa
from ckan.tests.helpers import call_action
from werkzeug.datastructures import FileStorage

from ckanext.ca3b import database
from ckanext.ca3b.cartography import store
from ckanext.ca3b.cartography.composed.model import ComposedMap
from ckanext.ca3b.cartography.model import DONE, Map


@pytest.fixture(autouse=True)
def no_map_left(portal):
    """Forget the maps that the test made."""
    yield
    with database.session() as session:
        session.execute(sa.delete(Map))
        session.execute(sa.delete(ComposedMap))


@pytest.fixture
def mapped(commune, as_clerk):
    """Publish a harmless file and give it a map of one layer; gives the resource."""

    def create(name: str = "Bancs", *, private: bool = False) -> dict[str, Any]:
        dataset = call_action(
            "package_create", context=dict(as_clerk), title=f"{name} de Viriat", notes="Des objets.",
            owner_org=commune["id"], private=private,
        )  # fmt: skip
        body = f"lieu;places\r\n{name};12\r\n".encode()
        upload = FileStorage(io.BytesIO(body), filename="objets.csv")
        resource = call_action(
            "resource_create", context=dict(as_clerk), package_id=dataset["id"], name=name, upload=upload
        )
        row = store.ask(resource["id"], dataset["id"], resource["hash"])
        layer = {"id": "0", "name": name, "features": 1, "attributes": [{"name": "places", "label": "places"}]}
        store.write(
            row.id, state=DONE, description={"layers": [layer]}, files={"0.geojson": {"location": "x", "size": 1}}
        )
        return {**resource, "dataset": dataset}

    return create
