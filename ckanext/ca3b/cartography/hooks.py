"""What happens to datasets, files and the gate, and what it means for maps."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import model

from . import jobs, store

if TYPE_CHECKING:
    from ckan.types import Action, Context

log = logging.getLogger(__name__)


@tk.chained_action
def package_create(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Create a dataset; the maps of its files follow if it is published."""
    return _follow(context, up_func(context, data_dict))


@tk.chained_action
def package_update(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Update a dataset; the maps of its files follow."""
    return _follow(context, up_func(context, data_dict))


def gate_changed(resource_id: str, **_kwargs: Any) -> None:
    """Follow the opening and the closing of a file; a receiver of the signal ``ca3b:gate_changed``."""
    jobs.follow(resource_id)


def bytes_forgotten(resource_id: str, *, sha256: str, **_: Any) -> None:
    """Delete the maps of bytes that must be forgotten; a receiver of the signal ``ca3b:bytes_forgotten``."""
    jobs.discard(*(one for one in store.of(resource_id) if one.sha256 == sha256))


@tk.chained_action
def dataset_purge(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Purge a dataset, and the maps of its files once it is gone."""
    package = model.Package.get(data_dict.get("id"))
    mine = store.resources_of(package.id) if package else []
    result = up_func(context, data_dict)
    for resource_id in mine:
        jobs.follow(resource_id)
    return result


def get_actions() -> dict[str, Any]:
    """Return the chained actions, for ``IActions``."""
    return {"package_create": package_create, "package_update": package_update, "dataset_purge": dataset_purge}


def _follow(context: Context, result: Any) -> Any:
    """Look at the maps of all files of a dataset; whatever happens, the dataset is saved."""
    if context.get("defer_commit"):
        return result
    package_id = result["id"] if isinstance(result, dict) else result
    try:
        package = model.Package.get(package_id)
        concerned = [one.id for one in package.resources if one.url_type in {"upload", None, ""}] if package else []
        # Those that have maps too: a file removed from its dataset, or replaced by a link, has none any more.
        for resource_id in dict.fromkeys([*concerned, *store.resources_of(package.id if package else package_id)]):
            jobs.follow(resource_id)
    except Exception:
        log.exception("The maps of %s could not be asked for", package_id)
        model.Session.rollback()
    return result
