"""How an organisation has its catalogue taken over by data.gouv.fr: its address, the steps, whether it is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import auth, helpers, views

if TYPE_CHECKING:
    from flask import Blueprint


def get_auth_functions() -> dict[str, Any]:
    """Return the auth functions, by name."""
    return auth.get_auth_functions()


def get_helpers() -> dict[str, Any]:
    """Return the helpers, by name."""
    return helpers.get_helpers()


def blueprints() -> list[Blueprint]:
    """Return the pages."""
    return [views.declaring]
