"""Whether a file is open, and what is shown and given of one that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckan.lib.signals import resource_download

from . import actions, pages

if TYPE_CHECKING:
    import click
    from flask import Blueprint


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    return actions.get_actions()


def get_auth_functions() -> dict[str, Any]:
    """Return the auth functions, by name."""
    return {}


def get_helpers() -> dict[str, Any]:
    """Return the template helpers, by name."""
    return {}


def blueprints() -> list[Blueprint]:
    """Return the pages."""
    return [pages.gate]


def commands() -> list[click.Command]:
    """Return the commands of ``ckan ca3b rgpd``."""
    return []


def signals() -> dict[Any, list[Any]]:
    """Return the receivers of each signal, as ``ISignal`` wants them."""
    return {resource_download: [{"receiver": pages.checked_again}]}
