"""ArcGIS REST services: maps and images are drawn tile by tile, layers of features are copied.

Operations as Esri documents them: ``export`` and ``tile`` of a map service, ``exportImage`` of an image service,
``query`` of a layer, paged by ``resultOffset`` and ``resultRecordCount``.
"""

from __future__ import annotations

import json
import re
from typing import IO, TYPE_CHECKING, Any

from pyproj import Transformer
from pyproj.exceptions import ProjError

from ckanext.ca3b.maps.errors import MapError

from . import documents
from .model import Download, Service, picture_layer
from .templates import with_query

if TYPE_CHECKING:
    from ckanext.ca3b.maps.model import BBox

    from .model import Ask

_PARTS = re.compile(
    r"^(?P<root>.*/(?P<kind>MapServer|FeatureServer|ImageServer))(?:/(?P<layer>\d+))?/?$", re.IGNORECASE
)
_MERCATOR = {3857, 102100, 900913}
_PAGES = 10_000


def look(url: str, ask: Ask) -> Service | Download:
    """Ask an ArcGIS service what it is."""
    address = url.split("?", 1)[0]
    parts = _PARTS.match(address)
    if parts is None:
        raise documents.not_a_service("arcgis")
    kind = parts["kind"].casefold()
    if parts["layer"] is None and kind == "featureserver":
        layers = documents.answer(ask, with_query(address, {"f": "json"}), "arcgis").get("layers") or []
        if not layers:
            raise documents.no_layer("arcgis")
        return _features(f"{parts['root']}/{layers[0]['id']}", ask, others=len(layers) - 1)
    if parts["layer"] is not None:
        return _features(address.rstrip("/"), ask)
    said = documents.answer(ask, with_query(address, {"f": "json"}), "arcgis")
    name = str(said.get("mapName") or said.get("name") or address.rsplit("/", 2)[-2]).strip()
    box = _box(said.get("fullExtent") or said.get("extent"))
    layer = picture_layer(
        0, name, service="arcgis", tiles=_tiles(parts["root"], kind, said), bbox=box,
        attribution=str(said.get("copyrightText") or "").strip(),
    )  # fmt: skip
    return Service("arcgis", [layer], bbox=box)


def _tiles(root: str, kind: str, said: dict[str, Any]) -> str:
    cache = said.get("tileInfo") or {}
    reference = cache.get("spatialReference") or {}
    ours = {reference.get("wkid"), reference.get("latestWkid")} & _MERCATOR
    if kind == "mapserver" and said.get("singleFusedMapCache") and ours and cache.get("rows") == 256:
        return f"{root}/tile/{{z}}/{{y}}/{{x}}"
    operation = "exportImage" if kind == "imageserver" else "export"
    return with_query(f"{root}/{operation}", {
        "f": "image", "format": "png32", "transparent": "true", "size": "256,256", "bboxSR": "3857",
        "imageSR": "3857", "bbox": "{bbox-epsg-3857}",
    })  # fmt: skip


def _features(url: str, ask: Ask, others: int = 0) -> Download:
    said = documents.answer(ask, with_query(url, {"f": "json"}), "arcgis")
    if "geometryType" not in said:
        raise documents.no_layer("arcgis")
    page = min(int(said.get("maxRecordCount") or 1000), 10_000)

    def save(target: IO[bytes], size: int) -> None:
        """Write one feature a line, page after page."""
        written = 0
        for number in range(_PAGES):
            asked = with_query(f"{url}/query", {
                "where": "1=1", "outFields": "*", "outSR": "4326", "f": "geojson", "resultOffset": str(number * page),
                "resultRecordCount": str(page),
            })  # fmt: skip
            found = documents.answer(ask, asked, "arcgis", size=size).get("features") or []
            for feature in found:
                written += target.write(json.dumps(feature, ensure_ascii=False).encode() + b"\n")
            if written > size:
                raise too_big()
            if len(found) < page:
                return
        raise too_big()

    warnings = [f"Ce service a {others} autres couches : donnez l’adresse de celle que vous voulez."] if others else []
    return Download("arcgis", str(said.get("name") or "couche"), "geojsonl", save, warnings)


def too_big() -> MapError:
    """Return the refusal of a service that hands out more than a file may hold."""
    return MapError(
        "too_big", "Ce service envoie plus de données que le portail n’en accepte d’un lien. Déposez le fichier."
    )


def _box(extent: Any) -> BBox | None:
    """Return an extent of the service in degrees, None when it cannot be."""
    try:
        reference = extent["spatialReference"]
        code = reference.get("latestWkid") or reference.get("wkid")
        code = 3857 if code in _MERCATOR else code
        west, south, east, north = (float(extent[side]) for side in ("xmin", "ymin", "xmax", "ymax"))
        return Transformer.from_crs(f"EPSG:{code}", "EPSG:4326", always_xy=True).transform_bounds(
            west, south, east, north
        )
    except (TypeError, KeyError, ValueError, ProjError):
        return None
