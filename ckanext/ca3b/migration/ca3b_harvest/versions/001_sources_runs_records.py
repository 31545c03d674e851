"""Sources of catalogues, their runs, what was read, what each record became, and conflicts.

Revision ID: ca3b_harvest_001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "ca3b_harvest_001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = ("conflict", "record", "staged", "run", "source")


def text(name: str, **options: object) -> sa.Column:
    return sa.Column(name, sa.UnicodeText, nullable=False, **options)


def said(name: str, default: str = "") -> sa.Column:
    return text(name, server_default=default)


def moment(name: str, *, needed: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not needed)


def json(name: str, default: str | None) -> sa.Column:
    return sa.Column(name, JSONB, nullable=default is None, server_default=default)


def flag(name: str, default: bool) -> sa.Column:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.true() if default else sa.false())


def number(name: str, kind: type = sa.Integer) -> sa.Column:
    return sa.Column(name, kind, nullable=False, server_default="0")


def of(name: str, table: str, **options: object) -> sa.Column:
    return sa.Column(
        name, sa.UnicodeText, sa.ForeignKey(f"ca3b_harvest_{table}.id", ondelete="CASCADE"), nullable=False, **options
    )


def upgrade() -> None:
    op.create_table(
        "ca3b_harvest_source",
        text("id", primary_key=True),
        text("name", unique=True),
        text("title"),
        said("address"),
        said("kind"),
        json("options", "{}"),
        text("owner_org"),
        said("commune"),
        sa.Column("document", sa.LargeBinary),
        said("document_name"),
        said("state", "draft"),
        said("schedule", "daily"),
        moment("next_run"),
        json("settings", "{}"),
        json("validators", "{}"),
        text("report_key", unique=True),
        moment("created", needed=True),
        said("created_by"),
        moment("approved_at"),
        said("approved_by"),
    )
    op.create_index("ca3b_harvest_source_due", "ca3b_harvest_source", ["state", "next_run"])
    op.create_table(
        "ca3b_harvest_run",
        text("id", primary_key=True),
        of("source_id", "source"),
        text("cause"),
        said("state", "waiting"),
        flag("only_plan", False),
        said("step"),
        moment("created", needed=True),
        said("created_by"),
        moment("started"),
        moment("heartbeat"),
        moment("ended"),
        json("counts", "{}"),
        json("held_for", None),
        said("message"),
        said("code"),
        flag("complete", False),
        number("pages"),
        number("size", sa.BigInteger),
        json("problems", "[]"),
        json("validators", "{}"),
        said("confirmed_by"),
    )
    op.create_index("ca3b_harvest_run_source", "ca3b_harvest_run", ["source_id", "created"])
    op.create_index("ca3b_harvest_run_state", "ca3b_harvest_run", ["state"])
    one = sa.text("state IN ('waiting', 'reading', 'planning', 'applying')")
    op.create_index("ca3b_harvest_run_one", "ca3b_harvest_run", ["source_id"], unique=True, postgresql_where=one)
    op.create_table(
        "ca3b_harvest_staged",
        of("run_id", "run", primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        text("identifier"),
        said("content_hash"),
        said("title"),
        said("uri"),
        flag("review", False),
        json("description", None),
        json("problems", "[]"),
        said("verdict"),
        said("reason"),
        json("changes", "[]"),
        said("outcome", "pending"),
        said("outcome_message"),
        said("dataset_id"),
    )
    op.create_index("ca3b_harvest_staged_verdict", "ca3b_harvest_staged", ["run_id", "verdict", "position"])
    op.create_table(
        "ca3b_harvest_record",
        of("source_id", "source", primary_key=True),
        text("identifier", primary_key=True),
        text("dataset_id", unique=True),
        said("content_hash"),
        json("applied", None),
        said("uri"),
        said("title"),
        said("state", "present"),
        moment("vanished_at"),
        json("kept_fields", "[]"),
        moment("first_seen", needed=True),
        moment("last_seen", needed=True),
        flag("indexed", True),
    )
    op.create_index("ca3b_harvest_record_uri", "ca3b_harvest_record", ["uri"])
    op.create_index(
        "ca3b_harvest_record_late", "ca3b_harvest_record", ["source_id"], postgresql_where=sa.text("NOT indexed")
    )
    op.create_table(
        "ca3b_harvest_conflict",
        text("id", primary_key=True),
        text("uri"),
        of("source_id", "source"),
        text("identifier"),
        of("other_source_id", "source"),
        text("other_identifier"),
        said("state", "open"),
        moment("created", needed=True),
        said("authority_source_id"),
        said("settled_by"),
        moment("settled_at"),
        sa.UniqueConstraint("uri", "source_id", "other_source_id", name="ca3b_harvest_conflict_once"),
    )


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(f"ca3b_harvest_{name}")
