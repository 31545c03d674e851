"""Every way by which CKAN takes a file in: its SHA-256 is taken before it is stored, its report asked for after.

Both actions of datasets are chained rather than the hooks of resources, which ``package_revise``, ``package_update``
and ``package_create`` never call.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.ca3b import files

from . import actions, repairing, resources, store

if TYPE_CHECKING:
    from ckan.types import Action, Context

log = logging.getLogger(__name__)


@tk.chained_action
def package_create(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Create a dataset; a report is made of each file that comes with it."""
    sent = prepare(context, data_dict)
    return follow(context, up_func(context, data_dict), sent)


@tk.chained_action
def package_update(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Update a dataset; a report is made of each file that comes with it."""
    sent = prepare(context, data_dict)
    return follow(context, up_func(context, data_dict), sent)


def prepare(context: Context, data_dict: dict[str, Any]) -> list[int]:
    """Write the checksum of the files that come in, keep that of the others, and return the places of the former.

    What a caller says of the bytes kept here is not believed: it decides which report is theirs.
    """
    given = data_dict.get("resources")
    sent: list[int] = []
    for place, resource in enumerate(given if isinstance(given, list) else []):
        if not isinstance(resource, dict):
            continue
        if files.is_upload(resource.get("upload")):
            _refuse_replaced(context, resource)
            found = files.digest_of_upload(resource["upload"])
            resource |= {"hash": found.sha256, "hash_algorithm": files.SHA256, "size": found.size}
            resource.pop("table_schema", None)
            sent.append(place)
        elif resource.get("url_type") == "upload":
            _keep(resource)
    return sent


def follow(context: Context, result: Any, sent: list[int]) -> Any:
    """Ask for the reports of the files that came in, once they are stored; whatever happens, the upload stays.

    Returns ``result`` with what the reports wrote on the files.
    """
    if not sent or context.get("defer_commit"):
        return result
    shown = result.get("resources") or [] if isinstance(result, dict) else []
    ids = [one["id"] for one in shown] or _ids(result)
    for place in sent:
        try:
            resource = resources.show(ids[place])
            schema = context.get(repairing.SCHEMA) or store.chosen_schema(resource["id"])
            actions.request(resource, {}, schema)
            if shown:
                _refresh(shown[place])
        except Exception:  # the file is there: its report can be asked for again
            log.exception("No report could be begun for a file of %s", result if not shown else result["id"])
            model.Session.rollback()
    return result


def get_actions() -> dict[str, Any]:
    """Return the chained actions, for ``IActions``."""
    return {"package_create": package_create, "package_update": package_update}


def _keep(resource: dict[str, Any]) -> None:
    """Put back the facts about bytes that do not change, whatever the caller says of them."""
    try:
        stored = resources.show(resource["id"]) if resource.get("id") else {}
    except tk.ObjectNotFound:
        stored = {}
    if stored.get("url_type") != "upload":
        stored = {}
    for name in resources.OWN:
        if stored.get(name):
            resource[name] = stored[name]
        elif resource.get(name):
            resource.pop(name)


def _refuse_replaced(context: Context, resource: dict[str, Any]) -> None:
    expected = context.get(repairing.EXPECTED)
    if expected and resource.get("id") and resources.show(resource["id"])["hash"] != expected:
        raise tk.ValidationError({"file": [tk._("The file was replaced meanwhile: look at its new report.")]})


def _refresh(shown: dict[str, Any]) -> None:
    stored = resources.show(shown["id"])
    shown.update({name: stored.get(name) for name in ("hash", "hash_algorithm", "size")})
    shown.pop("table_schema", None)
    if stored.get("table_schema"):
        shown["table_schema"] = stored["table_schema"]
    if "conforms_to" in shown or stored.get("conforms_to"):
        shown["conforms_to"] = resources.listed(stored.get("conforms_to"))


def _ids(result: Any) -> list[str]:
    package = model.Package.get(result if isinstance(result, str) else result["id"])
    return [one.id for one in package.resources] if package else []
