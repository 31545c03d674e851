"""Two communes with their clerks, a DPO, and files: one that says nothing of anybody, one of a school canteen."""

from __future__ import annotations

import io
import uuid
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import _get_test_app, call_action
from werkzeug.datastructures import FileStorage

from ckanext.ca3b.privacy import config, resources
from ckanext.ca3b.privacy.gate import announcing
from ckanext.ca3b.privacy.model import Decision, now
from ckanext.ca3b.privacy.scanning import store
from tests.emptying import purge_datasets

CLEAR = b"lieu;places\r\nParking de la Gare;120\r\nParking du Stade;80\r\n"
HELD = (
    "nom;prenom;date_naissance;telephone\r\n"
    "Zéphyrine;Canarivalle;14/03/2017;06 39 98 41 07\r\n"
    "Martinet;Lilou;02/11/2016;06 39 98 55 21\r\n"
    "Perrin;Gabriel;23/06/2017;06 39 98 12 66\r\n"
).encode()
#: What nobody outside may ever read.
CANARIES = ("Canarivalle", "14/03/2017", "06 39 98 41 07", "cantine-eleves")
NAME = "cantine-eleves.csv"


@pytest.fixture(scope="module")
def app(portal):
    """The pages of the portal."""
    return _get_test_app()


@pytest.fixture(scope="module")
def sysadmin(portal) -> dict[str, Any]:
    """Who is in charge of the portal."""
    return factories.SysadminWithToken(name="exploitant")


@pytest.fixture(scope="module")
def officer(portal) -> dict[str, Any]:
    """An account without any right."""
    return factories.UserWithToken(name="claire-dpo")


@pytest.fixture
def dpo(officer, monkeypatch) -> dict[str, Any]:
    """The data protection officer."""
    monkeypatch.setitem(tk.config, config.DPO, officer["name"])
    return officer


@pytest.fixture(autouse=True)
def no_dataset_left(portal):
    """Purge what the test published."""
    yield
    purge_datasets()


@pytest.fixture
def as_clerk(clerk) -> dict[str, Any]:
    """The context of an action called by the clerk."""
    return acting(clerk)


@pytest.fixture
def dataset(commune, as_clerk) -> dict[str, Any]:
    """A public dataset of Viriat without file."""
    return call_action(
        "package_create",
        context=as_clerk,
        title="Restauration scolaire",
        notes="Les repas servis à Viriat.",
        owner_org=commune["id"],
    )


@pytest.fixture
def send(dataset, clerk):
    """Send a file as the clerk; gives the resource."""

    def create(content: bytes = HELD, name: str = NAME, **fields: Any) -> dict[str, Any]:
        given = {"package_id": dataset["id"], "name": "Repas", "upload": upload(content, name), **fields}
        return call_action("resource_create", context=acting(clerk), **given)

    return create


@pytest.fixture
def replace(clerk):
    """Replace the file of a resource as the clerk; gives the resource."""

    def patch(resource: dict[str, Any], content: bytes, name: str = NAME, **fields: Any) -> dict[str, Any]:
        given = {"id": resource["id"], "upload": upload(content, name), **fields}
        return call_action("resource_patch", context=acting(clerk), **given)

    return patch


@pytest.fixture
def large_files(monkeypatch):
    """Every file is large: scans are made by jobs."""
    monkeypatch.setitem(tk.config, config.INLINE_SIZE, -1)


def acting(user: dict[str, Any] | None) -> dict[str, Any]:
    """The context of an action called by somebody, or by a visitor."""
    return {"user": user["name"] if user else "", "ignore_auth": False}


def gate(resource: dict[str, Any], user: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the gate says of a file, to the portal itself or to somebody."""
    context = acting(user) if user else {"ignore_auth": True}
    return call_action("ca3b_gate_show", context=context, resource_id=resource["id"])


def is_open(resource: dict[str, Any]) -> bool:
    """Whether a visitor may have a file, asked where everything asks."""
    model.Session.rollback()
    try:
        tk.check_access("resource_show", {"user": ""}, {"id": resource["id"]})
    except tk.NotAuthorized:
        return False
    return True


def judge(resource: dict[str, Any], kind: str, sha256: str | None = None) -> None:
    """Sign a decision about the present bytes of a file, or about others."""
    present = resources.show(resource["id"])
    with store.session() as session:
        session.add(
            Decision(
                id=str(uuid.uuid4()), resource_id=resource["id"], package_id=present["package_id"],
                sha256=sha256 or present["hash"] or "", kind=kind, reason="Pour le test.", user_id="x",
                user_name="claire-dpo", at=now(),
            )
        )  # fmt: skip
    announcing.announce(resource["id"])


def upload(content: bytes, name: str = NAME) -> FileStorage:
    """A file as a browser sends it."""
    return FileStorage(io.BytesIO(content), filename=name)
