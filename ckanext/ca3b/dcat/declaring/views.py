"""The pages « Faire reprendre ce catalogue par data.gouv.fr »."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types
from flask import Blueprint

from . import readiness

declaring = Blueprint("ca3b_declaring", __name__)


@declaring.route("/catalogue/declarer", endpoint="index")
def index() -> Any:
    """Choose the organisation; who belongs to a single one goes straight to its page."""
    refused = _refused({})
    if refused is not None:
        return refused
    mine = tk.get_action("organization_list_for_user")(_context(), {"permission": "read"})
    if len(mine) == 1:
        return tk.redirect_to("ca3b_declaring.show", name=mine[0]["name"])
    return tk.render("ca3b/declaring/index.html", {"organizations": mine})


@declaring.route("/catalogue/declarer/<name>", endpoint="show")
def show(name: str) -> Any:
    """Give the address to paste, the steps, and what stands in the way."""
    found = model.Group.get(name)
    if found is None or not found.is_organization or found.state != model.State.ACTIVE:
        return tk.abort(404, tk._("There is no such organisation on this portal."))
    refused = _refused({"id": found.id})
    if refused is not None:
        return refused
    return tk.render(
        "ca3b/declaring/show.html",
        {
            "organization": found,
            "addresses": readiness.addresses(found.name),
            "readiness": readiness.readiness(found.name, _context()),
        },
    )


def _refused(data: dict[str, Any]) -> Any:
    """Return None for who may see the page; else lead a visitor to sign in, and refuse the others."""
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.request.full_path.rstrip("?"))
    try:
        tk.check_access("ca3b_declaring_show", _context(), data)
    except tk.NotAuthorized as refused:
        return tk.abort(403, refused.message or "")
    return None


def _context() -> types.Context:
    return types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)
