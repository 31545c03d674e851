"""The table of the fragments: what the catalogue says of each dataset, written once in each format."""

from __future__ import annotations

import datetime as dt
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, deferred, mapped_column


def now() -> dt.datetime:
    """Return this moment, with its time zone."""
    return dt.datetime.now(dt.UTC)


class Fragment(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """What goes out of one dataset. No foreign key: CKAN owns its tables, and what left is remembered.

    ``stamp`` tells from what the fragment was made: another stamp, another fragment. ``nt, ttl, xml, jsonld`` are
    the pieces of each format, compressed by zlib; None when it could not be described (``error``: ``{sentence, at,
    again}``) or has left (``left_at``). ``digest`` tells the content, ``changed`` when it last became another one or
    came back. ``out_since`` is None as long as the dataset never went out. ``score`` is the measure of its quality.
    """

    __tablename__ = "ca3b_dcat_fragment"
    __table_args__ = (sa.Index("ca3b_dcat_fragment_left", "left_at"),)

    dataset_id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    stamp: Mapped[str] = mapped_column(sa.UnicodeText)
    uri: Mapped[str] = mapped_column(sa.UnicodeText, server_default="")
    identifier: Mapped[str] = mapped_column(sa.UnicodeText, server_default="")
    organization_id: Mapped[str] = mapped_column(sa.UnicodeText, server_default="")
    services: Mapped[list[str]] = mapped_column(JSONB, server_default="[]")
    nt: Mapped[bytes | None] = deferred(mapped_column(sa.LargeBinary))  # pyright: ignore[reportAssignmentType]
    ttl: Mapped[bytes | None] = deferred(mapped_column(sa.LargeBinary))  # pyright: ignore[reportAssignmentType]
    xml: Mapped[bytes | None] = deferred(mapped_column(sa.LargeBinary))  # pyright: ignore[reportAssignmentType]
    jsonld: Mapped[bytes | None] = deferred(mapped_column(sa.LargeBinary))  # pyright: ignore[reportAssignmentType]
    digest: Mapped[str] = mapped_column(sa.UnicodeText, server_default="")
    built: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    changed: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    out_since: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    left_at: Mapped[dt.datetime | None] = mapped_column(sa.DateTime(timezone=True))
    error: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    score: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
