"""Datasets of two communes, well and badly described, and the pages that say so."""

from __future__ import annotations

from typing import Any

import pytest
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories
from ckan.tests.helpers import _get_test_app, call_action

from ckanext.ca3b.dcat.feeds import fragments
from ckanext.ca3b.dcat.health import jobs
from tests.emptying import purge_datasets

WHOLE = {
    "theme": ["http://publications.europa.eu/resource/authority/data-theme/ENVI"],
    "tag_string": "arbre, parc",
    "license_id": "cc-by-4.0",
    "access_rights": "http://publications.europa.eu/resource/authority/access-right/PUBLIC",
    "contact": [{"name": "Mairie", "email": "donnees@viriat.fr"}],
    "temporal_coverage": [{"start": "2025-01-01", "end": "2025-12-31"}],
}


@pytest.fixture(scope="module")
def app(portal):
    """The pages of the portal."""
    return _get_test_app()


@pytest.fixture(scope="module")
def operator(portal) -> dict[str, Any]:
    """Who runs the portal."""
    return factories.SysadminWithToken(name="exploitante")


@pytest.fixture(autouse=True)
def nothing_left(portal):
    """Purge what the test published, what was written of it, and what was asked of the jobs."""
    yield
    purge_datasets()
    fragments.purge(None)
    connect_to_redis().delete(jobs.ASKED)


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
def see(app):
    """Open a page as somebody."""

    def run(path: str, who: dict[str, Any] | None = None, status: int = 200) -> str:
        headers = {"Authorization": who["token"]} if who else {}
        return app.get(path, headers=headers, status=status, follow_redirects=False).get_data(as_text=True)

    return run
