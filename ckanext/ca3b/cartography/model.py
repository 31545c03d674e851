"""The table of the maps: one row per file's bytes and version of the engine that draws them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

WAITING, RUNNING, SAMPLED, DONE = "waiting", "running", "sampled", "done"
NOT_A_MAP, FAILED = "not_a_map", "failed"
WORKING = frozenset({WAITING, RUNNING, SAMPLED})

#: To be raised when the same bytes would give another map: those already made are made again by « maps build ».
ENGINE = 1


def now() -> dt.datetime:
    """Return this moment, with its time zone."""
    return dt.datetime.now(dt.UTC)


class Map(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """The map of one resource's bytes (``sha256``), drawn by ``engine``. No foreign key: CKAN owns its tables.

    ``description`` is the ``carte.json`` of the core; ``files`` names each derived file, ``{location, size}`` in the
    storage. ``version`` changes with them: it is what clients compare. ``staged`` lists the locations that a job
    has written, or is about to, and that no map needs yet. ``preview`` was asked by those who may replace the file,
    while it is not open.
    """

    __tablename__ = "ca3b_map"
    __table_args__ = (
        sa.UniqueConstraint("resource_id", "sha256", "engine", name="ca3b_map_once"),
        sa.Index("ca3b_map_package", "package_id"),
    )

    id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    resource_id: Mapped[str] = mapped_column(sa.UnicodeText)
    package_id: Mapped[str] = mapped_column(sa.UnicodeText)
    sha256: Mapped[str] = mapped_column(sa.UnicodeText)
    engine: Mapped[int]
    preview: Mapped[bool] = mapped_column(server_default=sa.false())
    state: Mapped[str] = mapped_column(sa.UnicodeText)
    progress: Mapped[float] = mapped_column(sa.Float, server_default="0")
    stage: Mapped[str] = mapped_column(sa.UnicodeText, server_default="")
    attempts: Mapped[int] = mapped_column(server_default="0")
    version: Mapped[str] = mapped_column(sa.UnicodeText, server_default="")
    description: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    files: Mapped[dict[str, dict[str, Any]]] = mapped_column(JSONB, server_default="{}")
    staged: Mapped[list[str]] = mapped_column(JSONB, server_default="[]")
    error: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    created: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    updated: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))

    @property
    def drawn(self) -> bool:
        """Tell whether there is something to see: the whole map, or a sample while the rest is built."""
        return self.state in {SAMPLED, DONE} and bool(self.description)

    def as_dict(self) -> dict[str, Any]:
        """Return what ``ca3b_map_show`` gives; moments are ISO 8601, ``progress`` goes from 0 to 1."""
        return {
            "resource_id": self.resource_id,
            "sha256": self.sha256,
            "state": self.state,
            "progress": self.progress,
            "stage": self.stage,
            "description": self.description,
            "error": self.error,
            "updated": self.updated.isoformat(),
        }
