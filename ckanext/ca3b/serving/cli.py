"""``ckan ca3b tables``: the tables of the DataStore."""

from __future__ import annotations

import click
from ckan import model

from . import jobs, loading, status


@click.group(short_help="Tableaux servis en ligne.")
def tables() -> None:
    """Tableaux servis en ligne : consultation, exports, API."""


@tables.command("load", short_help="Charge les tableaux des fichiers déposés.")
@click.argument("resource_ids", nargs=-1, metavar="[IDENTIFIANT]...")
@click.option("--all", "everything", is_flag=True, help="Tous les fichiers déposés des jeux de données publiés.")
@click.option("--now", "at_once", is_flag=True, help="Charge ici plutôt que dans la file des tâches.")
def load(resource_ids: tuple[str, ...], everything: bool, at_once: bool) -> None:
    """Charge le tableau de chaque fichier ; ceux qui sont à jour ne sont pas refaits."""
    wanted = list(resource_ids) or (_uploaded() if everything else [])
    if not wanted:
        raise click.UsageError("Donnez l'identifiant d'un fichier, ou --all pour tous.")
    failed = 0
    for resource_id in wanted:
        if not at_once:
            jobs.ask(resource_id)
            continue
        loading.load(resource_id)
        found = status.read(resource_id)
        failed += found["state"] == "failed"
        click.echo(f"{resource_id} {found['state']} {found['rows'] or 0} {found['error'] or ''}".rstrip())
    if not at_once:
        click.echo(f"{len(wanted)} tableaux demandés ; les tâches de fond les chargent.")
    if failed:
        raise click.ClickException(f"{failed} tableaux n'ont pas pu être chargés.")


def _uploaded() -> list[str]:
    query = model.Session.query(model.Resource.id).join(model.Package, model.Package.id == model.Resource.package_id)
    query = query.filter(model.Package.state == "active", model.Resource.state == "active")
    return [one for (one,) in query.filter(model.Resource.url_type == "upload").order_by(model.Resource.created)]
