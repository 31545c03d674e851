"""The map as a view of CKAN's page of a file: made by the portal, and the first one."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

VIEW = "ca3b_map"
# Stored with the view, like what a clerk would write there.
TITLE = "Carte"


def show(resource_id: str) -> None:
    """Give a resource its map view, before the others; what a clerk did with the views since then stays."""
    views = tk.get_action("resource_view_list")(_context(), {"id": resource_id})
    if any(view["view_type"] == VIEW for view in views):
        return
    made = tk.get_action("resource_view_create")(
        _context(), {"resource_id": resource_id, "view_type": VIEW, "title": TITLE}
    )
    if views:
        order = [made["id"], *(view["id"] for view in views)]
        tk.get_action("resource_view_reorder")(_context(), {"id": resource_id, "order": order})


def hide(resource_id: str) -> None:
    """Take the map view of a resource away."""
    try:
        views = tk.get_action("resource_view_list")(_context(), {"id": resource_id})
    except tk.ObjectNotFound:
        return
    for view in views:
        if view["view_type"] == VIEW:
            tk.get_action("resource_view_delete")(_context(), {"id": view["id"]})


def _context() -> Any:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
    return {"ignore_auth": True, "user": user["name"]}
