"""A commune, a clerk who may publish for it, and the portal's pages; one portal per module, emptied after each test."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import _get_test_app, call_action

from tests.emptying import purge_datasets

ESSENTIALS = {"title": "Points de collecte du verre à Viriat", "notes": "Les colonnes à verre de la commune."}


@pytest.fixture(scope="module")
def app(portal):
    """The pages of the portal."""
    return _get_test_app()


@pytest.fixture(scope="module")
def clerk(portal) -> dict[str, Any]:
    """An agent without any right outside of the commune."""
    return factories.UserWithToken(name="agent-viriat")


@pytest.fixture(scope="module")
def commune(clerk) -> dict[str, Any]:
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


@pytest.fixture(autouse=True)
def no_dataset_left(portal):
    """Purge what the test published: addresses come from titles."""
    yield
    purge_datasets()


@pytest.fixture
def publish(commune, as_clerk):
    """Create a dataset as the clerk; gives what CKAN keeps of it."""

    def create(**fields: Any) -> dict[str, Any]:
        given = {**ESSENTIALS, "owner_org": commune["id"], **fields}
        return call_action("package_create", context=dict(as_clerk), **given)

    return create


@pytest.fixture
def headers(clerk) -> dict[str, str]:
    """What a browser of the clerk sends."""
    return {"Authorization": clerk["token"]}


def soup(response: Any) -> BeautifulSoup:
    """Read a page."""
    return BeautifulSoup(response.body, "html.parser")


def patch(id_: str, **fields: Any) -> dict[str, Any]:
    """Change a dataset as a sysadmin."""
    return call_action("package_patch", context={"user": factories.Sysadmin()["name"]}, id=id_, **fields)


def shown(dataset: dict[str, Any]) -> dict[str, Any]:
    """Read a dataset again."""
    return call_action("package_show", id=dataset["id"])
