"""A commune, its clerk, and the pages as a browser without script receives them."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup
from ckan.tests import factories, helpers
from werkzeug.datastructures import FileStorage

CSV = "nom;effectif\nÉcole des Lilas;112\n".encode()
MINIMAL = {"notes": "Une description.", "license_id": "lov2"}


@pytest.fixture
def clean_db(reset_db, migrate_db_for):
    """Start from an empty database that has the tables of the activity plugin too."""
    reset_db()
    migrate_db_for("activity")
    migrate_db_for("ca3b_rgpd")
    migrate_db_for("ca3b_checks")
    migrate_db_for("ca3b_maps")
    migrate_db_for("ca3b_harvest")


@pytest.fixture
def clerk():
    return factories.UserWithToken(fullname="Camille Agent")


@pytest.fixture
def commune(clerk):
    return factories.Organization(title="Vonnas", users=[{"name": clerk["name"], "capacity": "editor"}])


@pytest.fixture
def minimal(commune):
    """A dataset with what the form requires and nothing else."""
    return factories.Dataset(title="Effectifs des écoles", owner_org=commune["id"], **MINIMAL)


def upload(dataset, content=CSV, name="effectifs.csv", user=None, **fields):
    """Add a file to a dataset as a clerk does and return the resource."""
    return helpers.call_action(
        "resource_create",
        context={"user": (user or {}).get("name") or factories.Sysadmin()["name"], "ignore_auth": False},
        package_id=dataset["id"],
        upload=FileStorage(io.BytesIO(content), name),
        **{"name": "Effectifs", "format": "CSV", "url": "", **fields},
    )


@pytest.fixture
def see(app):
    """Ask for a page and return it parsed."""

    def see(url, status=200, **options):
        return BeautifulSoup(app.get(url, status=status, **options).data, "html.parser")

    return see
