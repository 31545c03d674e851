"""What the commands share: actions called as the portal, refusals in one sentence, what a name means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
import click

from ckanext.ca3b.harvesting import refusals, reports
from ckanext.ca3b.harvesting.store import runs, sources

if TYPE_CHECKING:
    from ckanext.ca3b.harvesting.model import RunRow, SourceRow

FAILED, WAITS = 1, 3
#: Exit status by the state in which a run ended; 0 for the others.
STATUS = {"failed": FAILED, "interrupted": FAILED, "held": WAITS}

as_json = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Texte, ou JSON pour un programme."
)


def site_user() -> str:
    """Return the account of the portal itself, which the commands act as."""
    return tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]


def act(action: str, data: dict[str, Any]) -> Any:
    """Call an action as the portal.

    :raises click.ClickException: the action refuses, in one French sentence.
    """
    try:
        return tk.get_action(action)({"user": site_user(), "ignore_auth": True}, data)
    except tk.ValidationError as error:
        raise click.ClickException(refusals.sentence(error)) from error
    except tk.ObjectNotFound as error:
        raise click.ClickException(str(error) or "Introuvable.") from error


def source_of(name: str) -> SourceRow:
    """Return the source of a name or an id.

    :raises click.ClickException: there is none.
    """
    found = sources.find(name)
    if found is None:
        raise click.ClickException(
            f"Aucune source ne s'appelle « {name} » : « ckan ca3b harvest list » donne leurs noms."
        )
    return found


def run_of(name: str) -> RunRow:
    """Return the run of an id, or the last one of the source of a name.

    :raises click.ClickException: there is none.
    """
    if (run := runs.get(name)) is not None:
        return run
    found = runs.of_source(source_of(name).id, limit=1)
    if not found:
        raise click.ClickException(f"« {name} » n'a encore aucun moissonnage : « ckan ca3b harvest plan {name} ».")
    return found[0]


def told(run: RunRow) -> str:
    """Return a run in a few lines."""
    found = reports.summary(run)
    lines = [f"{found.state_label} : {found.headline}", *found.sentences]
    lines += [f"  {one.number:>6}  {one.label}" for one in found.counts]
    return "\n".join([*lines, *([found.todo] if found.todo else [])])
