"""Composed maps: several files stacked on one map, kept as a page of the portal.

Revision ID: ca3b_maps_002
Revises: ca3b_maps_001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "ca3b_maps_002"
down_revision = "ca3b_maps_001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ca3b_composed_map",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("name", sa.UnicodeText, nullable=False, unique=True),
        sa.Column("title", sa.UnicodeText, nullable=False),
        sa.Column("notes", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("owner_org", sa.UnicodeText, nullable=False),
        sa.Column("creator", sa.UnicodeText, nullable=False),
        sa.Column("state", sa.UnicodeText, nullable=False),
        sa.Column("base", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("layers", JSONB, nullable=False, server_default="[]"),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_ca3b_composed_map_owner_org", "ca3b_composed_map", ["owner_org"])
    op.create_index("ca3b_composed_map_layers", "ca3b_composed_map", ["layers"], postgresql_using="gin")


def downgrade() -> None:
    op.drop_table("ca3b_composed_map")
