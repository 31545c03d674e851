"""What the clerk and the citizen see of the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckanext.ca3b.privacy.remedies import auth

from . import advice, alerts, citizen, helpers, hints, telling, todo, views

if TYPE_CHECKING:
    from flask import Blueprint


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    made = (advice.ca3b_advice_ask, alerts.ca3b_alert_create, todo.ca3b_privacy_todo)
    return {one.__name__: one for one in made}


def get_auth_functions() -> dict[str, Any]:
    """Return the auth functions, by name."""
    return {
        advice.ACTION: auth.as_resource_update,
        "ca3b_alert_create": alerts.auth_alert_create,
        "ca3b_privacy_todo": auth.signed_in,
    }


def get_helpers() -> dict[str, Any]:
    """Return the template helpers, by name."""
    return {
        "ca3b_privacy_hints": hints.ca3b_privacy_hints,
        "ca3b_privacy_state": helpers.ca3b_privacy_state,
    }


def blueprints() -> list[Blueprint]:
    """Return the pages."""
    return [views.clerk, citizen.citizen]


def signals() -> dict[Any, list[Any]]:
    """Return the receivers of each signal, as ``ISignal`` wants them."""
    return {advice.advice_asked: [{"receiver": telling.advice_asked}]}
