"""The actions of ckanext-dcat, which give what the addresses of the catalogue give."""

from __future__ import annotations

from typing import Any

from . import actions


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    return actions.get_actions()
