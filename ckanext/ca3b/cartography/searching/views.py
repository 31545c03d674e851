"""The pages of the territory on a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import ckan.plugins.toolkit as tk
from ckan import types
from ckan.lib.pagination import Page
from ckan.lib.search import SearchError
from flask import Blueprint, Response

from ckanext.ca3b.territory import drawings
from ckanext.ca3b.territory import views as territory_views
from ckanext.ca3b.territory.core import TerritoryError
from ckanext.ca3b.territory.current import current

from . import asked, finding, heat, words

if TYPE_CHECKING:
    from ckanext.ca3b.territory.core import Territory

search = Blueprint("ca3b_map_search", __name__)


@search.route("/cartes/recherche", endpoint="search")
def search_page() -> str:
    """Show the datasets that answer, and where they are."""
    territory = _territory()
    question = asked.read(tk.request.args, territory.communes)
    context = types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)
    try:
        count, found = finding.find(context, territory, question)
    except (SearchError, tk.ValidationError):
        return tk.abort(400, tk._("These words cannot be searched: take out the signs that are not letters or digits."))
    parameters = question.parameters()
    page = Page(
        collection=[one.dataset for one in found], page=question.page, item_count=count, items_per_page=finding.ROWS,
        presliced_list=True, url=lambda **others: _address([*parameters, *others.items()]),
    )  # fmt: skip
    extra = {
        "asked": question,
        "count": count,
        "found": found,
        "page": page,
        "drawing": drawings.drawing(),
        # Those chosen first: the list is long, and scrolls.
        "communes": sorted(territory.by_name, key=lambda one: one.insee_code not in question.communes),
        "extents": words.extents(found),
        "places": [words.place(territory, one) for one in found],
        "toggles": _toggles(question, territory),
        "covered": {code for one in found for code in one.codes},
        "names": {one.insee_code: one.name for one in territory.by_name},
        "messages": words.messages(),
        "classic": _classic(question),
    }
    return tk.render("ca3b/searching/search.html", extra)


@search.route("/cartes/chaleur", endpoint="heat")
def heat_page() -> str:
    """Show how much data each commune has, as a map and as a table."""
    try:
        found = heat.heat(**_heat_asked())
    except TerritoryError as error:
        return tk.abort(503, str(error))
    rated = {"par": heat.INHABITANTS} if found.by_rate else {}
    extra = {
        "heat": found,
        "by_rate": found.by_rate,
        "drawing": drawings.drawing(),
        "columns": _columns(),
        "links": {line.code: tk.url_for("ca3b_map_search.search", vocab_communes=line.code) for line in found.lines},
        "messages": {**tk.h.ca3b_map_messages(), "see": tk._("See its data")},
        "source": tk.url_for("ca3b_map_search.heat_outlines", **rated),
    }
    return tk.render("ca3b/searching/heat.html", extra)


@search.route("/cartes/chaleur.geojson", endpoint="heat_outlines")
def heat_outlines() -> Response:
    """Return the outlines of the communes with what the popups of the heat say."""
    try:
        lines = heat.heat(by_rate=_heat_asked()["by_rate"]).by_code
        return territory_views.collection({code: words.heat_properties(line) for code, line in lines.items()})
    except TerritoryError as error:
        return tk.abort(503, str(error))


def _territory() -> Territory:
    try:
        return current()
    except TerritoryError as error:
        return tk.abort(503, str(error))


def _heat_asked() -> dict[str, Any]:
    arguments = tk.request.args
    order = arguments.get("tri", heat.NAME)
    return {
        "by_rate": arguments.get("par") == heat.INHABITANTS,
        "order": order if order in heat.COLUMNS else heat.NAME,
        "down": arguments.get("sens") == "desc",
    }


def _columns() -> list[dict[str, Any]]:
    """Return the headers of the table: words, address that sorts by the column, the order as ARIA says it."""
    now = _heat_asked()
    kept = {"par": heat.INHABITANTS} if now["by_rate"] else {}
    headers = []
    for name in heat.COLUMNS:
        sorted_by = name == now["order"]
        # Numbers are first asked from the largest, names from A.
        down = not now["down"] if sorted_by else name != heat.NAME
        sent = kept | {"tri": name} | ({"sens": "desc"} if down else {})
        headers.append({
            "name": name,
            "label": words.column(name),
            "url": tk.url_for("ca3b_map_search.heat", **sent) + "#tableau",
            "sort": ("descending" if now["down"] else "ascending") if sorted_by else "",
        })  # fmt: skip
    return headers


def _toggles(question: asked.Asked, territory: Territory) -> dict[str, str]:
    """Return, for each commune, the address of the same search with it, or without it when it is chosen."""
    found = {}
    rest = [(name, value) for name, value in question.parameters() if name != asked.FACET]
    for code in territory.communes:
        after = [one for one in question.communes if one != code]
        if code not in question.communes:
            after.append(code)
        found[code] = _address([*rest, *((asked.FACET, one) for one in after)])
    return found


def _classic(question: asked.Asked) -> str:
    """Return the same search on the page of results; '' when that page cannot ask it (any of several communes)."""
    if len(question.communes) > 1:
        return ""
    return f"{tk.url_for('dataset.search')}?{urlencode(question.parameters())}"


def _address(parameters: list[tuple[str, Any]]) -> str:
    return f"{tk.url_for('ca3b_map_search.search')}?{urlencode(parameters)}"
