"""What machines that come by themselves look for, and where people find the addresses of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import helpers, views

if TYPE_CHECKING:
    from flask import Blueprint


def blueprints() -> list[Blueprint]:
    """Return the addresses."""
    return [views.machines]


def get_helpers() -> dict[str, Any]:
    """Return the helpers of the templates, by name."""
    return helpers.get_helpers()
