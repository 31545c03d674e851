"""What every page of harvesting needs: the blueprint, actions called as the visitor, pages of a list."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import types
from ckan.lib.pagination import Page
from flask import Blueprint, Response

from ckanext.ca3b.harvesting import refusals
from ckanext.ca3b.tables.writing import neutralised

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
        tk.h.flash_error(refusals.sentence(error))
    else:
        tk.h.flash_success(done)


def csv_file(name: str, columns: Iterable[str], rows: Iterable[Sequence[str]]) -> Response:
    """Return a table to download, for French spreadsheets; what they would run as a formula stays a text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(columns)
    writer.writerows([neutralised(value) for value in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    # The mark tells spreadsheets that the file is in UTF-8.
    return Response("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


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
