"""What CKAN must know of a table: that the resource has one, its view, one update of the search index."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib import search
from sqlalchemy.orm.attributes import flag_modified

VIEW = "ca3b_table"
# Stored with the view, like what a clerk would write there.
TITLE = "Tableau"
# A file that has a map shows it first, whichever of the two was ready first.
_BEFORE = frozenset({"ca3b_map"})


def show(resource_id: str) -> None:
    """Say that a resource has a table, and give it its view, before the others but that of a map."""
    changed = _flag(resource_id, active=True)
    context = _context()
    views = tk.get_action("resource_view_list")(context, {"id": resource_id})
    if not any(view["view_type"] == VIEW for view in views):
        title = {"resource_id": resource_id, "view_type": VIEW, "title": TITLE}
        made = tk.get_action("resource_view_create")(_context(), title)
        if views:
            first = [view["id"] for view in views if view["view_type"] in _BEFORE]
            order = [*first, made["id"], *(view["id"] for view in views if view["id"] not in first)]
            tk.get_action("resource_view_reorder")(_context(), {"id": resource_id, "order": order})
    if changed:
        _reindex(resource_id)


def hide(resource_id: str) -> None:
    """Say that a resource has no table any more."""
    changed = _flag(resource_id, active=False)
    for view in tk.get_action("resource_view_list")(_context(), {"id": resource_id}):
        if view["view_type"] == VIEW:
            tk.get_action("resource_view_delete")(_context(), {"id": view["id"]})
    if changed:
        _reindex(resource_id)


def _flag(resource_id: str, *, active: bool) -> bool:
    """Write ``datastore_active`` alone: a patch of the resource would put a change nobody made in the activity."""
    row = model.Session.query(model.Resource).filter_by(id=resource_id).with_for_update().populate_existing().first()
    if row is None or bool((row.extras or {}).get("datastore_active")) == active:
        model.Session.rollback()
        return False
    row.extras = {**(row.extras or {}), "datastore_active": active}
    flag_modified(row, "extras")
    model.Session.commit()
    return True


def _reindex(resource_id: str) -> None:
    resource = model.Resource.get(resource_id)
    if resource is not None and resource.package_id:
        search.rebuild(resource.package_id)


def _context() -> Any:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
    return {"ignore_auth": True, "user": user["name"]}
