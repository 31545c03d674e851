"""``ckan ca3b harvest``: everything the pages of the harvest do, from a shell.

Exit statuses: 0 done; 1 it failed, or is refused (one French sentence on standard error says why); 2 the command is
not written as it should be; 3 a run waits for somebody to confirm it.
"""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import click
from ckan import plugins as p

from . import importing, reporting, running, sources


@click.group(short_help="Le moissonnage des catalogues.")
@click.pass_context
def harvest(context: click.Context) -> None:
    """Les catalogues des communes : ajouter, prévoir, moissonner, rendre compte.

    \b
    Codes de retour :
      0  c'est fait
      1  échec ou refus : une phrase sur la sortie d'erreur dit pourquoi
      2  la commande est mal écrite
      3  un moissonnage attend d'être confirmé
    """  # noqa: D301 - click knows the backspace as « do not rewrap »
    if not p.plugin_loaded("ca3b_harvest"):
        raise click.ClickException("Le greffon ca3b_harvest n'est pas activé : ajoutez-le à ckan.plugins.")
    application: Any = context.meta.get("flask_app")
    if application is not None:
        # A page's request says the language of the messages and the address of the portal; here the settings do.
        language = {"CKAN_LANG": tk.config["ckan.locale_default"]}
        context.with_resource(application.test_request_context(environ_overrides=language))


for _part in (sources, running, reporting, importing):
    for _command in _part.COMMANDS:
        harvest.add_command(_command)
