"""``ckan ca3b rgpd``: the commands of each part."""

from __future__ import annotations

import click

from . import clerk, dpo, gate, remedies, scanning


@click.group(short_help="Les données personnelles dans les fichiers.")
def rgpd() -> None:
    """Les données personnelles dans les fichiers : examens, décisions, registre."""


for _part in (scanning, gate, dpo, remedies, clerk):
    for _command in getattr(_part, "commands", list)():
        rgpd.add_command(_command)
