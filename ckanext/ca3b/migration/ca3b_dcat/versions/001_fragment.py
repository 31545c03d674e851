"""What the catalogue says of each dataset, kept as it was written.

Revision ID: ca3b_dcat_001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "ca3b_dcat_001"
down_revision = None
branch_labels = None
depends_on = None

TEXTS = ("nt", "ttl", "xml", "jsonld")


def upgrade() -> None:
    op.create_table(
        "ca3b_dcat_fragment",
        sa.Column("dataset_id", sa.UnicodeText, primary_key=True),
        sa.Column("stamp", sa.UnicodeText, nullable=False),
        sa.Column("uri", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("identifier", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("organization_id", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("services", JSONB, nullable=False, server_default="[]"),
        *(sa.Column(name, sa.LargeBinary) for name in TEXTS),
        sa.Column("digest", sa.UnicodeText, nullable=False, server_default=""),
        sa.Column("built", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.Column("out_since", sa.DateTime(timezone=True)),
        sa.Column("left_at", sa.DateTime(timezone=True)),
        sa.Column("error", JSONB),
        sa.Column("score", JSONB),
    )
    op.create_index("ca3b_dcat_fragment_left", "ca3b_dcat_fragment", ["left_at"])
    # They are compressed already.
    for name in TEXTS:
        op.execute(f"ALTER TABLE ca3b_dcat_fragment ALTER COLUMN {name} SET STORAGE EXTERNAL")


def downgrade() -> None:
    op.drop_table("ca3b_dcat_fragment")
