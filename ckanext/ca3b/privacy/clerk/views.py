"""The addresses of the clerk's page of a file that holds personal data."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types
from flask import Blueprint, Response, jsonify, make_response

from . import advice, choices, pages

clerk = Blueprint("ca3b_rgpd_clerk", __name__)

_HERE = "/bureau/fichiers/<resource_id>/donnees-personnelles"


@clerk.route(_HERE, endpoint="page")
def page(resource_id: str) -> Any:
    """Say what personal data a file shows, and what fixes it."""
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.url_for("ca3b_rgpd_clerk.page", resource_id=resource_id))
    return _private(pages.render(_seen(resource_id)))


@clerk.route(_HERE, endpoint="act", methods=["POST"])
def act(resource_id: str) -> Any:
    """Show what the chosen remedies would give, or apply them."""
    seen = _seen(resource_id)
    chosen = choices.posted(seen.groups, tk.request.form)
    if tk.request.form.get("do") != "apply":
        return _private(pages.render(seen, chosen))
    asked = {
        "resource_id": resource_id,
        "sha256": tk.request.form.get("sha256"),
        "remedies": choices.remedies(seen.groups, chosen),
        "where": chosen.where,
    }
    try:
        done = tk.get_action("ca3b_remedy_apply")(_context(), asked)
    except tk.ValidationError as error:
        return _private(pages.render(seen, chosen, pages.sentences(error))), HTTPStatus.BAD_REQUEST
    tk.h.flash_success(pages.applied_words(done))
    return tk.redirect_to("ca3b_rgpd_clerk.page", resource_id=resource_id)


@clerk.route(f"{_HERE}/avis", endpoint="ask", methods=["POST"])
def ask(resource_id: str) -> Any:
    """Ask the DPO to look at the file: the clerk thinks that it may be published."""
    seen = _seen(resource_id)
    asked = {
        "resource_id": resource_id,
        "sha256": tk.request.form.get("sha256"),
        "ground": tk.request.form.get("ground"),
    }
    try:
        tk.get_action(advice.ACTION)(_context(), asked)
    except tk.ValidationError as error:
        return _private(pages.render(seen, problems=pages.sentences(error))), HTTPStatus.BAD_REQUEST
    tk.h.flash_success(tk._("The DPO is told. The answer will come by e-mail and be shown here."))
    return tk.redirect_to("ca3b_rgpd_clerk.page", resource_id=resource_id)


@clerk.route(f"{_HERE}/etat", endpoint="state")
def state(resource_id: str) -> Response:
    """Say how far the scan is, for the progress bar: ``{state, progress, step}``."""
    gate = _gate(resource_id)
    scan = gate.get("scan") or {}
    working = gate.get("state") == "scanning"
    known = {"waiting": 10, "running": 50}
    facts = {
        "state": (scan.get("state") or "waiting") if working else "done",
        "progress": known.get(scan.get("state") or "waiting", 50) if working else 100,
        "step": tk._("Looking for personal data") if working else "",
    }
    answer = jsonify(facts)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _seen(resource_id: str) -> pages.Seen:
    gate = _gate(resource_id)
    resource = tk.get_action("resource_show")(_context(), {"id": resource_id})
    dataset = tk.get_action("package_show")(_context(), {"id": resource["package_id"]})
    return pages.look(dataset, resource, gate)


def _gate(resource_id: str) -> dict[str, Any]:
    """Return the state of a file; 403 and 404 end the request."""
    try:
        tk.check_access("ca3b_remedy_propose", _context(), {"resource_id": resource_id})
        return tk.get_action("ca3b_gate_show")(_context(), {"resource_id": resource_id})
    except tk.NotAuthorized:
        return tk.abort(403, tk._("Only the people who may replace this file see what it holds."))
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("This file does not exist any more"))


def _private(page_: str) -> Response:
    """Return a page that shows rows of a closed file: nothing on the way keeps it."""
    answer = make_response(page_)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _context() -> types.Context:
    return types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)
