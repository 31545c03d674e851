"""A held file of a commune, and the originals kept in a folder of the test."""

from __future__ import annotations

import io
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import _get_test_app, call_action
from werkzeug.datastructures import FileStorage

from ckanext.ca3b.privacy.model import Original
from tests.emptying import purge_datasets

FAMILIES = ["Martin", "Bernard", "Dubois", "Petit", "Robert", "Moreau", "Laurent", "Simon", "Michel", "Lefebvre"]
FIRST = ["Emma", "Louis", "Jade", "Gabriel", "Louise", "Raphaël", "Alice", "Arthur", "Chloé", "Jules"]


def canteen(rows: int = 40) -> bytes:
    """The children of a canteen, as business software exports them."""
    lines = ["Nom de l'enfant;Prénom;Date de naissance;École;Repas"]
    for number in range(rows):
        family, first = FAMILIES[number % 10], FIRST[(number * 3 + number // 10) % 10]
        birth = f"{number % 27 + 1:02}/{number % 12 + 1:02}/{2016 + number % 4}"
        lines.append(f"{family};{first};{birth};{'Bourg' if number % 2 else 'Sources'};{number % 5}")
    return ("\r\n".join(lines) + "\r\n").encode("cp1252")


@pytest.fixture(scope="module")
def app(portal):
    """The pages of the portal."""
    return _get_test_app()


@pytest.fixture(scope="module")
def commune(clerk, neighbour) -> dict[str, Any]:
    """Viriat; its neighbour has an organisation too."""
    for name, user in (("attignat", neighbour), ("viriat", clerk)):
        users = [{"name": user["name"], "capacity": "editor"}]
        made = factories.Organization(name=name, title=name.title(), kind="commune", users=users)
    return made


@pytest.fixture(autouse=True)
def originals(portal, tmp_path, monkeypatch):
    """The private folder of the originals."""
    folder = tmp_path / "originaux"
    monkeypatch.setitem(tk.config, "ckanext.ca3b.rgpd.originals", str(folder))
    monkeypatch.setitem(tk.config, "ckanext.ca3b.rgpd.pseudonym_key", "un secret assez long pour les pseudonymes")
    return folder


@pytest.fixture(autouse=True)
def nothing_left(portal):
    """Purge what the test published, and forget its originals."""
    yield
    model.Session.rollback()
    model.Session.query(Original).delete()
    model.Session.commit()
    purge_datasets()


@pytest.fixture
def dataset(commune, as_clerk) -> dict[str, Any]:
    """A public dataset of Viriat without file."""
    given = {"title": "Cantine", "notes": "La cantine de Viriat.", "owner_org": commune["id"]}
    return call_action("package_create", context=dict(as_clerk), **given)


@pytest.fixture
def send(dataset, as_clerk):
    """Send a file as the clerk; gives the resource."""

    def create(content: bytes | None = None, name: str = "cantine.csv", **fields: Any) -> dict[str, Any]:
        given = {"package_id": dataset["id"], "name": "Cantine", "upload": upload(content or canteen(), name), **fields}
        return call_action("resource_create", context=dict(as_clerk), **given)

    return create


@pytest.fixture
def act(as_clerk):
    """Call an action about a file as the clerk."""
    return lambda action, resource, **given: call_action(
        action, context=dict(as_clerk), resource_id=resource["id"], **given
    )


def upload(content: bytes, name: str) -> FileStorage:
    """A file as a browser sends it."""
    return FileStorage(io.BytesIO(content), filename=name)
