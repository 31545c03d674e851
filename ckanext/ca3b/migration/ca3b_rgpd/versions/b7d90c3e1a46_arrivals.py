"""Files on their way in.

Revision ID: b7d90c3e1a46
Revises: 8c2e41f09d53
Create Date: 2026-11-22 09:45:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b7d90c3e1a46"
down_revision = "8c2e41f09d53"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "ca3b_arrival",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("resource_id", sa.UnicodeText, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ca3b_arrival_of", "ca3b_arrival", ["resource_id"])
    # The copy of a link's file and the same bytes sent later are two things.
    op.drop_constraint("ca3b_scan_once", "ca3b_scan")
    op.create_unique_constraint("ca3b_scan_once", "ca3b_scan", ["resource_id", "sha256", "policy", "engine", "remote"])


def downgrade():
    op.drop_constraint("ca3b_scan_once", "ca3b_scan")
    op.create_unique_constraint("ca3b_scan_once", "ca3b_scan", ["resource_id", "sha256", "policy", "engine"])
    op.drop_table("ca3b_arrival")
