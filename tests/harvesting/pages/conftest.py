"""The same portal and the same sites as the cases of failure; pages as a browser without script receives them."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories
from ckan.tests.helpers import call_action

from tests.harvesting.failures.conftest import emptied, other_site, published, settings, site, towns  # noqa: F401


@pytest.fixture
def operator(towns):  # noqa: F811
    """The operator of the portal."""
    return factories.SysadminWithToken()


@pytest.fixture
def administrator(towns):  # noqa: F811
    """Who administers the organisation of Viriat."""
    user = factories.UserWithToken()
    call_action("organization_member_create", id=towns["viriat"], username=user["name"], role="admin")
    return user


@pytest.fixture
def see(app):
    """Ask for a page as somebody, return it parsed."""

    def see(url, who=None, status=200):
        answer = app.get(url, headers=_as(who), status=status, follow_redirects=False)
        return BeautifulSoup(answer.get_data(as_text=True), "html.parser")

    return see


@pytest.fixture
def send(app):
    """Send a form as somebody, return the path where it leads."""

    def send(url, who, **fields):
        answer = app.post(url, headers=_as(who), data=fields, follow_redirects=False)
        assert answer.status_code == 302, answer.get_data(as_text=True)[-3000:]
        parts = urlsplit(answer.headers["Location"])
        return parts.path + (f"?{parts.query}" if parts.query else "")

    return send


def _as(who):
    return {"Authorization": who["token"]} if who else {}
