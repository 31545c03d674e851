"""A source of Viriat and a run of it, on an empty portal."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from ckan import model

from ckanext.ca3b.harvest import planning
from ckanext.ca3b.harvesting.model import now
from ckanext.ca3b.harvesting.store import runs, sources
from ckanext.ca3b.harvesting.writing import Work


@pytest.fixture
def source(commune) -> Any:
    """A source of the commune, of its own for each test."""
    name = f"source-{uuid.uuid4().hex[:8]}"
    address = "https://viriat.example/catalog.ttl"
    facts = {"title": "Viriat", "address": address, "owner_org": commune["id"], "created_by": "agent-viriat"}
    sources.add([{"id": name, "name": name, "report_key": name, "created": now(), **facts}])
    return sources.find(name)


@pytest.fixture
def run(source) -> Any:
    """A run of the source."""
    return runs.add(source.id, "hand")


@pytest.fixture(autouse=True)
def _no_transaction_left(portal):
    yield
    model.Session.remove()


@pytest.fixture
def work(source, commune):
    """Make a work from what a source says of a dataset."""

    def make(identifier: str, verdict: str = "added", *, before=None, kept=(), gone=False, **said: Any) -> Work:
        id_ = planning.dataset_id(source.id, identifier)
        package = {
            "id": id_,
            "owner_org": commune["id"],
            "private": False,
            "title": f"Points de collecte {identifier}",
            "resources": [
                {"id": str(uuid.uuid5(uuid.UUID(id_), f"{n}")), "url": f"https://viriat.example/{identifier}/{n}.csv",
                 "name": f"Année {n}", "format": "CSV"}
                for n in (2024, 2025)
            ],
            **said,
        }  # fmt: skip
        record = {"state": "present", "content_hash": str(said), "applied": package, "last_seen": now()}
        return Work(
            identifier, verdict, id_, position=0, package=None if gone else package, before=before, kept_fields=kept,
            record=record,
        )  # fmt: skip

    return make
