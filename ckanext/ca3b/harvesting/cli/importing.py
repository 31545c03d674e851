"""``import-ckanext-harvest``: the sources of an old portal, and their datasets."""

from __future__ import annotations

from pathlib import Path

import ckan.plugins.toolkit as tk
import click

from ckanext.ca3b.harvesting import legacy, refusals, reports

from .common import site_user


@click.command("import-ckanext-harvest", short_help="Reprend les sources de ckanext-harvest.")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--apply", "apply_", is_flag=True, help="Écrit ; sans cela, dit seulement ce qui serait fait.")
@click.option("--organization", default="", help="Organisation des sources qui n'en ont pas.")
@click.option("--no-read", is_flag=True, help="Ne lit pas les catalogues (plus rapide ; reprend moins de jeux).")
def import_(file: Path | None, apply_: bool, organization: str, no_read: bool) -> None:
    """Reprend les sources de ckanext-harvest : celles de ses tables dans cette base, ou celles de FILE.

    FILE est la réponse de harvest_source_list sur l'ancien portail. Les sources deviennent des brouillons. Les jeux de
    données que l'ancien moissonneur avait créés ici gardent leur identifiant et leur adresse : le premier moissonnage
    les met à jour au lieu d'en créer d'autres. Relancer la commande ne double rien.
    """
    try:
        old = legacy.from_export(file.read_text("utf-8-sig")) if file else legacy.from_database()
    except (legacy.LegacyError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error
    refused = sources_ = datasets = 0
    for found in legacy.plan(old, organization=organization, look=not no_read):
        problem = found.refusal
        if apply_ and not problem:
            try:
                legacy.apply(found, site_user())
            except tk.ValidationError as error:
                problem = f"Non importée : {refusals.sentence(error)}"
        _tell(found, problem)
        refused += bool(problem)
        if not problem:
            sources_ += not found.source_id
            datasets += len(found.adopted)
    verb = "Repris" if apply_ else "Seraient repris"
    counted = reports.words.counted
    click.echo(f"\n{verb} : {counted(sources_, 'source', 'sources')}, {counted(datasets, 'jeu', 'jeux')} de données.")
    if not apply_ and sources_ + datasets:
        click.echo("Rien n'est écrit : ajoutez --apply. Arrêtez d'abord les tâches de l'ancien moissonneur.")
    if refused:
        raise click.exceptions.Exit(1)


def _tell(found: legacy.Import, problem: str) -> None:
    known = " (déjà ici)" if found.source_id else ""
    title = found.old.title or found.old.address
    click.echo(f"• {title}{known} : {found.old.type or '?'} → {found.kind or 'à reconnaître'}, "
               f"{reports.SCHEDULES[found.schedule]}, "
               f"{reports.words.counted(len(found.adopted), 'jeu repris', 'jeux repris')}.")  # fmt: skip
    for note in [*found.notes, *([problem] if problem else [])]:
        click.echo(f"    {note}")


COMMANDS = (import_,)
