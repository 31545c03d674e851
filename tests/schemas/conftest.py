"""A commune, a clerk who may publish for it, and the portal's pages as that clerk."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories

ESSENTIALS = {"title": "Points de collecte du verre à Viriat", "notes": "Les colonnes à verre de la commune."}


@pytest.fixture
def clean_db(reset_db, migrate_db_for):
    """An empty database with the tables of the activities."""
    reset_db()
    migrate_db_for("activity")


@pytest.fixture
def portal(with_plugins, clean_db, clean_index):
    """An empty portal with our plugins."""


@pytest.fixture
def clerk(portal) -> dict[str, Any]:
    """An agent without any right outside of the commune."""
    return factories.UserWithToken(name="agent-viriat")


@pytest.fixture
def commune(portal, clerk) -> dict[str, Any]:
    """The commune of the clerk."""
    return factories.Organization(
        name="viriat",
        title="Viriat",
        kind="commune",
        insee_code="01451",
        siren="210104519",
        contact_email="donnees@viriat.fr",
        contact_url="https://www.viriat.fr/contact",
        users=[{"name": clerk["name"], "capacity": "editor"}],
    )


@pytest.fixture
def as_clerk(clerk) -> dict[str, Any]:
    """The context of an action called by the clerk."""
    return {"user": clerk["name"], "ignore_auth": False}


@pytest.fixture
def headers(clerk) -> dict[str, str]:
    """What a browser of the clerk sends."""
    return {"Authorization": clerk["token"]}


def soup(response: Any) -> BeautifulSoup:
    """Read a page."""
    return BeautifulSoup(response.body, "html.parser")
