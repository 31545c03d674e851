"""Rasters as tiles of pictures: read by a process of its own, closed in like that of vectors."""

from __future__ import annotations

from .running import run

__all__ = ["run"]
