"""What every functional test needs: a database with the tables of the plugins, a portal for a module, two communes."""

from __future__ import annotations

from typing import Any

import ckan.plugins as p
import pytest
from ckan import model
from ckan.tests import factories

MIGRATED = ("activity", "ca3b_rgpd", "ca3b_checks", "ca3b_tables", "ca3b_maps", "ca3b_dcat", "ca3b_harvest")


@pytest.fixture
def clean_db(reset_db, migrate_db_for):
    """Empty the database; CKAN's own fixture rebuilds the tables of its core alone."""
    reset_db()
    for plugin in MIGRATED:
        migrate_db_for(plugin)


@pytest.fixture(scope="module")
def portal(reset_db, reset_index, migrate_db_for):
    """An empty portal with our plugins, loaded once for the module."""
    p.load_all()
    reset_db()
    for plugin in MIGRATED:
        migrate_db_for(plugin)
    reset_index()
    yield
    model.Session.rollback()
    reset_db()
    reset_index()
    p.unload_all()


@pytest.fixture(scope="module")
def clerk(portal) -> dict[str, Any]:
    """An agent of Viriat."""
    return factories.UserWithToken(name="agent-viriat")


@pytest.fixture(scope="module")
def neighbour(portal) -> dict[str, Any]:
    """An agent of another commune."""
    return factories.UserWithToken(name="agent-attignat")


@pytest.fixture(scope="module")
def commune(clerk, neighbour) -> dict[str, Any]:
    """Viriat; its neighbour has an organisation too."""
    _organization("attignat", "Attignat", "01024", neighbour)
    return _organization("viriat", "Viriat", "01451", clerk)


@pytest.fixture
def as_clerk(clerk) -> dict[str, Any]:
    """The context of an action called by the clerk."""
    return {"user": clerk["name"], "ignore_auth": False}


def _organization(name: str, title: str, insee: str, user: dict[str, Any]) -> dict[str, Any]:
    return factories.Organization(
        name=name,
        title=title,
        kind="commune",
        insee_code=insee,
        contact_email=f"donnees@{name}.fr",
        users=[{"name": user["name"], "capacity": "editor"}],
    )
