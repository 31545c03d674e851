"""The DPO's queue, reports, decisions and register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from . import actions, auth, cli, helpers, receivers, register_actions, register_views

if TYPE_CHECKING:
    import click
    from flask import Blueprint


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    return {**actions.get_actions(), **register_actions.get_actions()}


def get_auth_functions() -> dict[str, Any]:
    """Return the auth functions, by name."""
    return auth.get_auth_functions()


def get_helpers() -> dict[str, Any]:
    """Return the template helpers, by name."""
    return {"ca3b_dpo_menu": helpers.ca3b_dpo_menu}


def blueprints() -> list[Blueprint]:
    """Return the pages."""
    return [register_views.dpo]


def commands() -> list[click.Command]:
    """Return the commands of ``ckan ca3b rgpd``."""
    return [cli.verify, cli.remind, cli.rescan, cli.policy]


def signals() -> dict[Any, list[Any]]:
    """Return the receivers of each signal, as ``ISignal`` wants them."""
    return {
        tk.signals.ckanext.signal("ca3b:alert_created"): [{"receiver": receivers.alert_created}],
        tk.signals.ckanext.signal("ca3b:scan_done"): [{"receiver": receivers.scan_done}],
    }
