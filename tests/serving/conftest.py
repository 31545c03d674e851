"""A portal with a real DataStore, a published dataset, and files that become tables as a worker does it."""

from __future__ import annotations

import io
from types import SimpleNamespace

import ckan.plugins as p
import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories, helpers
from werkzeug.datastructures import FileStorage

from ckanext.ca3b.serving import loading, status
from ckanext.ca3b.serving.store import replace

MINIMAL = {"notes": "Une description.", "license_id": "lov2"}
CSV = (
    "nom;code;effectif;surface;ouverture;cantine\n"
    "École des Lilas;01004;112;1204,50;03/09/1987;oui\n"
    "Collège de l’Étang;01053;640;12345,25;01/09/2004;non\n"
    "École Été;01004;;75,00;02/09/1999;oui\n"
)


@pytest.fixture(scope="module")
def portal(reset_db, reset_index, migrate_db_for):
    """Start a module from an empty portal; its tests share it."""
    reset_db()
    reset_index()
    p.load_all()
    for plugin in ("activity", "ca3b_rgpd", "ca3b_tables", "ca3b_checks", "ca3b_maps", "ca3b_harvest"):
        if p.plugin_loaded(plugin):
            migrate_db_for(plugin)
    # Made here, while the plugins are there: between two tests they are not.
    clerk = factories.UserWithToken(fullname="Camille Agent")
    commune = factories.Organization(users=[{"name": clerk["name"], "capacity": "editor"}])
    dataset = factories.Dataset(title="Écoles", owner_org=commune["id"], **MINIMAL)
    yield SimpleNamespace(clerk=clerk, commune=commune, dataset=dataset, tables={})
    p.unload_all()


@pytest.fixture
def clerk(portal):
    return portal.clerk


@pytest.fixture
def commune(portal):
    return portal.commune


@pytest.fixture
def dataset(portal):
    """One published dataset for the files of all tests of a module."""
    return portal.dataset


def sysadmin():
    """The portal itself: an account takes long to make."""
    return {"user": helpers.call_action("get_site_user")["name"], "ignore_auth": True}


def upload(dataset, content=CSV, name="ecoles.csv", **fields):
    """Add a file to a dataset and return the resource, without its table."""
    data = content.encode() if isinstance(content, str) else content
    return helpers.call_action(
        "resource_create",
        context=sysadmin(),
        package_id=dataset["id"],
        upload=FileStorage(io.BytesIO(data), name),
        **{"name": "Écoles", "format": "CSV", "url": "", **fields},
    )


def put(resource, content, name="ecoles-2026.csv"):
    """Put another file in place of a resource's."""
    data = content.encode() if isinstance(content, str) else content
    return helpers.call_action(
        "resource_patch", context=sysadmin(), id=resource["id"], upload=FileStorage(io.BytesIO(data), name)
    )


def load(resource):
    """Do what the job does, and return the status."""
    loading.load(resource["id"])
    return status.read(resource["id"])


def table(dataset, content=CSV, name="ecoles.csv", **fields):
    """Add a file and load its table."""
    resource = upload(dataset, content, name, **fields)
    found = load(resource)
    assert found["state"] == "done", found["error"]
    return resource


def rows(resource, **asked):
    """Ask the DataStore's own API, as a visitor."""
    return helpers.call_action(
        "datastore_search", context={"user": "", "ignore_auth": False}, resource_id=resource["id"], **asked
    )


def sql(statement, *values):
    """Ask the DataStore's database."""
    with replace.transaction() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def stored(resource):
    """Read what the table of a resource holds, in the order of its rows."""
    return sql(f'SELECT * FROM "{resource["id"]}" ORDER BY _id')


@pytest.fixture
def see(app):
    """Ask for a page and return it parsed."""

    def see(url, status=200, **options):
        return BeautifulSoup(app.get(url, status=status, **options).data, "html.parser")

    return see
