"""The table of composed maps."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - SQLAlchemy reads the annotations
from typing import Any

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

DRAFT, PUBLISHED = "draft", "published"


class ComposedMap(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """A page with a map of several layers, kept by the producer ``owner_org``. No foreign key: CKAN owns its tables.

    ``layers`` are those of :mod:`~ckanext.ca3b.cartography.composed.schema`, from the lowest to the highest.
    """

    __tablename__ = "ca3b_composed_map"

    id: Mapped[str] = mapped_column(sa.UnicodeText, primary_key=True)
    name: Mapped[str] = mapped_column(sa.UnicodeText, unique=True)
    title: Mapped[str] = mapped_column(sa.UnicodeText)
    notes: Mapped[str] = mapped_column(sa.UnicodeText, server_default="")
    owner_org: Mapped[str] = mapped_column(sa.UnicodeText, index=True)
    creator: Mapped[str] = mapped_column(sa.UnicodeText)
    state: Mapped[str] = mapped_column(sa.UnicodeText)
    base: Mapped[str] = mapped_column(sa.UnicodeText, server_default="")
    layers: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default="[]")
    created: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))
    updated: Mapped[dt.datetime] = mapped_column(sa.DateTime(timezone=True))

    def as_dict(self) -> dict[str, Any]:
        """Return what the actions give; moments are ISO 8601."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title,
            "notes": self.notes,
            "owner_org": self.owner_org,
            "state": self.state,
            "base": self.base,
            "layers": self.layers,
            "created": self.created.isoformat(),
            "updated": self.updated.isoformat(),
        }
