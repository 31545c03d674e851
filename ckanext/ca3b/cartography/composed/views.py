"""The pages of composed maps: the list, one map, the same to embed, and its form."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types
from flask import Blueprint, Response, make_response

from ckanext.ca3b.cartography import client, config

from . import candidates, forms, layers, schema, store
from .model import DRAFT

composed = Blueprint("ca3b_composed", __name__)


@composed.route("/cartes", endpoint="index")
def index() -> str:
    """List the maps."""
    found = tk.get_action("ca3b_composed_map_list")(_context(), {})
    extra = {
        "maps": found,
        "producers": store.titles(one["owner_org"] for one in found),
        "may_create": _may("ca3b_composed_map_create", {}),
    }
    return tk.render("ca3b/composed/index.html", extra)


@composed.route("/cartes/<name>", endpoint="read")
def read(name: str) -> str:
    """Show one map with its text, and what it is made of."""
    return tk.render("ca3b/composed/read.html", _page(_shown(name)))


@composed.route("/cartes/<name>/integrer", endpoint="embed")
def embed(name: str) -> Response:
    """Show one map alone, to be put in another site."""
    answer = make_response(tk.render("ca3b/composed/embed.html", _page(_shown(name))))
    answer.headers.pop("X-Frame-Options", None)
    answer.headers["Content-Security-Policy"] = "frame-ancestors *"
    return answer


@composed.route("/cartes/nouvelle", endpoint="new", methods=["GET", "POST"])
def new() -> Any:
    """Make a map; ``fichier`` names a file that is its first layer."""
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.url_for("ca3b_composed.new", **tk.request.args))
    if not _may("ca3b_composed_map_create", {}):
        return tk.abort(403, tk._("Only the people who publish for a producer make maps."))
    if tk.request.method == "POST":
        return _answer(None)
    first = tk.request.args.get("fichier", "")
    begun = [{"resource_id": first, "layer": "0", "visible": True, "opacity": "1"}] if first else []
    return _form(None, {"title": "", "notes": "", "state": DRAFT, "layers": begun})


@composed.route("/cartes/<name>/modifier", endpoint="edit", methods=["GET", "POST"])
def edit(name: str) -> Any:
    """Change a map."""
    if tk.current_user.is_anonymous:
        return tk.redirect_to("user.login", came_from=tk.url_for("ca3b_composed.edit", name=name))
    found = _shown(name)
    if not _may("ca3b_composed_map_update", {"id": found["id"]}):
        return tk.abort(403, tk._("Only the people who publish for this producer change its maps."))
    return _answer(found) if tk.request.method == "POST" else _form(found, found)


@composed.route("/cartes/<name>/supprimer", endpoint="delete", methods=["POST"])
def delete(name: str) -> Any:
    """Forget a map."""
    try:
        tk.get_action("ca3b_composed_map_delete")(_context(), {"id": name})
    except tk.NotAuthorized:
        return tk.abort(403, tk._("Only the people who publish for this producer change its maps."))
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("This map does not exist any more"))
    tk.h.flash_success(tk._("The map is deleted; the files that it showed stay."))
    return tk.redirect_to("ca3b_composed.index")


def _answer(found: dict[str, Any] | None) -> Any:
    """Do what the button of the form asks."""
    facts, button = forms.given(tk.request.form), forms.asked(tk.request.form)
    if button.kind != "save":
        after, said = forms.changed(facts, button)
        return _form(found, after, said=said)
    action = "ca3b_composed_map_update" if found else "ca3b_composed_map_create"
    try:
        saved = tk.get_action(action)(_context(), {**facts, **({"id": found["id"]} if found else {})})
    except tk.ValidationError as error:
        return _form(found, facts, error.error_dict), HTTPStatus.BAD_REQUEST
    except tk.NotAuthorized:
        return tk.abort(403, tk._("Only the people who publish for this producer make its maps"))
    tk.h.flash_success(tk._("The map is saved."))
    return tk.redirect_to("ca3b_composed.read", name=saved["name"])


def _form(
    found: dict[str, Any] | None, facts: dict[str, Any], errors: dict[str, Any] | None = None, said: str = ""
) -> str:
    words = tk.request.form.get("q", "")
    shown = [{**one, **_known(one)} for one in facts["layers"]]
    extra = {
        "found": found,
        "given": facts,
        "layers": shown,
        "errors": errors or {},
        "said": said,
        "q": words,
        "candidates": candidates.find(_context(), words),
        "producers": tk.get_action("organization_list_for_user")(_context(), {"permission": "create_dataset"}),
        "bases": config.base_maps(),
        "max_layers": schema.MAX_LAYERS,
        "client": client.client(),
        "composition": [_drawn({**one, "resource_title": one["shown_title"]}) for one in shown if one["known"]],
    }
    return tk.render("ca3b/composed/form.html", extra)


def _known(layer: dict[str, Any]) -> dict[str, Any]:
    about = candidates.describe(_context(), layer)
    return {
        "shown_title": about["title"],
        "dataset_title": about["dataset_title"],
        "attributes": about["attributes"],
        "known": "resource_id" in about,
    }


def _page(found: dict[str, Any]) -> dict[str, Any]:
    """Return what the page of a map shows."""
    owner = tk.get_action("organization_show")(_context(), {"id": found["owner_org"], "include_dataset_count": False})
    return {
        "found": found,
        "owner": owner,
        "client": client.client(),
        "composition": [_drawn(one) for one in found["layers"]],
        "may_update": _may("ca3b_composed_map_update", {"id": found["id"]}),
    }


def _drawn(layer: dict[str, Any]) -> dict[str, Any]:
    return layers.composition(layer, tk.url_for("ca3b_maps.carte", resource_id=layer["resource_id"]))


def _shown(name: str) -> dict[str, Any]:
    """Return a map that the visitor may see; 403 and 404 end the request."""
    try:
        return tk.get_action("ca3b_composed_map_show")(_context(), {"id": name})
    except tk.NotAuthorized:
        return tk.abort(403, tk._("This map is not published"))
    except tk.ObjectNotFound:
        return tk.abort(404, tk._("This map does not exist any more"))


def _may(action: str, data_dict: dict[str, Any]) -> bool:
    try:
        return tk.check_access(action, _context(), data_dict)
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return False


def _context() -> types.Context:
    return types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)
