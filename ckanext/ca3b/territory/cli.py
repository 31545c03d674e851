"""``ckan ca3b territory``: the organisations of the agglomeration and its communes."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import click


@click.group(short_help="Agglomération et communes.")
def territory() -> None:
    """Agglomération et communes du portail."""


@territory.command()
def load() -> None:
    """Créer ou mettre à jour une organisation par commune, et celle de l'agglomération.

    L'agglomération est celle du réglage ckanext.ca3b.epci. Relancer la commande ne change rien ;
    les descriptions, logos et contacts saisis sur le portail ne sont jamais modifiés.
    """
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    try:
        report = tk.get_action("ca3b_territory_load")({"user": user, "ignore_auth": True}, {})
    except tk.ValidationError as error:
        messages = [f"{field} : {_text(problem)}" for field, problem in error.error_dict.items()]
        raise click.ClickException("\n".join(messages)) from None
    click.echo(
        f"Organisations créées : {len(report['created'])}, mises à jour : {len(report['updated'])}, "
        f"inchangées : {len(report['unchanged'])}."
    )
    if report["deleted"]:
        click.echo(f"Supprimées sur le portail, laissées ainsi : {', '.join(report['deleted'])}.")
    if report["former"]:
        click.echo(f"Communes du portail qui ne sont pas membres : {', '.join(report['former'])}.")


def _text(problem: object) -> str:
    return " ".join(str(item) for item in problem) if isinstance(problem, list) else str(problem)
