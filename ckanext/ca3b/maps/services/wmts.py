"""WMTS 1.0.0 (OGC 07-057r7): tiles drawn in advance, of which those in Web Mercator are kept."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from owslib.wmts import WebMapTileService

from . import documents
from .model import MAX_LAYERS, Service, joined, picture_layer
from .templates import HALF_WORLD, query_of, with_query

if TYPE_CHECKING:
    from ckanext.ca3b.maps.model import BBox

    from .model import Ask

#: Scale denominator of the tile that holds the whole world: « GoogleMapsCompatible », OGC 07-057r7 annex E.4.
_WORLD_SCALE = 559082264.0287178
_MERCATOR = ("3857", "900913", "102100")
_OF_A_TILE = frozenset(
    {"request", "layer", "style", "format", "tilematrixset", "tilematrix", "tilerow", "tilecol", "version"}
)


def look(url: str, ask: Ask) -> Service:
    """Ask a WMTS what it has; the layer that the address names, else all that can be drawn."""
    said = query_of(url)
    restful = url.split("?", 1)[0].endswith(".xml")
    base = url if restful else with_query(url, {"service": "WMTS"}, without=_OF_A_TILE)
    asked = url if restful else with_query(base, {"request": "GetCapabilities", "version": "1.0.0"})
    body = documents.xml(ask, asked, "wmts")
    try:
        found = WebMapTileService(base, xml=body)
        contents: dict[str, Any] = dict(found.contents)
        grids: dict[str, Any] = dict(found.tilematrixsets)
    except Exception as error:  # OWSLib raises whatever its parsing meets
        raise documents.not_a_service("wmts") from error
    names = [said["layer"]] if said.get("layer") in contents else list(contents)
    layers, boxes = [], []
    for name in names:
        made = _layer(len(layers), contents[name], grids, base)
        if made is None:
            continue
        layers.append(made)
        boxes.append(_box(contents[name]))
        if len(layers) == MAX_LAYERS:
            break
    if not layers:
        raise documents.no_layer("wmts")
    left = len(names) - len(layers)
    warnings = [f"{left} couche(s) de ce service ne sont pas proposées."] if left else []
    return Service("wmts", layers, warnings, joined(boxes))


def _layer(number: int, layer: Any, grids: dict[str, Any], base: str) -> dict[str, Any] | None:
    for link in layer.tilematrixsetlinks:
        zooms = _zooms(grids.get(link))
        if zooms is None:
            continue
        prefix, low, high, size = zooms
        kind = next((one for one in ("image/png", "image/jpeg", "image/webp") if one in layer.formats), None)
        if kind is None:
            return None
        style = next((key for key, one in layer.styles.items() if one.get("isDefault")), next(iter(layer.styles), ""))
        values = {"tilematrixset": link, "style": style, "tilematrix": prefix + "{z}", "tilerow": "{y}",
                  "tilecol": "{x}"}  # fmt: skip
        rest = [one["template"] for one in layer.resourceURLs if one.get("format") == kind and one.get("template")]
        tiles = _filled(rest[0], values, layer) if rest else _asked(base, layer.id, kind, values)
        return picture_layer(
            number, (layer.title or layer.id).strip(), service="wmts", tiles=tiles, bbox=_box(layer), size=size,
            minzoom=low, maxzoom=high,
        )  # fmt: skip
    return None


def _asked(base: str, layer: str, kind: str, values: dict[str, str]) -> str:
    return with_query(base, {"request": "GetTile", "version": "1.0.0", "layer": layer, "format": kind, **values})


def _filled(template: str, values: dict[str, str], layer: Any) -> str:
    """Fill a template of the service: its own dimensions take their default."""
    for name, value in (getattr(layer, "dimensions", None) or {}).items():
        template = template.replace("{" + name + "}", str(value.get("default") or ""))
    for name, value in values.items():
        for spelling in (name, _SPELLINGS[name]):
            template = template.replace("{" + spelling + "}", value)
    return template


_SPELLINGS = {"tilematrixset": "TileMatrixSet", "style": "Style", "tilematrix": "TileMatrix", "tilerow": "TileRow",
              "tilecol": "TileCol"}  # fmt: skip


def _zooms(grid: Any) -> tuple[str, int, int, int] | None:
    """Return the prefix of the names of the matrices, the zooms, and the side of a tile; None for another grid."""
    if grid is None or not any(code in str(grid.crs) for code in _MERCATOR):
        return None
    found: list[tuple[int, str, int]] = []
    for name, matrix in grid.tilematrix.items():
        # A tile of 512 pixels covers at a given scale twice the side: one zoom less.
        size = int(matrix.tilewidth)
        zoom = math.log2(_WORLD_SCALE / float(matrix.scaledenominator)) - math.log2(size / 256)
        if size not in {256, 512} or abs(zoom - round(zoom)) > 0.01 or not _at_corner(matrix):
            return None
        found.append((round(zoom), name, size))
    prefixes = {name.removesuffix(str(zoom)) for zoom, name, _ in found if name.endswith(str(zoom))}
    sizes = {size for _, _, size in found}
    if not found or len(prefixes) != 1 or len(sizes) != 1 or not all(n.endswith(str(z)) for z, n, _ in found):
        return None
    return prefixes.pop(), min(z for z, _, _ in found), max(z for z, _, _ in found), sizes.pop()


def _at_corner(matrix: Any) -> bool:
    x, y = (float(one) for one in matrix.topleftcorner)
    return abs(x + HALF_WORLD) < 100 and abs(y - HALF_WORLD) < 100


def _box(layer: Any) -> BBox | None:
    box = getattr(layer, "boundingBoxWGS84", None)
    return tuple(float(side) for side in box) if box else None  # pyright: ignore[reportReturnType]
