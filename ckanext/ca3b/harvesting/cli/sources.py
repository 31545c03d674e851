"""``add``, ``add-many``, ``list``, ``approve``, ``pause``, ``resume``: the sources."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from werkzeug.datastructures import FileStorage

from ckanext.ca3b.harvest.readers import KINDS
from ckanext.ca3b.harvesting import reports
from ckanext.ca3b.harvesting.model import SCHEDULES
from ckanext.ca3b.harvesting.store import sources

from .common import act, as_json


@click.command(short_help="Ajoute une source, en brouillon.")
@click.argument("target", metavar="ADRESSE|FICHIER")
@click.option("--title", help="Titre ; sinon celui que dit le catalogue.")
@click.option("--name", help="Nom dans l'adresse ; sinon tiré du titre.")
@click.option("--organization", "owner_org", help="Organisation qui publie ; sinon celle de la commune reconnue.")
@click.option("--commune", help="Code INSEE de la commune.")
@click.option("--kind", type=click.Choice(KINDS), help="Nature du catalogue ; sinon reconnue.")
@click.option("--schedule", type=click.Choice(SCHEDULES), help="Rythme des moissonnages.")
@click.option("--private", "visibility", flag_value="private", help="Les jeux de données restent privés.")
@click.option("--approve", is_flag=True, help="Approuve aussitôt : le prochain moissonnage publiera.")
@as_json
def add(target: str, approve: bool, form: str, visibility: str | None, **given: Any) -> None:
    """Ajoute le catalogue d'une ADRESSE (https://…), ou un tableur SCDL donné en FICHIER.

    La source reste un brouillon : rien n'est publié avant « approve ».
    """
    data = {key: value for key, value in given.items() if value}
    if visibility:
        data["settings"] = {"visibility": visibility}
    if "://" in target:
        made = act("ca3b_harvest_source_create", {**data, "address": target})
    else:
        path = Path(target)
        if not path.is_file():
            raise click.BadParameter(f"« {target} » n'est ni une adresse (https://…), ni un fichier.")
        with path.open("rb") as stream:
            made = act("ca3b_harvest_source_create", {**data, "upload": FileStorage(stream, path.name)})
    if approve:
        act("ca3b_harvest_source_approve", {"id": made["id"]})
    if form == "json":
        click.echo(json.dumps(made, ensure_ascii=False, default=str))
        return
    name = made["name"]
    click.echo(f"Source « {made['title']} » ajoutée : {name}")
    click.echo(f"Voir ce qu'elle apporterait : ckan ca3b harvest plan {name}")
    click.echo(
        f"Moissonner : ckan ca3b harvest run {name}" if approve else f"Approuver : ckan ca3b harvest approve {name}"
    )


@click.command("add-many", short_help="Ajoute les sources d'un tableau CSV, toutes ou aucune.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def add_many(file: Path) -> None:
    """Ajoute en brouillon les sources de FILE, un CSV dont la seule colonne obligatoire est « adresse ».

    Une ligne fausse n'en laisse entrer aucune : la ligne et la colonne sont dites.
    """
    made = act("ca3b_harvest_source_create_many", {"csv": file.read_bytes()})
    click.echo(f"{reports.words.counted(len(made['created']), 'source ajoutée', 'sources ajoutées')} en brouillon.")


@click.command("list", short_help="Nomme les sources.")
@as_json
def list_(form: str) -> None:
    """Nomme les sources, leur état, leur rythme et leur adresse."""
    found = sources.listed()
    if form == "json":
        keys = ("id", "name", "title", "address", "kind", "state", "schedule", "owner_org", "commune", "next_run")
        click.echo(json.dumps([{key: getattr(one, key) for key in keys} for one in found], ensure_ascii=False,
                              default=str))  # fmt: skip
        return
    width = max((len(one.name) for one in found), default=0)
    for one in found:
        state = reports.SOURCE_STATES.get(one.state, one.state)
        rhythm = reports.SCHEDULES.get(one.schedule, one.schedule)
        address = reports.words.hushed(one.address) or one.document_name
        click.echo(f"{one.name:<{width}}  {state:<9}  {rhythm:<21}  {address}")
    if not found:
        click.echo("Aucune source : ckan ca3b harvest add ADRESSE.")


def _gesture(name: str, action: str, done: str, help_: str) -> click.Command:
    """Return a command that does one gesture to each source named."""

    def gesture(names: tuple[str, ...]) -> None:
        for one in names:
            act(action, {"id": one})
            click.echo(f"{one} : {done}")

    argument = click.Argument(["names"], nargs=-1, required=True, metavar="NOM...")
    return click.Command(name, callback=gesture, params=[argument], short_help=help_, help=help_)


approve = _gesture("approve", "ca3b_harvest_source_approve", "approuvée.", "Approuve des sources : elles publieront.")
pause = _gesture("pause", "ca3b_harvest_source_pause", "en pause.", "Arrête les moissonnages programmés de sources.")
resume = _gesture("resume", "ca3b_harvest_source_resume", "reprise.", "Reprend les moissonnages programmés.")

COMMANDS = (add, add_many, list_, approve, pause, resume)
