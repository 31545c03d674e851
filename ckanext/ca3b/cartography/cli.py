"""``ckan ca3b maps``: having maps drawn, knowing where they are, cleaning the storage."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import click
import file_keeper as fk
from ckan import plugins as p

from . import derived, jobs, resources, store
from .model import ENGINE


@click.group(short_help="Les cartes des fichiers.")
def maps() -> None:
    """Les cartes des fichiers géographiques."""
    if not p.plugin_loaded("ca3b_maps"):
        raise click.ClickException("Le greffon ca3b_maps n'est pas activé : ajoutez-le à ckan.plugins.")


@maps.command("build", short_help="Fait dessiner les cartes qui manquent.")
@click.argument("resource_ids", nargs=-1, metavar="[IDENTIFIANT]...")
@click.option("--all", "everything", is_flag=True, help="Tous les fichiers ouverts des jeux de données publiés.")
@click.option("--links", is_flag=True, help="Tous les liens, pour voir ce qui a changé derrière eux.")
@click.option("--again", is_flag=True, help="Dessine aussi de nouveau les cartes qui sont faites.")
@click.option("--now", "at_once", is_flag=True, help="Dessine ici plutôt que dans la file des tâches.")
def build(resource_ids: tuple[str, ...], everything: bool, links: bool, again: bool, at_once: bool) -> None:
    """Fait dessiner la carte de chaque fichier ouvert ; celles qui sont à jour ne sont pas refaites."""
    wanted = list(resource_ids) or (list(resources.published(links_only=not everything)) if everything or links else [])
    again = again or links
    if not wanted:
        raise click.UsageError("Donnez l'identifiant d'un fichier, --all pour tous, ou --links pour les liens.")
    failed = 0
    for resource_id in wanted:
        jobs.follow(resource_id)
        found = next((one for one in store.of(resource_id) if one.engine == ENGINE), None)
        if found is not None and again and store.is_settled(found):
            found = jobs.ask(resources.show(resource_id), again=True)
        if found is not None and at_once and not store.is_settled(found):
            jobs.run(found.id)
            found = store.get(found.id)
        if found is None:
            if resource_ids:
                click.echo(f"{resource_id} sans carte : fichier fermé, ou format qui ne se dessine pas")
            continue
        failed += found.state == "failed"
        click.echo(f"{resource_id} {found.state} {(found.error or {}).get('message', '')}".rstrip())
    if failed:
        raise click.ClickException(f"{failed} cartes n'ont pas pu être dessinées.")


@maps.command("status", short_help="Compte les cartes par état.")
def status() -> None:
    """Compte les cartes par état, et celles dont plus personne ne s'occupe."""
    for state, count in sorted(store.counts().items()):
        click.echo(f"{state} {count}")
    missing = sum(1 for one in resources.published() if _is_candidate(one) and not store.of(one))
    click.echo(f"fichiers sans carte {missing}")


@maps.command("purge", short_help="Supprime les fichiers dérivés dont aucune carte n'a besoin.")
@click.option("--dry-run", is_flag=True, help="Dit ce qui serait supprimé, sans rien supprimer.")
def purge(dry_run: bool) -> None:
    """Supprime les cartes des fichiers disparus, puis les fichiers du stockage que rien ne réclame."""
    gone = [one for one in store.resources() if not _exists(one)]
    if not dry_run:
        for resource_id in gone:
            jobs.forget(resource_id)
    try:
        # Listed before what is known is read: what is being written meanwhile is then known.
        kept = list(derived.present())
    except fk.exc.UnsupportedOperationError as error:
        raise click.ClickException("Ce stockage ne sait pas lister ses fichiers.") from error
    known = store.known_locations()
    lost = [one for one in kept if one not in known]
    if not dry_run:
        derived.remove(lost)
    click.echo(f"{len(gone)} cartes de fichiers disparus, {len(lost)} fichiers dérivés sans carte.")


def _is_candidate(resource_id: str) -> bool:
    return jobs.is_drawn(resources.show(resource_id))


def _exists(resource_id: str) -> bool:
    try:
        resources.show(resource_id)
    except tk.ObjectNotFound:
        return False
    return True
