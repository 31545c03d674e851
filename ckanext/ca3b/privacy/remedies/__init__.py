"""What can be done about a held file, previewed and applied; the originals, kept in private for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import actions, auth, cli

if TYPE_CHECKING:
    import click


def get_actions() -> dict[str, Any]:
    """Return the actions, by name."""
    made = (
        actions.ca3b_remedy_propose,
        actions.ca3b_remedy_preview,
        actions.ca3b_remedy_apply,
        actions.ca3b_original_purge,
    )
    return {one.__name__: one for one in made}


def get_auth_functions() -> dict[str, Any]:
    """Return the auth functions, by name."""
    names = ("ca3b_remedy_propose", "ca3b_remedy_preview", "ca3b_remedy_apply")
    return {**dict.fromkeys(names, auth.as_resource_update), "ca3b_original_purge": auth.sysadmins}


def commands() -> list[click.Command]:
    """Return the commands of ``ckan ca3b rgpd``."""
    return [cli.purge]
