"""``report``: the report of a run, as text, CSV or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ckanext.ca3b.harvesting import reports

from .common import run_of, told

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command(short_help="Rend compte d'un moissonnage.")
@click.argument("name", metavar="NOM|IDENTIFIANT")
@click.option("--format", "form", type=click.Choice(["text", "csv", "json"]), default="text", help="text, csv ou json.")
@click.option("--verdict", type=click.Choice(list(reports.VERDICTS)), help="Un constat seulement.")
@click.option("--output", type=click.File("w", encoding="utf-8", lazy=True), default="-", help="Fichier à écrire.")
def report(name: str, form: str, verdict: str | None, output: Any) -> None:
    """Rend compte du dernier moissonnage d'une source, ou de celui d'un IDENTIFIANT.

    Pour chaque jeu de données : ce qui s'est passé, pourquoi, où dans le catalogue, comment le corriger.
    """
    run = run_of(name)
    rows = reports.rows(run.id, verdict)
    pieces: Iterator[str]
    if form == "csv":
        pieces = reports.csv_lines(run, rows)
    elif form == "json":
        pieces = reports.json_lines(run, rows)
    else:
        pieces = _text(told(run), run.problems or [], rows)
    for piece in pieces:
        click.echo(piece, nl=False, file=output)


def _text(head: str, problems: list[dict[str, Any]], rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    yield head + "\n"
    for one in map(reports.problem, problems):
        yield f"! {reports.whole(one)}\n"
    for row in rows:
        advice = reports.advice(row)
        if row["verdict"] == "unchanged" and not advice:
            continue
        yield f"\n{reports.verdict_label(row)} : {row['title'] or row['identifier']}\n  {reports.sentence(row)}\n"
        yield f"  Où : {reports.where(row)['text']}\n"
        for one in advice:
            yield f"  ! {reports.whole(one)}\n"


COMMANDS = (report,)
