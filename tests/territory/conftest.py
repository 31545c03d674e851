"""A portal whose agglomeration was loaded, small (Nevers, 14 communes) or the default one (74)."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests import factories
from ckan.tests.helpers import changed_config

NEVERS = "245804406"


def act(action: str, **data: Any) -> Any:
    """Call an action as the portal's own user."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return tk.get_action(action)({"user": user, "ignore_auth": True}, data)


def load_territory() -> dict[str, list[str]]:
    """Load the organisations; gives their names by what became of them."""
    return act("ca3b_territory_load")


def show(name: str) -> dict[str, Any]:
    """Give an organisation as it is."""
    return act("organization_show", id=name, include_users=True)


@pytest.fixture
def nevers(with_plugins, clean_db, clean_index):
    """The portal is that of Nevers, and its organisations were loaded; gives the report of the load."""
    with changed_config("ckanext.ca3b.epci", NEVERS):
        yield load_territory()


@pytest.fixture
def dataset():
    """Publish a minimal dataset of an organisation; more fields are given by name."""

    def publish(organization: str, **fields: Any) -> dict[str, Any]:
        data = {"title": f"Jeu de {organization}", "notes": "Pour essayer.", **fields}
        return factories.Dataset(owner_org=show(organization)["id"], **data)

    return publish
