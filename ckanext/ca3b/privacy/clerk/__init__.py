"""What the clerk and the citizen see of the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import alerts, citizen

if TYPE_CHECKING:
    import click
    from flask import Blueprint


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    return {"ca3b_alert_create": alerts.ca3b_alert_create}


def get_auth_functions() -> dict[str, Any]:
    """Return the auth functions, by name."""
    return {"ca3b_alert_create": alerts.auth_alert_create}


def get_helpers() -> dict[str, Any]:
    """Return the template helpers, by name."""
    return {}


def blueprints() -> list[Blueprint]:
    """Return the pages."""
    return [citizen.citizen]


def commands() -> list[click.Command]:
    """Return the commands of ``ckan ca3b rgpd``."""
    return []


def signals() -> dict[Any, list[Any]]:
    """Return the receivers of each signal, as ``ISignal`` wants them."""
    return {}
