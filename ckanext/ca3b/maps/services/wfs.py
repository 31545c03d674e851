"""WFS 1.0.0 to 2.0.0 (OGC 09-025r2): the features themselves, copied within bounds."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from owslib.wfs import WebFeatureService

from . import documents
from .model import Download
from .templates import query_of, with_query

if TYPE_CHECKING:
    from .model import Ask

_OF_A_REQUEST = frozenset(
    {"request", "typename", "typenames", "outputformat", "srsname", "version", "count", "maxfeatures", "bbox",
     "startindex", "resulttype", "cql_filter", "filter"}
)  # fmt: skip
#: Ways to name GeoJSON, the best first; then GML, which every WFS has.
_JSON = ("application/geo+json", "application/json; subtype=geojson", "application/json", "geojson", "json")


def look(url: str, ask: Ask) -> Download:
    """Ask a WFS what it has; the type of features that the address names, else the first one."""
    said = query_of(url)
    base = with_query(url, {"service": "WFS"}, without=_OF_A_REQUEST)
    body = documents.xml(ask, with_query(base, {"request": "GetCapabilities"}), "wfs")
    version = next((one for one in ("2.0.0", "1.1.0", "1.0.0") if f'version="{one}"'.encode() in body), "2.0.0")
    try:
        found: Any = WebFeatureService(base, version=version, xml=body)
        names = list(found.contents)
        formats = _formats(found)
    except Exception as error:  # OWSLib raises whatever its parsing meets
        raise documents.not_a_service("wfs") from error
    if not names:
        raise documents.no_layer("wfs")
    asked = said.get("typenames") or said.get("typename") or ""
    name = asked if asked in names else names[0]
    form = next((one for one in _JSON if one in formats), None)
    wanted = {
        "request": "GetFeature", "version": version, ("typeNames" if version == "2.0.0" else "typeName"): name,
        **({"outputFormat": formats[form], "srsName": "EPSG:4326"} if form else {}),
    }  # fmt: skip
    address = with_query(base, wanted)

    def save(target: IO[bytes], size: int) -> None:
        target.write(ask(address, size=size).body)

    others = len(names) - 1
    warnings = (
        [f"Ce service a {others} autres couches : ajoutez « &typeNames=… » à l’adresse pour en choisir une."]
        if others and name != asked
        else []
    )
    title = (found.contents[name].title or name).strip()
    return Download("wfs", title, "geojson" if form else "gml", save, warnings)


def _formats(found: Any) -> dict[str, str]:
    """Return the formats that features may be asked in: as they are written, by their names in lower case."""
    operation = found.getOperationByName("GetFeature")
    said = list(getattr(operation, "formatOptions", None) or [])
    for name, values in (getattr(operation, "parameters", None) or {}).items():
        if name.casefold() == "outputformat":
            said += values.get("values") or []
    return {str(one).strip().casefold(): str(one).strip() for one in said}
