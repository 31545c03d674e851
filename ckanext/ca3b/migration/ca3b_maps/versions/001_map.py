"""The map of each file: where it is, what it shows, where its derived files are kept.

Revision ID: ca3b_maps_001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "ca3b_maps_001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ca3b_map",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("resource_id", sa.UnicodeText, nullable=False),
        sa.Column("package_id", sa.UnicodeText, nullable=False),
        sa.Column("sha256", sa.UnicodeText, nullable=False),
        sa.Column("engine", sa.Integer, nullable=False),
        sa.Column("preview", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("state", sa.UnicodeText, nullable=False),
        sa.Column("progress", sa.Float, nullable=False, server_default="0"),
        sa.Column("stage", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("version", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("description", JSONB),
        sa.Column("files", JSONB, nullable=False, server_default="{}"),
        sa.Column("staged", JSONB, nullable=False, server_default="[]"),
        sa.Column("error", JSONB),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("resource_id", "sha256", "engine", name="ca3b_map_once"),
    )
    op.create_index("ca3b_map_package", "ca3b_map", ["package_id"])


def downgrade() -> None:
    op.drop_table("ca3b_map")
