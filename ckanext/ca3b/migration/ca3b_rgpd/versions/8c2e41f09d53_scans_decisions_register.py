"""Scans, decisions, register, originals and alerts.

Revision ID: 8c2e41f09d53
Revises:
Create Date: 2026-11-22 09:30:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "8c2e41f09d53"
down_revision = None
branch_labels = None
depends_on = None

# The register is added to, never changed: not by a mistake of ours, nor by whoever holds the password of the portal
# without first taking the trigger away, which the chain of hashes would then tell.
GUARD = """
CREATE OR REPLACE FUNCTION ca3b_register_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ca3b_register: a line of the register is never changed nor removed';
END
$$;
CREATE TRIGGER ca3b_register_rows BEFORE UPDATE OR DELETE ON ca3b_register
    FOR EACH ROW EXECUTE FUNCTION ca3b_register_is_kept();
CREATE TRIGGER ca3b_register_whole BEFORE TRUNCATE ON ca3b_register
    FOR EACH STATEMENT EXECUTE FUNCTION ca3b_register_is_kept();
"""


def upgrade():
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "ca3b_scan",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("resource_id", sa.UnicodeText, nullable=False),
        sa.Column("package_id", sa.UnicodeText, nullable=False),
        sa.Column("sha256", sa.UnicodeText, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("filename", sa.UnicodeText, nullable=False),
        sa.Column("policy", sa.UnicodeText, nullable=False),
        sa.Column("engine", sa.Integer, nullable=False),
        sa.Column("remote", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("state", sa.UnicodeText, nullable=False),
        sa.Column("decision", sa.UnicodeText),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("rows", sa.BigInteger),
        sa.Column("findings", JSONB, nullable=False, server_default="[]"),
        sa.Column("not_examined", JSONB, nullable=False, server_default="[]"),
        sa.Column("error", JSONB),
        sa.Column("created", moment, nullable=False),
        sa.Column("updated", moment, nullable=False),
        sa.Column("finished", moment),
        sa.UniqueConstraint("resource_id", "sha256", "policy", "engine", name="ca3b_scan_once"),
    )
    op.create_index("ca3b_scan_package", "ca3b_scan", ["package_id"])
    op.create_index("ca3b_scan_state", "ca3b_scan", ["state", "decision"])
    op.create_table(
        "ca3b_decision",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("resource_id", sa.UnicodeText, nullable=False),
        sa.Column("package_id", sa.UnicodeText, nullable=False),
        sa.Column("sha256", sa.UnicodeText, nullable=False),
        sa.Column("kind", sa.UnicodeText, nullable=False),
        sa.Column("ground", sa.UnicodeText),
        sa.Column("reason", sa.UnicodeText, nullable=False),
        sa.Column("user_id", sa.UnicodeText, nullable=False),
        sa.Column("user_name", sa.UnicodeText, nullable=False),
        sa.Column("scan_id", sa.UnicodeText),
        sa.Column("policy", sa.UnicodeText),
        sa.Column("at", moment, nullable=False),
    )
    op.create_index("ca3b_decision_of", "ca3b_decision", ["resource_id", "sha256", "at"])
    op.create_table(
        "ca3b_original",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("resource_id", sa.UnicodeText, nullable=False),
        sa.Column("sha256", sa.UnicodeText, nullable=False),
        sa.Column("location", sa.UnicodeText, nullable=False),
        sa.Column("filename", sa.UnicodeText, nullable=False),
        sa.Column("reason", sa.UnicodeText, nullable=False),
        sa.Column("created", moment, nullable=False),
        sa.Column("delete_after", moment, nullable=False),
        sa.Column("deleted", moment),
    )
    op.create_index("ca3b_original_of", "ca3b_original", ["resource_id"])
    op.create_table(
        "ca3b_alert",
        sa.Column("id", sa.UnicodeText, primary_key=True),
        sa.Column("resource_id", sa.UnicodeText, nullable=False),
        sa.Column("message", sa.UnicodeText, nullable=False),
        sa.Column("contact", sa.UnicodeText),
        sa.Column("state", sa.UnicodeText, nullable=False, server_default="open"),
        sa.Column("created", moment, nullable=False),
        sa.Column("handled_by", sa.UnicodeText),
        sa.Column("handled_at", moment),
    )
    op.create_index("ca3b_alert_state", "ca3b_alert", ["state", "created"])
    op.create_table(
        "ca3b_register",
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("actor", sa.UnicodeText, nullable=False),
        sa.Column("event", sa.UnicodeText, nullable=False),
        sa.Column("resource_id", sa.UnicodeText),
        sa.Column("package_id", sa.UnicodeText),
        sa.Column("sha256", sa.UnicodeText),
        sa.Column("details", JSONB, nullable=False),
        sa.Column("previous", sa.UnicodeText, nullable=False),
        sa.Column("hash", sa.UnicodeText, nullable=False),
    )
    op.execute(GUARD)


def downgrade():
    for table in ("ca3b_register", "ca3b_alert", "ca3b_original", "ca3b_decision", "ca3b_scan"):
        op.drop_table(table)
    op.execute("DROP FUNCTION ca3b_register_is_kept()")
