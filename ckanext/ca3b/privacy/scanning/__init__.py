"""The store of scans, the jobs that make them, and the hook on every way a file comes in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import actions, cli, hooks

if TYPE_CHECKING:
    import click


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    return {**actions.get_actions(), **hooks.get_actions()}


def commands() -> list[click.Command]:
    """Return the commands of ``ckan ca3b rgpd``."""
    return [cli.scan]
