"""``ckan ca3b rgpd scan``: have the files scanned that nobody scanned yet."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
import click
from ckan import model

from ckanext.ca3b import files
from ckanext.ca3b.privacy import resources
from ckanext.ca3b.privacy.gate import arrivals
from ckanext.ca3b.privacy.gate import state as gate

from . import jobs, store


@click.command(short_help="Examine les fichiers qui ne l'ont pas été.")
@click.argument("resource_ids", nargs=-1, metavar="[IDENTIFIANT]...")
@click.option("--background", is_flag=True, help="Par les tâches de fond plutôt qu'ici.")
def scan(resource_ids: tuple[str, ...], background: bool) -> None:
    """Examine les fichiers nommés, ou tous ceux que garde le portail et qui n'ont pas été examinés.

    Un fichier déposé avant l'activation du greffon reste fermé au public jusque-là.
    """
    failed = 0
    for one in resource_ids or _unscanned():
        try:
            click.echo(f"{one} : {_scanned(one, background=background)}")
        except (tk.ObjectNotFound, files.MissingFileError) as error:
            failed += 1
            click.echo(f"{one} : {_problem(error)}", err=True)
    if failed:
        raise click.exceptions.Exit(1)


def _scanned(resource_id: str, *, background: bool) -> str:
    resource = _with_checksum(resources.show(resource_id))
    if resource["url_type"] != resources.UPLOAD:
        return "un lien, examiné par les tâches de fond"
    arrivals.forget_lost(resource_id)
    found = jobs.request(resource, background=background)
    if found is not None and not background and not store.is_settled(found):
        jobs.run(found.id)
    return gate.of(resources.show(resource_id)).name


def _with_checksum(resource: dict[str, Any]) -> dict[str, Any]:
    """Return the resource with the checksum of its bytes; files sent before the checks were there have none."""
    if resource["url_type"] != resources.UPLOAD or len(resource["hash"] or "") == 64:
        return resource
    with files.local_copy(resource) as path:
        found = files.digest_of(path)
    resources.write_checksum(resource["id"], found, was=resource["hash"])
    return resources.show(resource["id"])


def _unscanned() -> list[str]:
    """Return the files kept here of which nothing was examined, or whose examination was not finished."""
    query = model.Session.query(model.Resource.id, model.Resource.url_type, model.Resource.hash).filter(
        model.Resource.state == model.State.ACTIVE, model.Resource.url_type == resources.UPLOAD
    )
    rows = [{"id": id_, "url_type": kind, "hash": hash_} for id_, kind, hash_ in query]
    found = gate.among(rows)
    return [one["id"] for one in rows if found[one["id"]].name in {gate.SCANNING, gate.MISSING} or _failed(one)]


def _failed(one: dict[str, Any]) -> bool:
    last = store.current(one["id"], one["hash"])
    return last is not None and last.state == "failed"


def _problem(error: Exception) -> str:
    if isinstance(error, files.MissingFileError):
        return "le fichier n'est plus là où le portail le garde."
    return "ce fichier n'existe pas."
