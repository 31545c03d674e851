"""The pages « Santé du catalogue »: the whole territory, one organisation, and both as files."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types
from ckan.lib.pagination import Page
from flask import Blueprint, Response, stream_with_context

from ckanext.ca3b.dcat import quality

from . import actions, exports, overview

health = Blueprint("ca3b_health", __name__)

#: What the address of a page may ask, and the parameter of the action.
_ASKED = {"manque": "metric", "note": "rating", "hvd": "hvd"}


@health.after_request
def private(response: Response) -> Response:
    """Keep what a page says to somebody out of caches."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


@health.route("/catalogue/sante", endpoint="index")
def index() -> Any:
    """Show the health of all that the visitor may see."""
    return _page("")


@health.route("/catalogue/sante.csv", endpoint="index_csv")
def index_csv() -> Any:
    """Give it as a CSV."""
    return _csv("")


@health.route("/organization/<name>/sante", endpoint="organization")
def organization(name: str) -> Any:
    """Show the health of the datasets of one organisation."""
    return _page(name)


@health.route("/organization/<name>/sante.csv", endpoint="organization_csv")
def organization_csv(name: str) -> Any:
    """Give it as a CSV."""
    return _csv(name)


def _page(name: str) -> Any:
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.request.full_path.rstrip("?"))
    given, number = _given(), _number()
    found = _act({**_filters(given), "organization": name, "offset": (number - 1) * actions.LIMIT})
    if number > 1 and not found["results"]:
        return tk.abort(404, tk._("This page of the list does not exist."))
    definitions = quality.catalogue().definitions()
    return tk.render(
        "ca3b/health/index.html",
        {
            **found,
            "organization": model.Group.get(name) if name else None,
            "asked": given,
            "asked_metric": definitions[given["manque"]] if given["manque"] else None,
            "asked_lack": quality.all_lacks().get(given["hvd"]),
            "ratings": quality.catalogue().ratings,
            "most": sum(one.points for one in definitions.values()),
            "pager": _pager(found["count"], number, name, given),
        },
    )


def _csv(name: str) -> Any:
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.request.path)
    asked = _filters(_given()) | {"organization": name}
    _allowed(asked)
    looked = actions.asked(_context(), asked)
    file = f"sante-{name}.csv" if name else "sante-du-catalogue.csv"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    lines = stream_with_context(exports.lines(overview.every(looked)))
    return Response(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _given() -> dict[str, str]:
    """Return what the address asks; what does not exist is not asked."""
    known = {
        "manque": set(quality.catalogue().definitions()),
        "note": {one.code for one in quality.catalogue().ratings},
        "hvd": {*quality.all_lacks(), "any"},
    }
    asked = {name: tk.request.args.get(name, "") for name in _ASKED}
    return {name: value if value in known[name] else "" for name, value in asked.items()}


def _filters(given: dict[str, str]) -> dict[str, Any]:
    return {_ASKED[name]: value for name, value in given.items()}


def _number() -> int:
    asked = tk.request.args.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 7 else 1


def _act(data_dict: dict[str, Any]) -> dict[str, Any]:
    try:
        return tk.get_action("ca3b_catalogue_health")(_context(), data_dict)
    except tk.NotAuthorized as refusal:
        return tk.abort(403, str(refusal))
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("No organisation of this portal has this name."))


def _allowed(data_dict: dict[str, Any]) -> None:
    if data_dict["organization"] and model.Group.get(data_dict["organization"]) is None:
        tk.abort(404, tk._("No organisation of this portal has this name."))
    try:
        tk.check_access("ca3b_catalogue_health", _context(), data_dict)
    except tk.NotAuthorized as refusal:
        tk.abort(403, str(refusal))


def _context() -> types.Context:
    return types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)


def _pager(count: int, number: int, name: str, given: dict[str, str]) -> Any:
    kept = {key: value for key, value in given.items() if value} | ({"name": name} if name else {})
    endpoint = "ca3b_health.organization" if name else "ca3b_health.index"

    def address(page: int, **_kwargs: Any) -> str:
        return tk.url_for(endpoint, **kept, page=page) + "#jeux"

    found = Page(range(count), page=number, item_count=count, items_per_page=actions.LIMIT, url=address)
    return tk.h.ca3b_pager(found)
