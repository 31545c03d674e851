"""The pages of obligations: the whole territory, one organisation, and both as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins as p
import ckan.plugins.toolkit as tk
from ckan import model, types
from flask import Blueprint, Response, current_app, jsonify

from ckanext.ca3b.territory.core import TerritoryError

from . import actions, board, exports
from .core import STATES, Line

if TYPE_CHECKING:
    from collections.abc import Callable

pages = Blueprint("ca3b_obligations", __name__)


def blueprints() -> list[Blueprint]:
    """Return the pages."""
    return [pages]


@pages.route("/obligations", endpoint="index", strict_slashes=False)
def index() -> Any:
    """Show one line per commune; who belongs to a single one goes straight to its page."""
    seen = _allowed("ca3b_obligations_list", {})
    if seen is not None:
        return seen
    found = _known(_board)
    if len(found.lines) == 1 and actions.visible(_context()) is not None:
        return tk.redirect_to("ca3b_obligations.show", name=found.lines[0].body.name)
    chosen = {"state": tk.request.args.get("etat", ""), "duty": tk.request.args.get("obligation", "")}
    return tk.render(
        "ca3b/obligations/index.html",
        {"board": found, "lines": _filtered(found.lines, **chosen), "states": STATES, "chosen": chosen},
    )


@pages.route("/obligations.csv", endpoint="index_csv")
def index_csv() -> Any:
    """Give the lines of the dashboard as CSV, one row per body and duty."""
    return _allowed("ca3b_obligations_list", {}) or _csv(_known(_board).lines, "obligations.csv")


@pages.route("/obligations.json", endpoint="index_json")
def index_json() -> Any:
    """Give the lines of the dashboard as JSON."""
    return _allowed("ca3b_obligations_list", {}) or jsonify([exports.as_dict(one) for one in _known(_board).lines])


@pages.route("/obligations/<name>", endpoint="show")
def show(name: str) -> Any:
    """Show the duties of one organisation, worst first."""
    line = _line(name)
    if not isinstance(line, Line):
        return line
    return tk.render(
        "ca3b/obligations/show.html",
        {
            "line": line,
            "day": board.today(),
            "models": p.plugin_loaded("ca3b_checks"),
            "catalogue_csv": _address("ca3b_listing.organization", name=name),
            "declaring": _address("ca3b_declaring.show", name=name),
        },
    )


@pages.route("/obligations/<name>/obligations.csv", endpoint="show_csv")
def show_csv(name: str) -> Any:
    """Give the duties of one organisation as CSV."""
    line = _line(name)
    return _csv([line], f"obligations-{name}.csv") if isinstance(line, Line) else line


@pages.route("/obligations/<name>/obligations.json", endpoint="show_json")
def show_json(name: str) -> Any:
    """Give the duties of one organisation as JSON."""
    line = _line(name)
    return jsonify(exports.as_dict(line)) if isinstance(line, Line) else line


def _line(name: str) -> Any:
    """Return the line of an organisation, or the answer for who may not see it."""
    found = model.Group.get(name)
    if found is None or not found.is_organization or found.state != model.State.ACTIVE:
        return tk.abort(404, tk._("There is no such organisation on this portal."))
    seen = _allowed("ca3b_obligations_show", {"id": found.id})
    if seen is not None:
        return seen
    line = _known(lambda: board.line(found.id))
    return line or tk.abort(404, tk._("This page is about communes and agglomerations only."))


def _allowed(action: str, data: dict[str, Any]) -> Any:
    """Return None for who may see the page; else lead a visitor to sign in, and refuse the others."""
    try:
        tk.check_access(action, _context(), data)
    except tk.NotAuthorized as refused:
        if tk.current_user.is_anonymous:
            return tk.redirect_to("user.login", came_from=tk.request.full_path.rstrip("?"))
        return tk.abort(403, refused.message or "")
    return None


def _board() -> board.Board:
    return board.board(actions.visible(_context()))


def _known(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except TerritoryError as error:
        return tk.abort(503, str(error))


def _address(endpoint: str, **values: Any) -> str:
    """Return the address of a page that another plugin brings, '' without it."""
    return tk.url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


def _filtered(lines: tuple[Line, ...], state: str, duty: str) -> list[Line]:
    """Keep the lines that have a duty (``duty`` when it is chosen) in this state."""
    if state not in STATES:
        return list(lines)
    return [
        line for line in lines if any(one.state == state and (not duty or one.rule.code == duty) for one in line.duties)
    ]


def _csv(lines: Any, name: str) -> Response:
    # The mark tells spreadsheets that the file is in UTF-8: people open this one.
    answer = Response("\ufeff" + exports.rows(lines), mimetype="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


def _context() -> types.Context:
    return types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)
