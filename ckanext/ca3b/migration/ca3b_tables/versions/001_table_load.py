"""Where the loading of each table is.

Revision ID: ca3b_tables_001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "ca3b_tables_001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ca3b_table_load",
        sa.Column("resource_id", sa.UnicodeText, primary_key=True),
        sa.Column("state", sa.UnicodeText, nullable=False),
        sa.Column("progress", sa.Integer, nullable=False, server_default="0"),
        sa.Column("rows", sa.BigInteger),
        sa.Column("sha256", sa.UnicodeText),
        sa.Column("error", sa.UnicodeText),
        sa.Column("asked", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True)),
    )


def downgrade() -> None:
    op.drop_table("ca3b_table_load")
