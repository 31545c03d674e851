"""How well what goes out is described: a word on each dataset, a page for those in charge of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import actions, auth, helpers, views

if TYPE_CHECKING:
    from flask import Blueprint


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    return actions.get_actions()


def get_auth_functions() -> dict[str, Any]:
    """Return the auth functions, by name."""
    return auth.get_auth_functions()


def get_helpers() -> dict[str, Any]:
    """Return the helpers, by name."""
    return helpers.get_helpers()


def blueprints() -> list[Blueprint]:
    """Return the pages."""
    return [views.health]
