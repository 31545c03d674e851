"""``ckan ca3b``: the commands of the extension, one subgroup per capability."""

from __future__ import annotations

import click

from ckanext.ca3b.cartography.cli import maps
from ckanext.ca3b.checks.cli import checks
from ckanext.ca3b.dcat.feeds.cli import dcat
from ckanext.ca3b.harvesting.cli import harvest
from ckanext.ca3b.privacy.cli import rgpd
from ckanext.ca3b.publishing.cli import publish
from ckanext.ca3b.schemas.cli import themes
from ckanext.ca3b.serving.cli import tables
from ckanext.ca3b.territory.cli import territory


@click.group(short_help="Portail de données de l'agglomération.")
def ca3b() -> None:
    """Commandes du portail de données de l'agglomération."""


ca3b.add_command(checks)
ca3b.add_command(territory)
ca3b.add_command(themes)
ca3b.add_command(publish)
ca3b.add_command(tables)
ca3b.add_command(rgpd)
ca3b.add_command(maps)
ca3b.add_command(dcat)
ca3b.add_command(harvest)


def get_commands() -> list[click.Command]:
    """Return the commands of the extension, for CKAN."""
    return [ca3b]
