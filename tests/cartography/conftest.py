"""A commune that publishes geographic files, and maps drawn as a worker draws them."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import ckan.plugins.toolkit as tk
import pytest
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import _get_test_app, call_action
from werkzeug.datastructures import FileStorage

from ckanext.ca3b.cartography import config, derived, jobs, store
from tests.emptying import purge_datasets

#: The town halls of three communes, in longitude and latitude.
PLACES = (
    ("Mairie de Viriat", 5.2166, 46.2531),
    ("Mairie d’Attignat", 5.1597, 46.2875),
    ("Mairie de Péronnas", 5.21, 46.18),
)


def geojson(places=PLACES, **properties: Any) -> bytes:
    """Places as a GeoJSON file; each has a name, a rank, a date and a share."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [x, y]},
            "properties": {
                "nom": name,
                "rang": rank,
                "ouverture": f"202{rank}-05-01",
                "part": rank + 0.5,
                **properties,
            },
        }
        for rank, (name, x, y) in enumerate(places, 1)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


#: The same with people: what the portal holds.
HELD = geojson(telephone="06 39 98 41 07", nom_complet="Zéphyrine Canarivalle", date_naissance="14/03/2017")


def upload(content: bytes, name: str) -> FileStorage:
    """A file as a browser sends it."""
    return FileStorage(io.BytesIO(content), filename=name)


def zipped(files: dict[str, bytes]) -> bytes:
    """Files in an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def acting(user: dict[str, Any] | None) -> dict[str, Any]:
    """The context of an action called by somebody, or by a visitor."""
    return {"user": user["name"] if user else "", "ignore_auth": False}


@pytest.fixture(scope="module")
def app(portal):
    """The pages of the portal."""
    return _get_test_app()


@pytest.fixture(scope="module")
def sysadmin(portal) -> dict[str, Any]:
    """Who is in charge of the portal."""
    return factories.SysadminWithToken(name="exploitant")


@pytest.fixture(autouse=True)
def disk(portal, tmp_path):
    """A storage, and copies of its files, of the test alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(tk.config, "ckan.storage_path", str(tmp_path / "storage"))
        patch.setitem(tk.config, config.CACHE_FOLDER, str(tmp_path / "copies"))
        yield


@pytest.fixture(autouse=True)
def no_dataset_left(sysadmin, disk):
    """Purge what the test published: nothing of a map may survive it."""
    yield
    purge_datasets(sysadmin["name"])
    assert not kept()


@pytest.fixture
def dataset(commune, as_clerk) -> dict[str, Any]:
    """A public dataset of Viriat without file."""
    return call_action(
        "package_create", context=as_clerk, title="Lieux publics", notes="Où ils sont.", owner_org=commune["id"],
        license_id="lov2",
    )  # fmt: skip


@pytest.fixture
def send(dataset, clerk):
    """Send a file as the clerk; gives the resource."""

    def create(content: bytes | None = None, name: str = "mairies.geojson", **fields: Any) -> dict[str, Any]:
        given = {"package_id": dataset["id"], "name": "Mairies", "upload": upload(content or geojson(), name), **fields}
        return call_action("resource_create", context=acting(clerk), **given)

    return create


@pytest.fixture
def replace(clerk):
    """Replace the file of a resource as the clerk; gives the resource."""

    def patch(resource: dict[str, Any], content: bytes, name: str = "mairies.geojson") -> dict[str, Any]:
        return call_action("resource_patch", context=acting(clerk), id=resource["id"], upload=upload(content, name))

    return patch


@pytest.fixture
def drawn(send):
    """Send a file and draw its map; gives the resource."""

    def create(content: bytes | None = None, name: str = "mairies.geojson", **fields: Any) -> dict[str, Any]:
        resource = send(content, name, **fields)
        draw(resource)
        return resource

    return create


@pytest.fixture
def ask(app):
    """Ask for an address of a map, as a visitor or as somebody."""

    def ask(path: str, user: dict[str, Any] | None = None, *, status: int | None = None, **headers: str) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if user:
            sent["Authorization"] = user["token"]
        answer = app.get(path, headers=sent, follow_redirects=False, expect_errors=True)
        if status is not None:
            assert answer.status_code == status, answer.get_data(as_text=True)[:500]
        return answer

    return ask


def draw(resource: dict[str, Any]) -> store.Map | None:
    """Do what the worker does with the maps of a resource that wait; return the last one."""
    model.Session.rollback()
    for one in store.of(resource["id"]):
        jobs.run(one.id)
    return the_map(resource)


def the_map(resource: dict[str, Any]) -> store.Map | None:
    """The last map of a resource."""
    return next(iter(store.of(resource["id"])), None)


def kept() -> set[str]:
    """What the storage keeps."""
    return set(derived.present())


def place(resource: dict[str, Any], rest: str) -> str:
    """An address of the map of a resource."""
    return f"/cartes/fichiers/{resource['id']}/{rest}"
