"""What every page of harvesting needs: the blueprint, actions called as the visitor, pages of a list."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types
from ckan.lib.pagination import Page
from flask import Blueprint, Response

pages = Blueprint("ca3b_harvest", __name__, url_prefix="/moissonnage")

#: Rows of a report on one page.
LIMIT = 50


@pages.after_request
def private(response: Response) -> Response:
    """Keep the pages out of caches, of search engines and of the addresses that other sites are told."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def context() -> types.Context:
    """Return the context of an action called as the visitor."""
    return types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)


def sign_in_first() -> Any:
    """Return the way to the form of sign-in for a visitor, None for an account."""
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.request.full_path.rstrip("?"))
    return None


def act(action: str, data_dict: dict[str, Any] | None = None) -> Any:
    """Call an action as the visitor; 403 and 404 end the request.

    :raises tk.ValidationError: what the action refuses.
    """
    try:
        return tk.get_action(action)(context(), data_dict or {})
    except tk.NotAuthorized:
        return tk.abort(403, tk._("Only the operator of the portal may do this."))
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("This source or this run does not exist any more."))


def gesture(action: str, data_dict: dict[str, Any], done: str) -> None:
    """Call an action as the visitor, and have the next page say that it is done, or why it is refused."""
    try:
        act(action, data_dict)
    except tk.ValidationError as error:
        tk.h.flash_error(sentence(error))
    else:
        tk.h.flash_success(done)


def said(error: tk.ValidationError) -> dict[str, list[str]]:
    """Return what an action refused, sentences by field."""
    found: dict[str, Any] = error.error_dict
    return {name: [str(one) for one in _flat(messages)] for name, messages in found.items()}


def sentence(error: tk.ValidationError) -> str:
    """Return what an action refused, in one paragraph."""
    return " ".join(one for messages in said(error).values() for one in messages)


def page_number() -> int:
    """Return the page of the list that is asked for, 1 when it is no number."""
    asked = tk.request.args.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1


def pager(count: int, number: int, endpoint: str, given: dict[str, Any]) -> Any:
    """Return the links to the other pages of a list of ``count`` rows."""

    def address(page: int, **_kwargs: Any) -> str:
        return tk.url_for(endpoint, **given, page=page) + "#jeux"

    found = Page(range(count), page=number, item_count=count, items_per_page=LIMIT, url=address)
    return tk.h.ca3b_pager(found)


def _flat(messages: Any) -> list[Any]:
    if isinstance(messages, dict):
        return [one for each in messages.values() for one in _flat(each)]
    if isinstance(messages, (list, tuple)):
        return [one for each in messages for one in _flat(each)]
    return [messages]
