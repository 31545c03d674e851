"""``ckan ca3b rgpd purge``: delete the originals whose time has come. To be run each day."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import click


@click.command(short_help="Efface les originaux des fichiers traités, à leur date.")
def purge() -> None:
    """Efface les originaux des fichiers traités : à la fin de leur durée de conservation, ou avec leur fichier.

    À lancer chaque jour. Chaque effacement est écrit dans le registre.
    """
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    count = tk.get_action("ca3b_original_purge")({"user": user, "ignore_auth": True}, {})["deleted"]
    click.echo(f"Originaux effacés : {count}.")
