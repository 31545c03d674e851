"""The page of the communes and the outlines behind its map."""

from __future__ import annotations

import json
from typing import Any

import ckan.plugins.toolkit as tk
from flask import Blueprint, Response, request

from . import drawings, pages
from .core import TerritoryError
from .current import current

communes = Blueprint("ca3b_communes", __name__)


@communes.route("/communes", endpoint="index", strict_slashes=False)
def index() -> str:
    """Show the communes as a map and as a table."""
    try:
        page = pages.communes_page()
    except TerritoryError as error:
        return tk.abort(503, str(error))
    return tk.render("ca3b/communes/index.html", {"page": page, "drawing": drawings.drawing()})


@communes.route("/communes.geojson", endpoint="outlines")
def outlines() -> Response:
    """Return the outlines of the communes with what their popups say."""
    try:
        lines = pages.communes_page().by_code
        return collection({code: _properties(line) for code, line in lines.items()})
    except TerritoryError as error:
        return tk.abort(503, str(error))


def collection(properties: dict[str, dict[str, Any]]) -> Response:
    """Return the outlines of the communes (GeoJSON) with the properties of each, by INSEE code.

    Raises TerritoryError when the outlines cannot be read.
    """
    features = [
        {"type": "Feature", "id": number, "properties": properties[code], "geometry": shape}
        for number, (code, shape) in enumerate(drawings.shapes(current()).items())
    ]
    body = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":"))
    response = Response(body, mimetype="application/geo+json")
    response.cache_control.max_age = 60
    response.add_etag()
    response.make_conditional(request)
    return response


def _properties(line: pages.CommuneLine) -> dict[str, Any]:
    url = tk.url_for("organization.read", id=line.organization) if line.organization else ""
    latest = tk.h.ca3b_date(line.latest) if line.latest else ""
    return {
        "code": line.code,
        "name": line.name,
        "url": url,
        "class": line.count_class,
        "datasets": line.datasets,
        "facts": [
            tk.ungettext("{number} inhabitant", "{number} inhabitants", line.population).format(
                number=tk.h.ca3b_number(line.population)
            ),
            tk.ungettext("{number} dataset", "{number} datasets", line.datasets).format(
                number=tk.h.ca3b_number(line.datasets)
            ),
            tk._("Last publication: {date}").format(date=latest) if latest else tk._("Nothing published yet"),
        ],
    }
