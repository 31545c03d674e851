"""Where a file that business software sends goes: the dataset and the file it replaces, if there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from attrs import frozen
from ckan import model

from . import reports

if TYPE_CHECKING:
    from ckan import types

    from ckanext.ca3b.tables.schemas import TableSchema


@frozen
class Target:
    """An existing dataset and its file; both None for a new dataset."""

    dataset: dict[str, Any] | None = None
    resource: dict[str, Any] | None = None


def named(context: types.Context, dataset_id: str, resource_id: str) -> Target:
    """Return what the caller names, nothing when it names nothing; ValidationError in French when it is not there."""
    if not dataset_id and not resource_id:
        return Target()
    try:
        if resource_id:
            dataset_id = tk.get_action("resource_show")(reports.fresh(context), {"id": resource_id})["package_id"]
        dataset = tk.get_action("package_show")(reports.fresh(context), {"id": dataset_id})
    except tk.ObjectNotFound:
        key = "resource_id" if resource_id else "dataset"
        raise tk.ValidationError({key: [tk._("Nothing is published under this identifier.")]}) from None
    files = dataset["resources"]
    if resource_id:
        return Target(dataset, next(one for one in files if one["id"] == resource_id))
    if len(files) > 1:
        message = tk._("This dataset has several files: say which one to replace with resource_id.")
        raise tk.ValidationError({"resource_id": [message]})
    return Target(dataset, files[0] if files else None)


def known(context: types.Context, owner: str, title: str, schema: TableSchema | None) -> Target:
    """Return what the same producer already publishes with the same schema and title, nothing otherwise."""
    found = model.Session.query(model.Package).filter_by(owner_org=owner, title=title, state=model.State.ACTIVE)
    wanted = schema.name if schema else ""
    for package in found.order_by(model.Package.metadata_created):
        dataset = tk.get_action("package_show")(reports.fresh(context), {"id": package.id})
        for resource in dataset["resources"]:
            if resource.get("url_type") == "upload" and (resource.get("table_schema") or "") == wanted:
                return Target(dataset, resource)
    return Target()
