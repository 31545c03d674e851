"""Two communes and their agglomeration, with datasets whose ground is known."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import call_action


@pytest.fixture(scope="module")
def agglomeration(portal, commune) -> dict[str, Any]:
    """The agglomeration of the two communes."""
    return factories.Organization(name="agglo", title="Agglo", kind="agglomeration", siren="200071751")


@pytest.fixture
def publish(commune):
    """Publish a dataset of an organisation, of Viriat unless told; more fields by name."""

    def create(title: str, owner: str = "viriat", **fields: Any) -> dict[str, Any]:
        owner_org = call_action("organization_show", id=owner)["id"]
        return factories.Dataset(title=title, notes="Pour essayer.", owner_org=owner_org, **fields)

    return create


@pytest.fixture
def look(app):
    """The page of an address, as a browser without script has it."""

    def get(address: str, **given: Any) -> BeautifulSoup:
        return BeautifulSoup(app.get(address, **given).body, "html.parser")

    return get
