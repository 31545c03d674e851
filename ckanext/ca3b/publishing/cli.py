"""``ckan ca3b publish``: publish a file from the command line, as the API does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ckan.plugins.toolkit as tk
import click
from werkzeug.datastructures import FileStorage

from . import forms


@click.command(short_help="Publier un fichier.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--producer", help="Nom, code INSEE ou SIREN de l'organisme qui publie.")
@click.option("--schema", default="auto", show_default=True, help="Schéma de table ; auto : trouvé ; none : aucun.")
@click.option("--title", help="Titre ; sinon celui du schéma et du producteur.")
@click.option("--dataset", help="Jeu de données dont le fichier est remplacé.")
@click.option("--resource", "resource_id", help="Fichier à remplacer.")
@click.option("--strict", is_flag=True, help="Refuser un fichier qui ne suit pas son schéma.")
@click.option("--user", help="Compte au nom de qui publier ; sinon celui du site.")
@click.pass_context
def publish(context: click.Context, file: Path, user: str | None, **options: Any) -> None:
    """Publier FILE, ou remplacer le fichier déjà publié sous le même titre."""
    name = user or tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    asked = {key: value for key, value in options.items() if value}
    # A page's request says the language of the messages and the address of the portal; here the settings do.
    language = {"CKAN_LANG": tk.config["ckan.locale_default"]}
    request = context.meta["flask_app"].test_request_context(environ_overrides=language)
    with file.open("rb") as stream, request:
        try:
            done = tk.get_action("ca3b_publish")({"user": name}, {**asked, "upload": FileStorage(stream, file.name)})
        except tk.ValidationError as invalid:
            rows: Any = invalid.error_dict.pop("rows", [])
            _print_errors(rows)
            raise click.ClickException(forms.sentence(invalid)) from invalid
        except tk.NotAuthorized as refused:
            raise click.ClickException(f"Le compte « {name} » n'a pas le droit de publier ici.") from refused
    click.echo(_said(done))


def _said(done: dict[str, Any]) -> str:
    verb = "Inchangé" if done["unchanged"] else "Publié" if done["created"] else "Remplacé"
    lines = [f"{verb} : {done['dataset']['title']}", done["dataset"]["url"], done["file"]["url"]]
    verdict = done["report"]["verdict"]
    if verdict and verdict["valid"]:
        lines.append(f"Conforme au schéma « {verdict['title']} ».")
    elif verdict:
        lines.append(f"Ne suit pas le schéma « {verdict['title']} » : {verdict['error_count']} erreurs.")
    elif done["report"]["state"] in {"waiting", "running"}:
        lines.append("La vérification continue en arrière-plan.")
    if not done["file"]["open"]:
        lines.append("Le fichier reste fermé au public : il est encore examiné, ou contient des données personnelles.")
    return "\n".join(lines)


def _print_errors(rows: list[Any]) -> None:
    for row in rows:
        if isinstance(row, dict):
            where = f"ligne {row['line']}, " if row.get("line") else ""
            click.echo(f"{where}{row.get('column') or 'en-tête'} : {row['message']}", err=True)
