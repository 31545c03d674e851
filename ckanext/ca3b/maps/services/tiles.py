"""Tiles by a template (XYZ) or by the root of a Tile Map Service (TMS 1.0.0, OSGeo)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import lxml.etree as etree  # noqa: PLR0402 - the stubs know the module, not the name

from . import documents
from .model import Service, picture_layer

if TYPE_CHECKING:
    from .model import Ask

_MERCATOR = ("3857", "900913", "102100", "OSGEO:41001", "3785")


def look(url: str, ask: Ask) -> Service:
    """Say the layer of a template as it is, or ask the root of a TMS which tiles it has."""
    if "{z}" in url:
        scheme = "tms" if "{-y}" in url else "xyz"
        layer = picture_layer(
            0, urlsplit(url).hostname or "Tuiles", service="tms", scheme=scheme, bbox=None,
            tiles=url.replace("{-y}", "{y}").replace("{s}", "a"),
        )  # fmt: skip
        return Service("tms", [layer])
    try:
        root = etree.fromstring(
            documents.xml(ask, url, "tms"), etree.XMLParser(resolve_entities=False, no_network=True)
        )
    except etree.XMLSyntaxError as error:
        raise documents.not_a_service("tms") from error
    if root.tag != "TileMap":
        raise documents.not_a_service("tms")
    if not any(code in (root.findtext("SRS") or "") for code in _MERCATOR):
        raise documents.no_layer("tms")
    form = root.find("TileFormat")
    sets = [one.get("order", "") for one in root.iter("TileSet")]
    zooms = [int(order) for order in sets if order.isdigit()]
    if form is None or not zooms:
        raise documents.not_a_service("tms")
    folder, ending = url.rstrip("/").removesuffix("/tilemapresource.xml"), form.get("extension", "png")
    layer = picture_layer(
        0, (root.findtext("Title") or "Tuiles").strip(), service="tms", scheme="tms", bbox=None,
        tiles=f"{folder}/{{z}}/{{x}}/{{y}}.{ending}",
        size=int(form.get("width", "256")), minzoom=min(zooms), maxzoom=max(zooms),
    )  # fmt: skip
    return Service("tms", [layer])
