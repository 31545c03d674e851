"""The home page: one search, three short counts, nothing written by hand."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.search import SearchError
from flask import Response, request
from markupsafe import escape
from sqlalchemy import func, select

from ckanext.ca3b import freshness, vocabularies
from ckanext.ca3b.territory import drawings, queries
from ckanext.ca3b.territory.core.organizations import COMMUNE

LATEST = 5


def index() -> str:
    """Show the home page."""
    return tk.render("home/index.html", page())


def territory_drawing() -> Any:
    """Serve the outlines of the communes as one picture, 404 when they are not known."""
    drawing = drawings.drawing()
    if drawing is None:
        return tk.abort(404)
    paths = "".join(f'<path d="{escape(outline.path)}"/>' for outline in drawing.outlines)
    body = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawing.width} {drawing.height}">'
        f'<g fill="#b9cbe0" stroke="#ffffff" stroke-width="1.5" stroke-linejoin="round">{paths}</g></svg>'
    )
    response = Response(body, mimetype="image/svg+xml")
    response.cache_control.public = True
    response.cache_control.max_age = 86400
    response.add_etag()
    return response.make_conditional(request)


def page() -> dict[str, Any]:
    """Return what the home page shows: ``latest`` datasets, ``themes`` with their number of datasets, ``figures``,
    ``map`` (None when the outlines of the territory are not known).

    The figures are those of the public catalogue, the same for every visitor. Without a search engine the page
    still stands, with its search box and without its lists.
    """
    try:
        found = tk.get_action("package_search")(
            {"user": ""},
            {
                "q": "*:*",
                "fq": 'capacity:"public" +dataset_type:dataset',
                "rows": LATEST,
                "sort": "metadata_created desc",
                "facet.field": ["vocab_theme", "organization"],
                "facet.limit": -1,
            },
        )
    except SearchError:
        found = {"count": 0, "results": [], "facets": {}}
    counted = found["facets"]
    return {
        "latest": found["results"],
        "themes": _themes(counted.get("vocab_theme", {})),
        "map": drawings.drawing(),
        "figures": _figures(found["count"], counted.get("organization", {})),
    }


def _themes(counted: dict[str, int]) -> list[dict[str, Any]]:
    """Return the themes that have datasets, with the value that filters on them."""
    table = vocabularies.themes()
    known = [(table.find(value), value, number) for value, number in counted.items()]
    order = {entry.code: rank for rank, entry in enumerate(table)}
    found = [
        {
            "value": value,
            "label": theme.label,
            "count": number,
            "rank": order[theme.code],
        }
        for theme, value, number in known
        if theme
    ]
    return sorted(found, key=lambda one: one["rank"])


def _figures(datasets: int, organizations: dict[str, int]) -> dict[str, Any]:
    """Count datasets, files, communes that publish out of all, and find the day of the last change."""
    package, resource = model.Package, model.Resource
    public = (package.state == "active", package.private.is_(False), package.type == "dataset")
    files = select(func.count(resource.id)).join(package, resource.package_id == package.id)
    changed = select(func.max(package.metadata_modified)).where(*public)
    communes = queries.organizations(COMMUNE)
    return {
        "datasets": datasets,
        "files": model.Session.scalar(files.where(resource.state == "active", *public)) or 0,
        "communes": len(communes),
        "publishing": sum(1 for commune in communes if organizations.get(commune.name)),
        "updated": freshness.day(model.Session.scalar(changed)),
    }
