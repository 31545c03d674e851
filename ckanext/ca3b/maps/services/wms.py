"""WMS 1.1.1 and 1.3.0 (OGC 06-042): pictures of the map, asked for tile by tile in Web Mercator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from owslib.wms import WebMapService

from . import documents
from .model import MAX_LAYERS, Service, joined, picture_layer
from .templates import query_of, with_query

if TYPE_CHECKING:
    from ckanext.ca3b.maps.model import BBox

    from .model import Ask

_MERCATOR = ("EPSG:3857", "EPSG:900913", "EPSG:102100")
_VERSIONS = {"1.1.1": "SRS", "1.3.0": "CRS"}
#: Parameters of a request for one picture, which an address copied from somewhere may hold.
_OF_A_PICTURE = frozenset(
    {"request", "bbox", "width", "height", "layers", "styles", "format", "srs", "crs", "transparent", "version", "i",
     "j", "x", "y", "query_layers", "info_format", "exceptions", "bgcolor"}
)  # fmt: skip


def look(url: str, ask: Ask) -> Service:
    """Ask a WMS what it has; the layers that the address names, else all that can be drawn."""
    said = query_of(url)
    base = with_query(url, {"service": "WMS"}, without=_OF_A_PICTURE)
    body = documents.xml(ask, with_query(base, {"request": "GetCapabilities"}), "wms")
    version = "1.1.1" if b"WMT_MS_Capabilities" in body[:4000] else "1.3.0"
    try:
        found = WebMapService(base, version=version, xml=body)
        contents: dict[str, Any] = dict(found.contents)
    except Exception as error:  # OWSLib raises whatever its parsing meets
        raise documents.not_a_service("wms") from error
    wanted = [name for name in said.get("layers", "").split(",") if name in contents]
    names = wanted or [name for name, one in contents.items() if not one.layers]
    drawable = [name for name in names if _mercator(contents[name])]
    if not drawable:
        raise documents.no_layer("wms")
    warnings = _left_out(len(names) - len(drawable), len(drawable))
    layers, boxes = [], []
    for number, name in enumerate(drawable[:MAX_LAYERS]):
        one, box = contents[name], _box(contents[name])
        boxes.append(box)
        layers.append(
            picture_layer(
                number, (one.title or name).strip(), service="wms", bbox=box,
                tiles=_template(base, version, name, _mercator(one) or _MERCATOR[0]),
                attribution=((getattr(one, "attribution", None) or {}).get("title") or "").strip(),
            )
        )  # fmt: skip
    return Service("wms", layers, warnings, joined(boxes))


def _template(base: str, version: str, layer: str, projection: str) -> str:
    return with_query(base, {
        "request": "GetMap", "version": version, "layers": layer, "styles": "", "format": "image/png",
        "transparent": "true", "width": "256", "height": "256", _VERSIONS[version].lower(): projection,
        "bbox": "{bbox-epsg-3857}",
    })  # fmt: skip


def _mercator(layer: Any) -> str | None:
    """Return by which name a layer can be drawn in Web Mercator; layers have what the layers around them have."""
    found: set[str] = set()
    around = layer
    while around is not None:
        found |= {str(code).upper() for code in getattr(around, "crsOptions", None) or ()}
        around = around.parent
    return next((code for code in _MERCATOR if code in found), None)


def _box(layer: Any) -> BBox | None:
    around = layer
    while around is not None:
        if box := getattr(around, "boundingBoxWGS84", None):
            return tuple(float(side) for side in box)  # pyright: ignore[reportReturnType]
        around = around.parent
    return None


def _left_out(projection: int, drawable: int) -> list[str]:
    said = []
    if projection:
        said.append(f"{projection} couche(s) de ce service ne savent pas se dessiner en EPSG:3857 : laissées de côté.")
    if drawable > MAX_LAYERS:
        said.append(f"Ce service a {drawable} couches ; les {MAX_LAYERS} premières sont proposées.")
    return said
