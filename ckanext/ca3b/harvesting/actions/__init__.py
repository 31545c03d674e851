"""The actions of the harvest, one file per thing acted upon."""

from __future__ import annotations

from typing import Any


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    return {}
