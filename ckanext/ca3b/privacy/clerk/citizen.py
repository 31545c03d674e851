"""The form by which anybody tells that a file shows personal data."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types
from flask import Blueprint

from ckanext.ca3b.privacy import config

from . import alerts

citizen = Blueprint("ca3b_rgpd_citizen", __name__)

_HERE = "/fichiers/<resource_id>/signaler"
#: A field that people do not see; programs fill it.
TRAP = "website"


@citizen.route(_HERE, endpoint="form")
def form(resource_id: str) -> Any:
    """Show the form."""
    return _page(_dataset(resource_id), resource_id, {}, {})


@citizen.route(_HERE, endpoint="send", methods=["POST"])
def send(resource_id: str) -> Any:
    """Take a report, unless a program sends it."""
    dataset = _dataset(resource_id)
    given = {name: tk.request.form.get(name, "").strip() for name in ("message", "contact")}
    if tk.request.form.get(TRAP):
        return tk.redirect_to("ca3b_rgpd_citizen.thanks", resource_id=resource_id)
    try:
        tk.get_action("ca3b_alert_create")(_context(), {**given, "resource_id": resource_id})
    except tk.ValidationError as error:
        status = HTTPStatus.TOO_MANY_REQUESTS if alerts.LIMIT in error.error_dict else HTTPStatus.BAD_REQUEST
        return _page(dataset, resource_id, given, error.error_dict), status
    return tk.redirect_to("ca3b_rgpd_citizen.thanks", resource_id=resource_id)


@citizen.route(f"{_HERE}/merci", endpoint="thanks")
def thanks(resource_id: str) -> Any:
    """Thank, and say what happens next."""
    dataset = _dataset(resource_id)
    return tk.render("ca3b/privacy/clerk/thanks.html", {"dataset": dataset, "mailbox": _mailbox()})


def _page(dataset: dict[str, Any], resource_id: str, given: dict[str, Any], errors: dict[str, Any]) -> str:
    resource = next((one for one in dataset["resources"] if one["id"] == resource_id), None)
    if resource is None:
        return tk.abort(404, tk._("This file does not exist any more"))
    extra = {
        "dataset": dataset,
        "pkg_dict": dataset,
        "resource": resource,
        "given": given,
        "errors": errors,
        "mailbox": _mailbox(),
        "trap": TRAP,
    }
    return tk.render("ca3b/privacy/clerk/report_form.html", extra)


def _dataset(resource_id: str) -> dict[str, Any]:
    """Return the dataset of a file that the visitor may see; 404 ends the request otherwise."""
    resource = model.Resource.get(resource_id)
    if resource is None or resource.state != model.State.ACTIVE:
        return tk.abort(404, tk._("This file does not exist any more"))
    try:
        return tk.get_action("package_show")(_context(), {"id": resource.package_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return tk.abort(404, tk._("This file does not exist any more"))


def _mailbox() -> str:
    return config.contact() or tk.h.ca3b_contact_email()


def _context() -> types.Context:
    return types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)
