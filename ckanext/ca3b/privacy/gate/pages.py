"""The page of a file that is not open, in place of any page or download of it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types
from flask import Blueprint, Response, make_response

from ckanext.ca3b.privacy import resources

from . import people, state, words

gate = Blueprint("ca3b_rgpd_gate", __name__)

#: What anybody may ask about a file that is not open: pages that show nothing of what it holds.
ABOUT = frozenset({"ca3b_rgpd_citizen.form", "ca3b_rgpd_citizen.send", "ca3b_rgpd_citizen.thanks"})


@gate.before_app_request
def guard() -> Response | None:
    """Answer with the closed page to whoever asks for a page about a file that is not open to them.

    Whatever the page: one that is added tomorrow is closed too.
    """
    resource_id = (tk.request.view_args or {}).get("resource_id")
    if not resource_id or tk.request.endpoint in ABOUT:
        return None
    resource = model.Resource.get(resource_id)
    if resource is None or not resource.package_id or state.of(resource).open:
        return None
    return None if people.may_pass(_context(), resource.package_id) else _closed(resource)


def checked_again(resource_id: str, **_kwargs: Any) -> None:
    """Refuse a download whose file was replaced since it was allowed; its bytes are held open by now."""
    try:
        resource = resources.show(resource_id)
    except tk.ObjectNotFound:
        return
    if not state.of(resource).open and not people.may_pass(_context(), resource["package_id"]):
        tk.abort(403, words.closed())


def _closed(resource: model.Resource) -> Response | None:
    """Return the closed page, None for those who may not see the dataset either: they get CKAN's own answer."""
    try:
        dataset = tk.get_action("package_show")(_context(), {"id": resource.package_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return None
    shown = next((one for one in dataset["resources"] if one["id"] == resource.id), None)
    if shown is None:
        return None
    page = tk.render(
        "ca3b/privacy/gate/closed.html",
        {"dataset": dataset, "resource": shown, "contacts": words.contacts(dataset)},
    )
    answer = make_response(page, 403)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _context() -> types.Context:
    return types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)
