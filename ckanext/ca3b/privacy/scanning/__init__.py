"""The store of scans, the jobs that make them, and the hook on every way a file comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import actions, cli, hooks

if TYPE_CHECKING:
    import click
    from flask import Blueprint


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    return {**actions.get_actions(), **hooks.get_actions()}


def get_auth_functions() -> dict[str, Any]:
    """Return the auth functions, by name."""
    return {}


def get_helpers() -> dict[str, Any]:
    """Return the template helpers, by name."""
    return {}


def blueprints() -> list[Blueprint]:
    """Return the pages."""
    return []


def commands() -> list[click.Command]:
    """Return the commands of ``ckan ca3b rgpd``."""
    return [cli.scan]


def signals() -> dict[Any, list[Any]]:
    """Return the receivers of each signal, as ``ISignal`` wants them."""
    return {}
