"""The reports of files.

Revision ID: 3d1f0c5a7b21
Revises:
Create Date: 2026-11-22 07:30:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "3d1f0c5a7b21"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "ca3b_report",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("resource_id", sa.UnicodeText, nullable=False),
        sa.Column("package_id", sa.UnicodeText, nullable=False),
        sa.Column("sha256", sa.UnicodeText, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("filename", sa.UnicodeText, nullable=False),
        sa.Column("options", JSONB, nullable=False),
        sa.Column("options_key", sa.UnicodeText, nullable=False),
        sa.Column("schema_asked", sa.UnicodeText, nullable=False),
        sa.Column("engine", sa.Integer, nullable=False),
        sa.Column("state", sa.UnicodeText, nullable=False),
        sa.Column("progress", sa.Integer, nullable=False, server_default="0"),
        sa.Column("step", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("schema_name", sa.UnicodeText),
        sa.Column("error_count", sa.Integer),
        sa.Column("reading", JSONB),
        sa.Column("error", JSONB),
        sa.Column("proposals", JSONB),
        sa.Column("verdict", JSONB),
        sa.Column("repairs", JSONB),
        sa.Column("asked", moment, nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("updated", moment, nullable=False),
        sa.Column("finished", moment),
        sa.UniqueConstraint("resource_id", "sha256", "options_key", "schema_asked", name="ca3b_report_once"),
    )
    op.create_index("ca3b_report_current", "ca3b_report", ["resource_id", "sha256", "asked"])
    op.create_index("ca3b_report_package", "ca3b_report", ["package_id"])


def downgrade():
    op.drop_table("ca3b_report")
