"""What every functional test needs: a database with the tables of the plugins too, and a portal for a module."""

from __future__ import annotations

import ckan.plugins as p
import pytest
from ckan import model

MIGRATED = ("activity", "ca3b_rgpd", "ca3b_checks", "ca3b_tables")


@pytest.fixture
def clean_db(reset_db, migrate_db_for):
    """Empty the database; CKAN's own fixture rebuilds the tables of its core alone."""
    reset_db()
    for plugin in MIGRATED:
        migrate_db_for(plugin)


@pytest.fixture(scope="module")
def portal(reset_db, reset_index, migrate_db_for):
    """An empty portal with our plugins, loaded once for the module."""
    p.load_all()
    reset_db()
    for plugin in MIGRATED:
        migrate_db_for(plugin)
    reset_index()
    yield
    model.Session.rollback()
    reset_db()
    reset_index()
    p.unload_all()
