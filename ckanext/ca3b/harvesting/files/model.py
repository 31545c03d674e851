"""The linked files of harvested datasets, and the sites that keep them."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - SQLAlchemy reads the annotations

import ckan.plugins.toolkit as tk
import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

Text = sa.UnicodeText
Moment = sa.DateTime(timezone=True)


class FileRow(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """One link of a harvested dataset.

    ``stamp`` tells what its catalogue said of it when it was last announced; ``wanted`` that it waits to be looked at,
    since ``asked``; ``shown`` whether its source wants a table and a map; ``attempts`` how often it was tried.
    """

    __tablename__ = "ca3b_harvest_file"
    __table_args__ = (sa.Index("ca3b_harvest_file_wanted", "host", "asked", postgresql_where=sa.text("wanted")),)

    resource_id: Mapped[str] = mapped_column(Text, primary_key=True)
    source_id: Mapped[str] = mapped_column(
        Text, sa.ForeignKey("ca3b_harvest_source.id", ondelete="CASCADE"), index=True
    )
    host: Mapped[str] = mapped_column(Text)
    stamp: Mapped[str] = mapped_column(Text)
    shown: Mapped[bool] = mapped_column(sa.Boolean)
    wanted: Mapped[bool] = mapped_column(sa.Boolean)
    attempts: Mapped[int] = mapped_column(sa.Integer, server_default="0")
    asked: Mapped[dt.datetime] = mapped_column(Moment)
    looked: Mapped[dt.datetime | None] = mapped_column(Moment)


class SiteRow(tk.BaseModel):  # pyright: ignore[reportUntypedBaseClass]
    """A site that keeps files: from when it may be asked again, and how often in a row it did not answer."""

    __tablename__ = "ca3b_harvest_site"

    host: Mapped[str] = mapped_column(Text, primary_key=True)
    due: Mapped[dt.datetime] = mapped_column(Moment)
    failures: Mapped[int] = mapped_column(sa.Integer, server_default="0")
