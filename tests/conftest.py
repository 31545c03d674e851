"""What every functional test needs: a database with the tables of the plugins too."""

from __future__ import annotations

import pytest


@pytest.fixture
def clean_db(reset_db, migrate_db_for):
    """Empty the database; CKAN's own fixture rebuilds the tables of its core alone."""
    reset_db()
    migrate_db_for("activity")
    migrate_db_for("ca3b_rgpd")
    migrate_db_for("ca3b_checks")
    migrate_db_for("ca3b_tables")
