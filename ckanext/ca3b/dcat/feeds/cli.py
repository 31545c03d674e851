"""``ckan ca3b dcat``: building the catalogue in advance, knowing where it stands, forgetting."""

from __future__ import annotations

import datetime as dt

import click
from ckan import plugins as p

from . import config, fragments, jobs, store
from .model import now


@click.group(short_help="Le catalogue en RDF.")
def dcat() -> None:
    """Le catalogue que moissonnent les autres portails."""
    if not p.plugin_loaded("ca3b_dcat"):
        raise click.ClickException("Le greffon ca3b_dcat n'est pas activé : ajoutez-le à ckan.plugins.")


@dcat.command("build", short_help="Écrit d'avance ce qui manque.")
def build() -> None:
    """Décrit d'avance les jeux de données qui ont changé ; ce qui est à jour n'est pas refait."""
    seen = out = 0
    for seen, out in jobs.everything():  # noqa: B007 - the last ones count
        if seen % 1000 < 50:
            click.echo(f"{seen}…", err=True)
    click.echo(f"{seen} jeux de données publiés, {out} dans le catalogue.")
    _tell_problems()


@dcat.command("status", short_help="Compte ce qui est dans le catalogue, ce qui n'y est pas, ce qui l'a quitté.")
def status() -> None:
    """Compte ce qui est décrit, ce qui n'a pas pu l'être, ce qui a quitté le catalogue."""
    fragments.sweep()
    found = fragments.counts()
    click.echo(f"décrits {found['out']}\nlaissés de côté {found['failed']}\npartis {found['left']}")
    _tell_problems()


@dcat.command("purge", short_help="Oublie les départs anciens.")
@click.option("--all", "everything", is_flag=True, help="Oublie tout : le catalogue sera écrit de nouveau.")
def purge(everything: bool) -> None:
    """Oublie les jeux de données partis depuis plus de jours que ne le dit la configuration."""
    before = None if everything else now() - dt.timedelta(days=config.days_remembered())
    click.echo(f"{fragments.purge(before)} lignes oubliées.")


def _tell_problems() -> None:
    for one in store.problems():
        click.echo(f"{one.dataset_id} « {one.title} » : {one.sentence}")
