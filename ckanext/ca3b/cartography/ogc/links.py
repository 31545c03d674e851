"""The links between the documents of the API, and what it conforms to."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import ckan.plugins.toolkit as tk

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG4326 = "http://www.opengis.net/def/crs/EPSG/0/4326"
CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
)
JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"


def link(rel: str, href: str, mimetype: str = JSON, title: str = "") -> dict[str, str]:
    """Return a link (RFC 8288) as the API writes it."""
    found = {"href": href, "rel": rel, "type": mimetype}
    return {**found, "title": title, "hreflang": "fr"} if title else found


def address(endpoint: str, arguments: dict[str, Any] | None = None, **parts: Any) -> str:
    """Return the full address of a document of the API, with arguments in their order."""
    found = tk.url_for(f"ca3b_ogc.{endpoint}", _external=True, **parts)
    return f"{found}?{urlencode(arguments)}" if arguments else found


def landing() -> dict[str, Any]:
    """Return the landing page of the API."""
    title = tk._("{site}: geographic features").format(site=tk.config["ckan.site_title"])
    return {
        "title": title,
        "description": tk._(
            "The objects of the maps of this portal, for geographic software: add this address in QGIS as a "
            "“WFS / OGC API – Features” connection."
        ),
        "links": [
            link("self", address("landing"), title=title),
            link("service-desc", address("api"), OPENAPI, tk._("Description of the API")),
            link("conformance", address("conformance"), title=tk._("What the API conforms to")),
            link("data", address("collections"), title=tk._("Layers of the maps")),
        ],
    }


def conformance() -> dict[str, Any]:
    """Return what the API conforms to."""
    return {"conformsTo": list(CONFORMANCE)}
