"""``plan``, ``run``, ``confirm``, ``cancel``, ``tick``, ``status``: the runs."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import click

from ckanext.ca3b.harvesting import engine, reports, schedule
from ckanext.ca3b.harvesting.model import ACTIVE, DRAFT, RUNNING
from ckanext.ca3b.harvesting.store import runs, sources

from .common import FAILED, STATUS, act, as_json, run_of, site_user, source_of, told

if TYPE_CHECKING:
    from ckanext.ca3b.harvesting.model import RunRow, SourceRow

#: Seconds between two looks at a run that another process does.
_LOOK = 1.0
#: Records of a plan that are told in full.
_SHOWN = 50


@click.command(short_help="Dit ce qu'un moissonnage changerait, sans rien écrire.")
@click.argument("name", metavar="NOM")
@as_json
def plan(name: str, form: str) -> None:
    """Lit le catalogue d'une source et dit ce qui serait ajouté, modifié ou retiré. Rien n'est écrit."""
    run = _in_the_foreground(source_of(name), only_plan=True)
    if form == "json":
        _echo_document(run)
    else:
        click.echo(told(run))
        _echo_changes(run)
    _exit([run])


@click.command(short_help="Moissonne des sources.")
@click.argument("names", nargs=-1, metavar="[NOM]...")
@click.option("--all", "everything", is_flag=True, help="Toutes les sources actives.")
@click.option("--now", is_flag=True, help="Ici même et tout de suite, sans ouvrier ; attend la fin.")
def run(names: tuple[str, ...], everything: bool, now: bool) -> None:
    """Moissonne les sources nommées, ou toutes : par les tâches de fond, ou ici même avec --now."""
    if bool(names) == everything:
        raise click.UsageError("Donnez des NOMS de sources, ou --all.")
    chosen = [source_of(name) for name in names] or [one for one in sources.listed() if one.state == ACTIVE]
    done = []
    for source in chosen:
        if now:
            _refuse_draft(source)
            found = _in_the_foreground(source, only_plan=False)
            done.append(found)
            click.echo(f"{source.name} : {told(found)}")
        else:
            act("ca3b_harvest_run_start", {"id": source.id, "cause": "cli"})
            click.echo(f"{source.name} : confiée aux tâches de fond.")
    _exit(done)


@click.command(short_help="Confirme un moissonnage retenu.")
@click.argument("name", metavar="NOM|IDENTIFIANT")
@click.option("--now", is_flag=True, help="L'applique ici même ; attend la fin.")
def confirm(name: str, now: bool) -> None:
    """Applique un moissonnage que le garde-fou a arrêté, après que quelqu'un a regardé son plan."""
    found = run_of(name)
    act("ca3b_harvest_run_confirm", {"id": found.id})
    if not now:
        click.echo("Confirmé : il s'applique en tâche de fond.")
        return
    ended = _worked(found.id)
    click.echo(told(ended))
    _exit([ended])


@click.command(short_help="Annule un moissonnage.")
@click.argument("name", metavar="NOM|IDENTIFIANT")
def cancel(name: str) -> None:
    """Annule un moissonnage qui attend ou qui est en cours ; ce qui est écrit le reste."""
    act("ca3b_harvest_run_cancel", {"id": run_of(name).id})
    click.echo("Annulé.")


@click.command(short_help="Lance ce qui est dû (pour cron).")
def tick() -> None:
    """Lance les moissonnages dus, reprend ceux qui se sont perdus, envoie le courriel du jour s'il y a lieu."""
    started = schedule.tick()
    click.echo(reports.words.counted(started, "moissonnage lancé.", "moissonnages lancés."))


@click.command(short_help="Dit où en est chaque source, et ce qui demande quelqu'un.")
@click.option("--check", is_flag=True, help="Rend 1 si quelque chose demande quelqu'un (pour une surveillance).")
@as_json
def status(check: bool, form: str) -> None:
    """Dit où en est chaque source, ce qui demande quelqu'un d'abord."""
    board = act("ca3b_harvest_board", {})
    if form == "json":
        click.echo(json.dumps(board, ensure_ascii=False, default=str))
    else:
        for one in board:
            last: Any = one.get("last_run")
            said = reports.run_sentence(last) if last else "Jamais moissonnée."
            click.echo(f"{one['name']} ({reports.SOURCE_STATES.get(one['state'], one['state'])}) : {said}")
            for need in one.get("needs") or []:
                if need["message"] != said:
                    click.echo(f"  ! {need['message']}")
        if not board:
            click.echo("Aucune source : ckan ca3b harvest add ADRESSE.")
    if check and any(need["code"] in reports.PRESSING for one in board for need in one.get("needs") or []):
        raise click.exceptions.Exit(FAILED)


def _refuse_draft(source: SourceRow) -> None:
    if source.state == DRAFT:
        raise click.ClickException(
            f"« {source.name} » est un brouillon. Voyez son plan (ckan ca3b harvest plan {source.name}), puis"
            f" approuvez-la (ckan ca3b harvest approve {source.name})."
        )


def _in_the_foreground(source: SourceRow, *, only_plan: bool) -> RunRow:
    """Run a source in this process; wait for the one that goes on already."""
    try:
        found = engine.start(source.id, "cli", only_plan, user=site_user(), enqueue=False)
    except engine.BusyError as busy:
        raise click.ClickException(
            f"Un moissonnage de « {source.name} » est déjà en cours : attendez sa fin ou annulez-le"
            f" (ckan ca3b harvest cancel {busy.run.id})."
        ) from busy
    return _worked(found.id)


def _worked(run_id: str) -> RunRow:
    """Do a run here, or wait for the worker that took it before; return it as it ended."""
    engine.run(run_id)
    while True:
        found = runs.get(run_id)
        if found is None:
            raise click.ClickException("Ce moissonnage n'existe plus : sa source a été supprimée.")
        if found.state not in RUNNING:
            return found
        time.sleep(_LOOK)
        engine.run(run_id)


def _echo_document(run: RunRow) -> None:
    for piece in reports.json_lines(run, reports.rows(run.id)):
        click.echo(piece, nl=False)


def _echo_changes(run: RunRow) -> None:
    shown = 0
    for row in reports.rows(run.id):
        if row["verdict"] in {"unchanged", ""}:
            continue
        shown += 1
        if shown > _SHOWN:
            click.echo(f"… la suite : ckan ca3b harvest report {run.id} --format csv")
            return
        click.echo(f"\n{reports.verdict_label(row)} : {row['title'] or row['identifier']}")
        click.echo(f"  {reports.sentence(row)}")
        for one in reports.changed(row):
            click.echo(f"    {one['label']} : « {one['before']} » → « {one['after']} »")


def _exit(done: list[RunRow]) -> None:
    """End with the gravest status of some runs: one that failed before one that waits."""
    found = {STATUS[one.state] for one in done if one.state in STATUS}
    if found:
        raise click.exceptions.Exit(min(found))


COMMANDS = (plan, run, status, confirm, cancel, tick)
