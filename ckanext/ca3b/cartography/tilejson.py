"""A layer of tiles described by TileJSON 3.0.0: the one address that MapLibre, Leaflet or QGIS need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import carte

if TYPE_CHECKING:
    from .layers import Layer

SPECIFICATION = "https://github.com/mapbox/tilejson-spec/tree/master/3.0.0"


def document(found: Layer) -> dict[str, Any] | None:
    """Return the TileJSON document of a layer, None when it has no tiles here."""
    data = found.about.get("data") or {}
    if data.get("type") != "pmtiles" or found.location(data.get("file")) is None:
        return None
    columns = {one["name"]: str(one.get("type") or "") for one in found.about["attributes"] if one.get("in_tiles")}
    zooms = {"minzoom": int(data["minzoom"]), "maxzoom": int(data["maxzoom"])}
    about = carte.about(found.allowed.resource)
    box = found.about.get("bbox")
    return {
        "tilejson": "3.0.0",
        "name": found.title,
        "attribution": about["attribution"],
        "scheme": "xyz",
        "tiles": [carte.tiles_address(found.map.resource_id, str(found.about["id"]), found.map.version)],
        "vector_layers": [{"id": data["layer"], "fields": columns, **zooms}],
        **zooms,
        **({"bounds": list(box)} if box else {}),
    }
