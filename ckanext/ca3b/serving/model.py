"""Where the loading of each table is: one row per resource whose file was to become a table."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

NONE, WAITING, RUNNING, DONE, FAILED = "none", "waiting", "running", "done", "failed"


def now() -> dt.datetime:
    """Return this moment, with its time zone."""
    return dt.datetime.now(dt.UTC)


class TableLoad(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """The last loading of a resource's file; ``sha256`` and ``rows`` are those of the table in place, if any.

    No foreign key: CKAN owns its tables.
    """

    __tablename__ = "ca3b_table_load"

    resource_id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    state: Mapped[str] = mapped_column(sa.UnicodeText)
    progress: Mapped[int] = mapped_column(server_default="0")
    rows: Mapped[int | None] = mapped_column(sa.BigInteger)
    sha256: Mapped[str | None] = mapped_column(sa.UnicodeText)
    error: Mapped[str | None] = mapped_column(sa.UnicodeText)
    asked: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    finished: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))

    def as_dict(self) -> dict[str, Any]:
        """Return what ``ca3b_table_status`` gives; moments are ISO 8601."""
        return {
            "resource_id": self.resource_id,
            "state": self.state,
            "progress": self.progress,
            "rows": self.rows,
            "sha256": self.sha256,
            "error": self.error,
            "finished": self.finished.isoformat() if self.finished else None,
        }
