"""The catalogue as those who harvest it see it: over HTTP, from the portal that is served."""

from __future__ import annotations

import pytest

from tests.served import Portal, served, settle

from .publishing import publish, remove


@pytest.fixture(scope="session")
def portal() -> Portal:
    """The portal that is served, with the data of the demonstration, once nothing of it is still being made."""
    found = served()
    settle(found)
    return found


@pytest.fixture
def dataset(portal: Portal):
    """A dataset of Viriat that lives as long as the test; made by ``dataset(slug, title, **fields)``."""
    made: list[str] = []

    def create(slug: str, title: str, **fields):
        made.append(slug)
        return publish(portal, slug, title, **fields)

    yield create
    for slug in made:
        remove(portal, slug)
