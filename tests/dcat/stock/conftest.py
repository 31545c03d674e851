"""The fixtures of the formats."""

from __future__ import annotations

from tests.dcat.outside import app, ask, no_dataset_left, patch, publish, sysadmin

__all__ = ["app", "ask", "no_dataset_left", "patch", "publish", "sysadmin"]
