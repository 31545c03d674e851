"""What changed in the catalogue, for those who follow it: Atom and RSS, with what left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import views

if TYPE_CHECKING:
    from flask import Blueprint


def blueprints() -> list[Blueprint]:
    """Return the addresses."""
    return [views.changes]
