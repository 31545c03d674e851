"""What happens to datasets, organisations and the gate, and what it means for the catalogue."""

from __future__ import annotations

import logging
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from . import jobs

log = logging.getLogger(__name__)

ACTIONS = (
    "package_create", "package_update", "package_patch", "package_revise", "package_delete", "dataset_purge",
    "resource_create", "resource_update", "resource_patch", "resource_delete", "bulk_update_private",
    "bulk_update_public", "bulk_update_delete", "package_owner_org_update",
)  # fmt: skip


def changed(_action: str, *, context: Any = None, data_dict: Any = None, result: Any = None, **_: Any) -> None:
    """Follow the change of a dataset; a receiver of CKAN's signal of actions that succeeded."""
    if context and context.get("defer_commit"):
        return  # nothing is committed yet: whoever commits tells it
    try:
        ids = set(_ids(data_dict, result))
        if ids:
            jobs.follow(ids)
    except Exception:  # whoever listens undoes nothing of what was done
        log.exception("The catalogue could not follow a change")


def written(_sender: str, *, dataset_ids: list[str], **_: Any) -> None:
    """Follow datasets that were written together; a receiver of the signal ``ca3b:datasets_written``."""
    jobs.follow(dataset_ids)


def gate_changed(resource_id: str, **_: Any) -> None:
    """Follow the opening and the closing of a file; a receiver of the signal ``ca3b:gate_changed``."""
    resource = model.Resource.get(resource_id)
    if resource is not None and resource.package_id:
        jobs.follow([resource.package_id])


def signals() -> dict[Any, list[Any]]:
    """Return the receivers of each signal, as ``ISignal`` wants them."""
    return {
        tk.signals.action_succeeded: [{"sender": name, "receiver": changed} for name in ACTIONS],
        tk.signals.ckanext.signal("ca3b:gate_changed"): [{"receiver": gate_changed}],
        tk.signals.ckanext.signal("ca3b:datasets_written"): [{"receiver": written}],
    }


def _ids(given: Any, result: Any) -> list[str]:
    found: list[str] = []
    for one in (result, given):
        if isinstance(one, dict):
            package = one.get("package")
            inner = package if isinstance(package, dict) else one
            found += [str(inner[name]) for name in ("package_id", "id") if inner.get(name)]
            found += [str(each) for each in one.get("datasets") or () if isinstance(each, str)]
    known = (model.Package.get(one) for one in found)
    return [one.id for one in known if one is not None]
