"""``ckan ca3b themes``: the groups of the European data themes."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import click

from .groups import load as load_groups


@click.group(short_help="Les thèmes européens.")
def themes() -> None:
    """Les thèmes européens, qui rangent les jeux de données."""


@themes.command()
def load() -> None:
    """Créer le groupe de chacun des treize thèmes ; sans effet sur ceux qui existent."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
    context: Any = {"user": user["name"], "ignore_auth": True}
    report = load_groups(context)
    click.echo(
        f"Thèmes : {len(report['created'])} créés, {len(report['unchanged'])} déjà là, "
        f"{len(report['datasets'])} jeux de données rangés."
    )
