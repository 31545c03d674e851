"""``ckan ca3b checks``: make and show the reports of files."""

from __future__ import annotations

import json
import time
from typing import Any

import ckan.plugins.toolkit as tk
import click
from ckan import model

from . import actions, analysis, jobs, resources, store


@click.group(short_help="Les rapports de fichiers.")
def checks() -> None:
    """Les rapports de fichiers : comment ils sont lus, ce que dit leur schéma."""


@checks.command()
@click.option("--resource", "resource_id", help="Identifiant d'un fichier.")
@click.option("--all-missing", is_flag=True, help="Tous les fichiers sans rapport, ou au rapport interrompu.")
@click.option("--schema", default=None, help="auto, none, ou le nom d'un schéma de table.")
def run(resource_id: str | None, all_missing: bool, schema: str | None) -> None:
    """Lire et vérifier un fichier, ou tous ceux qui n'ont pas de rapport, sans passer par la file d'attente."""
    if bool(resource_id) == all_missing:
        raise click.UsageError("Donnez --resource IDENTIFIANT ou --all-missing.")
    failed = 0
    for one in [resource_id] if resource_id else _missing():
        try:
            report = _make(str(one), schema)
        except (tk.ObjectNotFound, tk.ValidationError) as error:
            failed += 1
            click.echo(f"{one} : {error}", err=True)
            continue
        errors = f", {report.error_count} erreurs" if report.error_count else ""
        click.echo(f"{one} : {report.state}, schéma {report.schema_name or 'aucun'}{errors}")
    if failed:
        raise click.exceptions.Exit(1)


@checks.command()
@click.argument("resource_id")
def show(resource_id: str) -> None:
    """Afficher le rapport d'un fichier, en JSON."""
    context: Any = {"ignore_auth": True, "user": tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]}
    try:
        report = tk.get_action("ca3b_report_show")(context, {"resource_id": resource_id})
    except tk.ObjectNotFound as error:
        click.echo(f"{resource_id} : ce fichier n'existe pas ou n'a pas de rapport.", err=True)
        raise click.exceptions.Exit(1) from error
    click.echo(json.dumps(report, ensure_ascii=False, indent=2))


def _make(resource_id: str, schema: str | None) -> Any:
    """Make the report of a file in this process, or wait for the one that another process makes."""
    resource = resources.show(resource_id)
    if resource["url_type"] != "upload":
        raise tk.ValidationError({"resource_id": ["ce fichier n'est pas gardé par le portail"]})
    report = actions.prepared(resource, {}, actions.schema_name(schema or store.chosen_schema(resource_id)))
    while not store.is_settled(report):
        jobs.run(report.id)
        report = store.get(report.id)
        if report is None:
            raise tk.ObjectNotFound(resource_id)
        if not store.is_settled(report):
            time.sleep(1)
    return report


def _missing() -> list[str]:
    """Return the files kept here whose present bytes have no finished report by this version of the analysis."""
    query = model.Session.query(model.Resource.id, model.Resource.hash).filter(
        model.Resource.state == model.State.ACTIVE, model.Resource.url_type == "upload"
    )
    found = []
    for id_, sha256 in query.all():
        report = store.current(id_, sha256) if sha256 else None
        if report is None or not store.is_settled(report) or report.engine != analysis.ENGINE:
            found.append(id_)
    return found
