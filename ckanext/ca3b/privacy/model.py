"""The tables of the plugin. None of them ever holds the value of a cell."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

WAITING, RUNNING, DONE, UNREADABLE, FAILED = "waiting", "running", "done", "unreadable", "failed"
WORKING = frozenset({WAITING, RUNNING})

PASS, REVIEW, BLOCK = "pass", "review", "block"

AUTHORISE, REFUSE, ASK_TREATMENT, CLOSE, REOPEN = "authorise", "refuse", "ask_treatment", "close", "reopen"

_MOMENT = sa.DateTime(timezone=True)
_JSON = JSONB(none_as_null=True)


def now() -> dt.datetime:
    """Return this moment, with its time zone."""
    return dt.datetime.now(dt.UTC)


class Scan(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """One scan of the bytes of a resource by one version of the policy and of the engine.

    ``decision`` is None until it is done. ``findings`` are dictionaries of ``column, where, category, label, decision,
    count, rows_ratio, reason, certainty, rows, lines, measures``. ``remote`` tells the copy of a link's file. No
    foreign key: CKAN owns its tables.
    """

    __tablename__ = "ca3b_scan"
    __table_args__ = (
        sa.UniqueConstraint("resource_id", "sha256", "policy", "engine", "remote", name="ca3b_scan_once"),
        sa.Index("ca3b_scan_package", "package_id"),
        sa.Index("ca3b_scan_state", "state", "decision"),
    )

    id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    resource_id: Mapped[str] = mapped_column(sa.UnicodeText)
    package_id: Mapped[str] = mapped_column(sa.UnicodeText)
    sha256: Mapped[str] = mapped_column(sa.UnicodeText)
    size: Mapped[int] = mapped_column(sa.BigInteger)
    filename: Mapped[str] = mapped_column(sa.UnicodeText)
    policy: Mapped[str] = mapped_column(sa.UnicodeText)
    engine: Mapped[int]
    remote: Mapped[bool] = mapped_column(server_default=sa.false())
    state: Mapped[str] = mapped_column(sa.UnicodeText)
    decision: Mapped[str | None] = mapped_column(sa.UnicodeText)
    attempts: Mapped[int] = mapped_column(server_default="0")
    rows: Mapped[int | None] = mapped_column(sa.BigInteger)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    not_examined: Mapped[list[str]] = mapped_column(JSONB, server_default="[]")
    error: Mapped[dict[str, Any] | None] = mapped_column(_JSON)
    created: Mapped[dt.datetime] = mapped_column(_MOMENT)
    updated: Mapped[dt.datetime] = mapped_column(_MOMENT)
    finished: Mapped[dt.datetime | None] = mapped_column(_MOMENT)

    def as_dict(self) -> dict[str, Any]:
        """Return the scan as the actions give it; moments are ISO 8601."""
        return _plain(self)


class Decision(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """What a DPO signed about the bytes of a resource; added to, never changed."""

    __tablename__ = "ca3b_decision"
    __table_args__ = (sa.Index("ca3b_decision_of", "resource_id", "sha256", "at"),)

    id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    resource_id: Mapped[str] = mapped_column(sa.UnicodeText)
    package_id: Mapped[str] = mapped_column(sa.UnicodeText)
    sha256: Mapped[str] = mapped_column(sa.UnicodeText)
    kind: Mapped[str] = mapped_column(sa.UnicodeText)
    ground: Mapped[str | None] = mapped_column(sa.UnicodeText)
    reason: Mapped[str] = mapped_column(sa.UnicodeText)
    user_id: Mapped[str] = mapped_column(sa.UnicodeText)
    user_name: Mapped[str] = mapped_column(sa.UnicodeText)
    scan_id: Mapped[str | None] = mapped_column(sa.UnicodeText)
    policy: Mapped[str | None] = mapped_column(sa.UnicodeText)
    at: Mapped[dt.datetime] = mapped_column(_MOMENT)

    def as_dict(self) -> dict[str, Any]:
        """Return the decision as the actions give it; moments are ISO 8601."""
        return _plain(self)


class Original(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """The private copy of a file that a treated one replaced, until it is deleted."""

    __tablename__ = "ca3b_original"
    __table_args__ = (sa.Index("ca3b_original_of", "resource_id"),)

    id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    resource_id: Mapped[str] = mapped_column(sa.UnicodeText)
    sha256: Mapped[str] = mapped_column(sa.UnicodeText)
    location: Mapped[str] = mapped_column(sa.UnicodeText)
    filename: Mapped[str] = mapped_column(sa.UnicodeText)
    reason: Mapped[str] = mapped_column(sa.UnicodeText)
    created: Mapped[dt.datetime] = mapped_column(_MOMENT)
    delete_after: Mapped[dt.datetime] = mapped_column(_MOMENT)
    deleted: Mapped[dt.datetime | None] = mapped_column(_MOMENT)


class Alert(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """What a citizen wrote about a file; shown to the DPO only."""

    __tablename__ = "ca3b_alert"
    __table_args__ = (sa.Index("ca3b_alert_state", "state", "created"),)

    id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    resource_id: Mapped[str] = mapped_column(sa.UnicodeText)
    message: Mapped[str] = mapped_column(sa.UnicodeText)
    contact: Mapped[str | None] = mapped_column(sa.UnicodeText)
    state: Mapped[str] = mapped_column(sa.UnicodeText, server_default="open")
    created: Mapped[dt.datetime] = mapped_column(_MOMENT)
    handled_by: Mapped[str | None] = mapped_column(sa.UnicodeText)
    handled_at: Mapped[dt.datetime | None] = mapped_column(_MOMENT)


class Arrival(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """A file on its way in: while there is one, nobody knows which bytes the resource has, and it is closed.

    Written before the bytes are stored, removed once they are and CKAN's transaction is committed.
    """

    __tablename__ = "ca3b_arrival"
    __table_args__ = (sa.Index("ca3b_arrival_of", "resource_id"),)

    id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    resource_id: Mapped[str] = mapped_column(sa.UnicodeText)
    at: Mapped[dt.datetime] = mapped_column(_MOMENT)


class Ledger(DeclarativeBase):
    """Kept apart from CKAN's own tables, which CKAN empties in one gesture; this one cannot be."""


class Line(Ledger):
    """One line of the register: who did what to which bytes, chained to the line before.

    The database refuses to change or delete one (see the migration). ``hash`` is the SHA-256 of the canonical JSON of
    the other columns, ``previous`` included.
    """

    __tablename__ = "ca3b_register"

    seq: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(_MOMENT)
    actor: Mapped[str] = mapped_column(sa.UnicodeText)
    event: Mapped[str] = mapped_column(sa.UnicodeText)
    resource_id: Mapped[str | None] = mapped_column(sa.UnicodeText)
    package_id: Mapped[str | None] = mapped_column(sa.UnicodeText)
    sha256: Mapped[str | None] = mapped_column(sa.UnicodeText)
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    previous: Mapped[str] = mapped_column(sa.UnicodeText)
    hash: Mapped[str] = mapped_column(sa.UnicodeText)


def _plain(row: Any) -> dict[str, Any]:
    found = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    return {name: value.isoformat() if isinstance(value, dt.datetime) else value for name, value in found.items()}
