"""What the tests of the formats share: a commune that publishes, files open or held, and a visitor who asks."""

from __future__ import annotations

import io
from typing import Any

import pytest
from ckan.tests import factories
from ckan.tests.helpers import _get_test_app, call_action
from werkzeug.datastructures import FileStorage

from ckanext.ca3b.dcat.feeds import fragments
from tests.emptying import purge_datasets

CLEAR = b"lieu;places\r\nParking de la Gare;120\r\nParking du Stade;80\r\n"
HELD = (
    "nom;prenom;date_naissance;telephone\r\n"
    "Zéphyrine;Canarivalle;14/03/2017;06 39 98 41 07\r\n"
    "Martinet;Lilou;02/11/2016;06 39 98 55 21\r\n"
    "Perrin;Gabriel;23/06/2017;06 39 98 12 66\r\n"
).encode()
TITLE = "Parkings « gratuits » & <relais>"


@pytest.fixture(scope="module")
def app(portal):
    """The pages of the portal."""
    return _get_test_app()


@pytest.fixture(scope="module")
def sysadmin(portal) -> dict[str, Any]:
    """Who is in charge of the portal."""
    return factories.SysadminWithToken(name="exploitant")


@pytest.fixture(autouse=True)
def no_dataset_left(sysadmin):
    """Purge what the test published, and the memory of it."""
    yield
    purge_datasets(sysadmin["name"])
    fragments.purge(None)


@pytest.fixture
def publish(commune, clerk):
    """Publish a dataset as the clerk, with files (content, name); gives it as the clerk sees it."""

    def create(*files: tuple[bytes, str], **fields: Any) -> dict[str, Any]:
        given = {"title": TITLE, "notes": "Où se *garer*.", "owner_org": commune["id"], "license_id": "lov2", **fields}
        dataset = call_action("package_create", context=acting(clerk), **given)
        for content, name in files:
            upload = FileStorage(io.BytesIO(content), filename=name)
            call_action("resource_create", context=acting(clerk), package_id=dataset["id"], name=name, upload=upload)
        return call_action("package_show", context=acting(clerk), id=dataset["id"])

    return create


@pytest.fixture
def patch(clerk):
    """Change a dataset as the clerk."""
    return lambda dataset, **fields: call_action("package_patch", context=acting(clerk), id=dataset["id"], **fields)


@pytest.fixture
def ask(app):
    """Ask for an address as a visitor."""

    def get(url: str, status: int | None = 200, method: str = "GET", **headers: str) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = app.test_client().open(url, method=method, headers=sent)
        if status is not None:
            assert answer.status_code == status, answer.get_data(as_text=True)[:600]
        return answer

    return get


def acting(user: dict[str, Any] | None) -> dict[str, Any]:
    """The context of an action called by somebody, or by a visitor."""
    return {"user": user["name"] if user else "", "ignore_auth": False}


def path(address: str) -> str:
    """An address of the portal without its host."""
    return address[address.index("/", 8) :]


def assert_kept_well(ask: Any, url: str) -> None:
    """An address says its characters, opens to pages of any site, and costs nothing to who asks again."""
    first = ask(url)
    assert "charset=utf-8" in first.headers["Content-Type"]
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "Last-Modified" in first.headers
    again = ask(url, 304, If_None_Match=first.headers["ETag"])
    assert not again.data
    head = ask(url, method="HEAD")
    assert (head.headers["ETag"], head.data) == (first.headers["ETag"], b"")
    assert "Content-Length" not in head.headers
    packed = ask(url, Accept_Encoding="gzip")
    assert packed.headers.get("Content-Encoding") == "gzip" or len(first.data) < 1024
