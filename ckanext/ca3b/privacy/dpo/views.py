"""The pages of the DPO: what waits, one file, the alerts. Nothing of them is kept by a browser or a proxy."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types
from ckan.lib.pagination import Page
from flask import Blueprint, Response

from ckanext.ca3b.privacy import config, model

from . import page, queue, words
from .actions import DEFAULT_LIMIT

dpo = Blueprint("ca3b_dpo", __name__)


@dpo.after_request
def private(response: Response) -> Response:
    """Keep every page of the DPO out of caches and of the addresses that other sites are told."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@dpo.route("/rgpd", endpoint="queue")
def show_queue() -> Any:
    """Show what waits for the DPO, most urgent first."""
    if refused := sign_in_first("ca3b_dpo.queue"):
        return refused
    args = tk.request.args
    number = page_number()
    asked = {name: args.get(name, "") for name in ("state", "organization", "q")}
    asked["state"] = asked["state"] if asked["state"] in queue.STATES else queue.WAITING
    found = act("ca3b_dpo_queue", {**asked, "limit": DEFAULT_LIMIT, "offset": (number - 1) * DEFAULT_LIMIT})
    given = {name: value for name, value in asked.items() if value}
    return tk.render(
        "ca3b/privacy/dpo/queue.html",
        {
            **found,
            "asked": asked,
            "category_words": words.category,
            "reminder_days": config.reminder_days(),
            "state_words": page.states(),
            "open_alerts": act("ca3b_dpo_alerts", {"limit": 1})["count"],
            "pager": pager(found["count"], number, "ca3b_dpo.queue", given),
        },
    )


@dpo.route("/rgpd/fichiers/<resource_id>", endpoint="file")
def show_file(resource_id: str) -> Any:
    """Show what was found in a file, and the form of the decision."""
    if refused := sign_in_first("ca3b_dpo.file", resource_id=resource_id):
        return refused
    return _file(resource_id)


@dpo.route("/rgpd/fichiers/<resource_id>", endpoint="decide", methods=["POST"])
def decide(resource_id: str) -> Any:
    """Sign a decision."""
    form = tk.request.form
    given = {name: form.get(name, "") for name in ("sha256", "kind", "ground", "reason")}
    try:
        act("ca3b_dpo_decide", {"resource_id": resource_id, **given})
    except tk.ValidationError as error:
        return _file(resource_id, errors=error.error_dict, given=given), HTTPStatus.BAD_REQUEST
    tk.h.flash_success(
        {
            model.AUTHORISE: tk._("Your authorisation is signed: the file is open."),
            model.REFUSE: tk._("Your refusal is signed: the file stays closed."),
            model.ASK_TREATMENT: tk._("Your request is signed: the people of the file are told."),
        }[given["kind"]]
    )
    return tk.redirect_to("ca3b_dpo.file", resource_id=resource_id)


@dpo.route("/rgpd/fichiers/<resource_id>/fermer", endpoint="close", methods=["POST"])
def close(resource_id: str) -> Any:
    """Close a file at once."""
    return _closure("ca3b_dpo_close", resource_id, tk._("The file is closed, everywhere."))


@dpo.route("/rgpd/fichiers/<resource_id>/rouvrir", endpoint="reopen", methods=["POST"])
def reopen(resource_id: str) -> Any:
    """Undo a closure."""
    return _closure("ca3b_dpo_reopen", resource_id, tk._("The closure is undone."))


@dpo.route("/rgpd/fichiers/<resource_id>/montrer", endpoint="reveal", methods=["POST"])
def reveal(resource_id: str) -> Any:
    """Show one value on the page that answers, which nobody keeps: it is in no address."""
    form = tk.request.form
    asked = {name: form.get(name, "") for name in ("sha256", "finding", "row")}
    try:
        value = act("ca3b_dpo_reveal", {"resource_id": resource_id, **asked})["value"]
    except tk.ValidationError as error:
        return _file(resource_id, errors=error.error_dict), HTTPStatus.BAD_REQUEST
    return _file(resource_id, shown={"finding": int(asked["finding"]), "row": int(asked["row"]), "value": value})


@dpo.route("/rgpd/alertes", endpoint="alerts")
def show_alerts() -> Any:
    """Show what citizens reported."""
    if refused := sign_in_first("ca3b_dpo.alerts"):
        return refused
    number = page_number()
    state = "closed" if tk.request.args.get("state") == "closed" else "open"
    found = act("ca3b_dpo_alerts", {"state": state, "limit": DEFAULT_LIMIT, "offset": (number - 1) * DEFAULT_LIMIT})
    given = {"state": state} if state == "closed" else {}
    return tk.render(
        "ca3b/privacy/dpo/alerts.html",
        {**found, "state": state, "pager": pager(found["count"], number, "ca3b_dpo.alerts", given)},
    )


@dpo.route("/rgpd/alertes/<alert_id>", endpoint="handle_alert", methods=["POST"])
def handle_alert(alert_id: str) -> Any:
    """Write that an alert was looked at."""
    act("ca3b_dpo_alert_handle", {"id": alert_id})
    tk.h.flash_success(tk._("The alert is filed. How to reach its author is forgotten."))
    return tk.redirect_to("ca3b_dpo.alerts")


def sign_in_first(endpoint: str, **values: Any) -> Any:
    """Return the way to the form of sign-in for a visitor, None for an account; 403 for one that is not the DPO's."""
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.url_for(endpoint, **values))
    return None


def act(action: str, data_dict: dict[str, Any]) -> Any:
    """Call an action as the visitor; 403 and 404 end the request."""
    context = types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)
    try:
        return tk.get_action(action)(context, data_dict)
    except tk.NotAuthorized as refusal:
        return tk.abort(403, str(refusal) or tk._("Only the data protection officer (DPO) may do this."))
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("This file does not exist any more"))


def page_number() -> int:
    """Return the page asked for, 1 when it is no number."""
    asked = tk.request.args.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1


def pager(count: int, number: int, endpoint: str, given: dict[str, Any]) -> Any:
    """Return the links to the other pages of a list."""

    def address(page: int, **_kwargs: Any) -> str:
        return tk.url_for(endpoint, **given, page=page)

    found = Page(range(count), page=number, item_count=count, items_per_page=DEFAULT_LIMIT, url=address)
    return tk.h.ca3b_pager(found)


def _closure(action: str, resource_id: str, done: str) -> Any:
    reason = tk.request.form.get("reason", "")
    try:
        act(action, {"resource_id": resource_id, "reason": reason})
    except tk.ValidationError as error:
        found: dict[str, Any] = error.error_dict
        errors = {"closure": [one for messages in found.values() for one in messages]}
        return _file(resource_id, errors=errors, given={"closure": reason}), HTTPStatus.BAD_REQUEST
    tk.h.flash_success(done)
    return tk.redirect_to("ca3b_dpo.file", resource_id=resource_id)


def _file(
    resource_id: str,
    *,
    errors: dict[str, Any] | None = None,
    given: dict[str, str] | None = None,
    shown: dict[str, Any] | None = None,
) -> str:
    found = act("ca3b_dpo_file_show", {"resource_id": resource_id})
    return tk.render("ca3b/privacy/dpo/file.html", page.of_file(found, errors or {}, given or {}, shown))
