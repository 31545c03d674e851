"""Which kind of service an address is, by the format its owner declared, else by the address itself."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

#: Codes of the kinds, and the names by which portals declare them.
KINDS: dict[str, tuple[str, ...]] = {
    "wms": ("wms", "ogc wms", "ogc:wms"),
    "wmts": ("wmts", "ogc wmts", "ogc:wmts"),
    "wfs": ("wfs", "ogc wfs", "ogc:wfs"),
    "arcgis": (
        "arcgis", "arcgis rest", "arcgis geoservices rest api", "arcgis_rest", "esri rest", "arcgis map service",
        "arcgis feature service", "arcgis online map",
    ),
    "tms": ("tms", "xyz", "tiles"),
    "pmtiles": ("pmtiles",),
}  # fmt: skip

_NAMES = {name: kind for kind, names in KINDS.items() for name in names}
_ARCGIS = re.compile(r"/rest/services/.+/(?:MapServer|FeatureServer|ImageServer)(?:/\d+)?/?$", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{z\}.*\{-?y\}|\{bbox-epsg-3857\}")


def recognise(url: str, declared: str | None = None) -> str | None:
    """Return the code of the kind of service, None when the address is not one of a service we know.

    ``declared`` is the format of the resource; one that names a file (``CSV``) is believed before the address.
    """
    said = (declared or "").strip().casefold()
    if said in _NAMES:
        return _NAMES[said]
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"}:
        return None
    if said and said not in {"html", "api", "service", "zip", "octet stream"}:
        return None
    return _by_address(url, parts.path, {name.casefold(): value for name, value in parse_qsl(parts.query)})


def _by_address(url: str, path: str, query: dict[str, str]) -> str | None:
    service = query.get("service", "").casefold()
    if service in {"wms", "wmts", "wfs"}:
        return service
    if path.casefold().endswith(".pmtiles"):
        return "pmtiles"
    if _ARCGIS.search(path):
        return "arcgis"
    if path.endswith("/WMTSCapabilities.xml"):
        return "wmts"
    return "tms" if _TEMPLATE.search(url) else None
