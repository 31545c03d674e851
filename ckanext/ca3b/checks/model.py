"""The table of the reports: one row per file's bytes and way of reading them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

WAITING, RUNNING, DONE, UNREADABLE, FAILED = "waiting", "running", "done", "unreadable", "failed"
WORKING = frozenset({WAITING, RUNNING})


def now() -> dt.datetime:
    """Return this moment, with its time zone."""
    return dt.datetime.now(dt.UTC)


class Report(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """The report of one resource's bytes (``sha256``) read with ``options`` and checked as ``schema_asked`` says.

    ``asked`` is when somebody last wanted this report: of several for the same bytes, the last asked is the current
    one. ``engine`` is the version of the analysis that made it. No foreign key: CKAN owns its tables.
    """

    __tablename__ = "ca3b_report"
    __table_args__ = (
        sa.UniqueConstraint("resource_id", "sha256", "options_key", "schema_asked", name="ca3b_report_once"),
        sa.Index("ca3b_report_current", "resource_id", "sha256", "asked"),
        sa.Index("ca3b_report_package", "package_id"),
    )

    id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    resource_id: Mapped[str] = mapped_column(sa.UnicodeText)
    package_id: Mapped[str] = mapped_column(sa.UnicodeText)
    sha256: Mapped[str] = mapped_column(sa.UnicodeText)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    filename: Mapped[str] = mapped_column(sa.UnicodeText)
    options: Mapped[dict[str, Any]] = mapped_column(JSONB)
    options_key: Mapped[str] = mapped_column(sa.UnicodeText)
    schema_asked: Mapped[str] = mapped_column(sa.UnicodeText)
    engine: Mapped[int]
    state: Mapped[str] = mapped_column(sa.UnicodeText)
    progress: Mapped[int] = mapped_column(server_default="0")
    step: Mapped[str] = mapped_column(sa.UnicodeText, server_default="")
    attempts: Mapped[int] = mapped_column(server_default="0")
    schema_name: Mapped[str | None] = mapped_column(sa.UnicodeText)
    error_count: Mapped[int | None]
    reading: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    error: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    proposals: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    verdict: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    repairs: Mapped[list[dict[str, Any]] | None] = mapped_column(JSONB(none_as_null=True))
    asked: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    created: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    updated: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    finished: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))

    def as_dict(self) -> dict[str, Any]:
        """Return the report as the actions give it; moments are ISO 8601."""
        return {
            "id": self.id,
            "resource_id": self.resource_id,
            "package_id": self.package_id,
            "sha256": self.sha256,
            "size": self.size,
            "filename": self.filename,
            "state": self.state,
            "progress": self.progress,
            "step": self.step,
            "options": self.options,
            "schema": self.schema_name,
            "schema_asked": self.schema_asked,
            "schema_chosen": self.schema_asked != "auto",
            "reading": self.reading,
            "error": self.error,
            "proposals": self.proposals or [],
            "verdict": self.verdict,
            "repairs": self.repairs or [],
            "created": self.created.isoformat(),
            "finished": self.finished.isoformat() if self.finished else None,
        }
