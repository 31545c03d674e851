"""The linked files of harvested datasets, and the sites that keep them.

Revision ID: ca3b_harvest_002
Revises: ca3b_harvest_001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "ca3b_harvest_002"
down_revision = "ca3b_harvest_001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ca3b_harvest_file",
        sa.Column("resource_id", sa.UnicodeText, primary_key=True),
        sa.Column(
            "source_id", sa.UnicodeText, sa.ForeignKey("ca3b_harvest_source.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("host", sa.UnicodeText, nullable=False),
        sa.Column("stamp", sa.UnicodeText, nullable=False),
        sa.Column("shown", sa.Boolean, nullable=False),
        sa.Column("wanted", sa.Boolean, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_ca3b_harvest_file_source_id", "ca3b_harvest_file", ["source_id"])
    op.create_index(
        "ca3b_harvest_file_wanted", "ca3b_harvest_file", ["host", "asked"], postgresql_where=sa.text("wanted")
    )
    op.create_table(
        "ca3b_harvest_site",
        sa.Column("host", sa.UnicodeText, primary_key=True),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False, server_default="0"),
    )


def downgrade() -> None:
    op.drop_table("ca3b_harvest_site")
    op.drop_table("ca3b_harvest_file")
