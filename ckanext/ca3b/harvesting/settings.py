"""The settings of one source, over those of the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from . import config

if TYPE_CHECKING:
    from collections.abc import Mapping

PUBLIC, PRIVATE = "public", "private"
#: Kinds whose records always wait for somebody.
REVIEWED = frozenset({"webpage"})


@frozen
class Settings:
    """What is in force for a source.

    ``visibility`` of its datasets; ``shrink_ratio`` from 0 to 1; ``grace_days``; ``tables_and_maps`` for its files;
    ``authority``: of two sources that bring the same dataset, the greater keeps it, equal ones ask the operator;
    ``publish_review``: records that their reader is not sure of wait for somebody.
    """

    visibility: str
    shrink_ratio: float
    grace_days: int
    tables_and_maps: bool
    authority: int
    publish_review: bool


def of(stored: Mapping[str, Any], kind: str = "") -> Settings:
    """Return the settings in force, from those that a source keeps (:func:`read` made them)."""
    ratio, days, tables = (stored.get(name) for name in ("shrink_ratio", "grace_days", "tables_and_maps"))
    return Settings(
        visibility=stored.get("visibility") or PUBLIC,
        shrink_ratio=config.shrink_ratio() if ratio is None else float(ratio),
        grace_days=config.grace_days() if days is None else int(days),
        tables_and_maps=config.tables_and_maps() if tables is None else bool(tables),
        authority=int(stored.get("authority") or 0),
        publish_review=kind in REVIEWED or bool(stored.get("publish_review", True)),
    )
