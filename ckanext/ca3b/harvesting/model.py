"""The tables of the harvest: sources, their runs, what was read in a run, what each record became, and conflicts.

Moments are in UTC with their time zone. No foreign key into CKAN's tables: CKAN owns them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, deferred, mapped_column

DRAFT, ACTIVE, PAUSED = "draft", "active", "paused"
SCHEDULES = ("daily", "weekly", "monthly", "manual")

WAITING, READING, PLANNING, HELD, APPLYING = "waiting", "reading", "planning", "held", "applying"
DONE, FAILED, INTERRUPTED, CANCELLED, UNCHANGED = "done", "failed", "interrupted", "cancelled", "unchanged"
#: States of a run that somebody works on: without its lock, it is interrupted.
WORKING = frozenset({READING, PLANNING, APPLYING})
#: States of a run that goes on by itself: it waits for a worker or has one.
RUNNING = WORKING | {WAITING}
#: States of a run that is not over.
OPEN = RUNNING | {HELD}
#: A source has one run at most in these states.
ONE_AT_A_TIME = "state IN ('waiting', 'reading', 'planning', 'applying')"

Text = sa.UnicodeText
Moment = sa.DateTime(timezone=True)


def now() -> dt.datetime:
    """Return this moment, with its time zone."""
    return dt.datetime.now(dt.UTC)


class SourceRow(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """A catalogue to read.

    ``address`` is a URL, or ``""`` for a spreadsheet that a clerk gave (``document``, called ``document_name``).
    ``kind`` is the name of a reader, ``""`` until it is recognised. ``options`` are those of the reader.
    ``settings``: see :mod:`.settings`. ``validators`` are those of the last reading that was applied whole.
    ``report_key`` opens the page of the report to whom it is given.
    """

    __tablename__ = "ca3b_harvest_source"
    __table_args__ = (sa.Index("ca3b_harvest_source_due", "state", "next_run"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text, unique=True)
    title: Mapped[str] = mapped_column(Text)
    address: Mapped[str] = mapped_column(Text, server_default="")
    kind: Mapped[str] = mapped_column(Text, server_default="")
    options: Mapped[dict[str, str]] = mapped_column(JSONB, server_default="{}")
    owner_org: Mapped[str] = mapped_column(Text)
    commune: Mapped[str] = mapped_column(Text, server_default="")
    document: Mapped[bytes | None] = deferred(mapped_column(sa.LargeBinary))  # pyright: ignore[reportAssignmentType]
    document_name: Mapped[str] = mapped_column(Text, server_default="")
    state: Mapped[str] = mapped_column(Text, server_default=DRAFT)
    schedule: Mapped[str] = mapped_column(Text, server_default="daily")
    next_run: Mapped[dt.datetime | None] = mapped_column(Moment)
    settings: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    validators: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    report_key: Mapped[str] = mapped_column(Text, unique=True)
    created: Mapped[dt.datetime] = mapped_column(Moment)
    created_by: Mapped[str] = mapped_column(Text, server_default="")
    approved_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    approved_by: Mapped[str] = mapped_column(Text, server_default="")


class RunRow(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """One reading of a source and what was done with it.

    ``counts`` by verdict; ``held_for`` why it waits for somebody (``{code: message}``); ``problems`` are those of the
    whole catalogue; ``code`` and ``message`` (French) tell why it failed or was interrupted. ``validators`` become
    those of the source once everything was applied.
    """

    __tablename__ = "ca3b_harvest_run"
    __table_args__ = (
        sa.Index("ca3b_harvest_run_source", "source_id", "created"),
        sa.Index("ca3b_harvest_run_state", "state"),
        # Two processes that start the same source at once: one of them is told that it is busy.
        sa.Index("ca3b_harvest_run_one", "source_id", unique=True, postgresql_where=sa.text(ONE_AT_A_TIME)),
    )

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    source_id: Mapped[str] = mapped_column(Text, sa.ForeignKey("ca3b_harvest_source.id", ondelete="CASCADE"))
    cause: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, server_default=WAITING)
    only_plan: Mapped[bool] = mapped_column(sa.Boolean, server_default=sa.false())
    step: Mapped[str] = mapped_column(Text, server_default="")
    created: Mapped[dt.datetime] = mapped_column(Moment)
    created_by: Mapped[str] = mapped_column(Text, server_default="")
    started: Mapped[dt.datetime | None] = mapped_column(Moment)
    heartbeat: Mapped[dt.datetime | None] = mapped_column(Moment)
    ended: Mapped[dt.datetime | None] = mapped_column(Moment)
    counts: Mapped[dict[str, int]] = mapped_column(JSONB, server_default="{}")
    held_for: Mapped[dict[str, str] | None] = mapped_column(JSONB(none_as_null=True))
    message: Mapped[str] = mapped_column(Text, server_default="")
    code: Mapped[str] = mapped_column(Text, server_default="")
    complete: Mapped[bool] = mapped_column(sa.Boolean, server_default=sa.false())
    pages: Mapped[int] = mapped_column(sa.Integer, server_default="0")
    size: Mapped[int] = mapped_column(sa.BigInteger, server_default="0")
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    validators: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    confirmed_by: Mapped[str] = mapped_column(Text, server_default="")


class StagedRow(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """A record as it was read in a run, what was decided of it (``verdict``) and what came of it (``outcome``).

    ``description`` is the whole of it (:mod:`ckanext.ca3b.harvest.export`), None for what could not be read and for
    what vanished. ``changes``: ``[{field, label, before, after}]``.
    """

    __tablename__ = "ca3b_harvest_staged"
    __table_args__ = (sa.Index("ca3b_harvest_staged_verdict", "run_id", "verdict", "position"),)

    run_id: Mapped[str] = mapped_column(
        Text, sa.ForeignKey("ca3b_harvest_run.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(sa.Integer, primary_key=True, autoincrement=False)
    identifier: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(Text, server_default="")
    title: Mapped[str] = mapped_column(Text, server_default="")
    uri: Mapped[str] = mapped_column(Text, server_default="")
    review: Mapped[bool] = mapped_column(sa.Boolean, server_default=sa.false())
    description: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    problems: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    verdict: Mapped[str] = mapped_column(Text, server_default="")
    reason: Mapped[str] = mapped_column(Text, server_default="")
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    outcome: Mapped[str] = mapped_column(Text, server_default="pending")
    outcome_message: Mapped[str] = mapped_column(Text, server_default="")
    dataset_id: Mapped[str] = mapped_column(Text, server_default="")


class RecordRow(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """What a record of a source became here: one dataset, which belongs to this source.

    ``applied`` is the package dictionary that the source last gave, as it was mapped. ``kept_fields`` are the fields
    that stay the operator's. ``indexed`` is false from the write until the index has it.
    """

    __tablename__ = "ca3b_harvest_record"
    __table_args__ = (
        sa.Index("ca3b_harvest_record_uri", "uri"),
        sa.Index("ca3b_harvest_record_late", "source_id", postgresql_where=sa.text("NOT indexed")),
    )

    source_id: Mapped[str] = mapped_column(
        Text, sa.ForeignKey("ca3b_harvest_source.id", ondelete="CASCADE"), primary_key=True
    )
    identifier: Mapped[str] = mapped_column(Text, primary_key=True)
    dataset_id: Mapped[str] = mapped_column(Text, unique=True)
    content_hash: Mapped[str] = mapped_column(Text, server_default="")
    applied: Mapped[dict[str, Any] | None] = deferred(mapped_column(JSONB(none_as_null=True)))  # pyright: ignore[reportAssignmentType]
    uri: Mapped[str] = mapped_column(Text, server_default="")
    title: Mapped[str] = mapped_column(Text, server_default="")
    state: Mapped[str] = mapped_column(Text, server_default="present")
    vanished_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    kept_fields: Mapped[list[str]] = mapped_column(JSONB, server_default="[]")
    first_seen: Mapped[dt.datetime] = mapped_column(Moment)
    last_seen: Mapped[dt.datetime] = mapped_column(Moment)
    indexed: Mapped[bool] = mapped_column(sa.Boolean, server_default=sa.true())


class ConflictRow(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """One URI that two sources bring: ``source_id`` came second, ``other_source_id`` has the dataset."""

    __tablename__ = "ca3b_harvest_conflict"
    __table_args__ = (sa.UniqueConstraint("uri", "source_id", "other_source_id", name="ca3b_harvest_conflict_once"),)

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    uri: Mapped[str] = mapped_column(Text)
    source_id: Mapped[str] = mapped_column(Text, sa.ForeignKey("ca3b_harvest_source.id", ondelete="CASCADE"))
    identifier: Mapped[str] = mapped_column(Text)
    other_source_id: Mapped[str] = mapped_column(Text, sa.ForeignKey("ca3b_harvest_source.id", ondelete="CASCADE"))
    other_identifier: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(Text, server_default="open")
    created: Mapped[dt.datetime] = mapped_column(Moment)
    authority_source_id: Mapped[str] = mapped_column(Text, server_default="")
    settled_by: Mapped[str] = mapped_column(Text, server_default="")
    settled_at: Mapped[dt.datetime | None] = mapped_column(Moment)
