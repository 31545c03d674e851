"""A PMTiles archive (specification version 3) on somebody's site, read by ranges of bytes."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

from ckanext.ca3b.fetching import FetchError
from ckanext.ca3b.maps.errors import MapError

from . import documents
from .model import MAX_CAPABILITIES, Service, picture_layer

if TYPE_CHECKING:
    from collections.abc import Callable

    from .model import Ask

#: What the specification lets the header and the root directory take together.
_HEAD = 16_384
_PICTURES = {2: "png", 3: "jpeg", 4: "webp", 5: "avif"}


def ranges(url: str, ask: Ask) -> Callable[[int, int], bytes]:
    """Return what reads ``length`` bytes from ``offset``, as the ``pmtiles`` package asks for them.

    :raises MapError: ``no_ranges``, the site sends the whole file whatever is asked.
    """

    def read(offset: int, length: int) -> bytes:
        try:
            reply = ask(url, size=length, headers={"Range": f"bytes={offset}-{offset + length - 1}"})
        except FetchError as error:
            # More came than the piece that was asked for.
            raise (_no_ranges() if error.code == "too-big" else error) from error
        if reply.status != 206:
            raise _no_ranges()
        return reply.body

    return read


def _no_ranges() -> MapError:
    return MapError(
        "no_ranges",
        "Le site qui garde ces tuiles ne sait pas en envoyer une partie (requêtes « Range ») : la carte "
        "demanderait le fichier entier à chaque fois. Déposez le fichier sur le portail.",
    )


def look(url: str, ask: Ask) -> Service:
    """Read the header and the metadata of the archive."""
    from pmtiles.tile import Compression, TileType, deserialize_header  # noqa: PLC0415 - part of the extra « maps »

    read = ranges(url, ask)
    try:
        header: Any = deserialize_header(read(0, _HEAD)[:127])
    except MapError:
        raise
    except Exception as error:  # the package raises whatever its parsing meets
        raise documents.not_a_service("pmtiles") from error
    metadata = _metadata(read, header, gzipped=header["internal_compression"] == Compression.GZIP)
    box = tuple(header[f"{side}_e7"] / 1e7 for side in ("min_lon", "min_lat", "max_lon", "max_lat"))
    zooms = {"minzoom": header["min_zoom"], "maxzoom": header["max_zoom"]}
    name = str(metadata.get("name") or "").strip()
    if header["tile_type"] != TileType.MVT:
        layer = picture_layer(0, name or "Tuiles", service="pmtiles", tiles="", bbox=box, **zooms)  # pyright: ignore[reportArgumentType]
        layer["data"] |= {"format": _PICTURES.get(int(header["tile_type"].value), "png"), "url": url}
        return Service("pmtiles", [layer], bbox=box)  # pyright: ignore[reportArgumentType]
    layers = []
    for number, one in enumerate(metadata.get("vector_layers") or []):
        layer = picture_layer(number, str(one.get("id")), service="pmtiles", tiles="", bbox=box)  # pyright: ignore[reportArgumentType]
        layer["kind"] = "vector"
        layer["data"] = {"type": "pmtiles", "service": "pmtiles", "url": url, "layer": str(one.get("id")), **zooms}
        layer["attributes"] = [_attribute(key, kind) for key, kind in (one.get("fields") or {}).items()]
        layers.append(layer)
    if not layers:
        raise documents.no_layer("pmtiles")
    return Service("pmtiles", layers, bbox=box)  # pyright: ignore[reportArgumentType]


def _metadata(read: Callable[[int, int], bytes], header: Any, *, gzipped: bool) -> dict[str, Any]:
    length = header["metadata_length"]
    if not 0 < length <= MAX_CAPABILITIES:
        return {}
    body = read(header["metadata_offset"], length)
    try:
        found = json.loads(gzip.decompress(body) if gzipped else body)
    except (ValueError, OSError, EOFError) as error:
        raise documents.not_a_service("pmtiles") from error
    return found if isinstance(found, dict) else {}


def _attribute(name: str, kind: Any) -> dict[str, Any]:
    known = {"number": "number", "boolean": "boolean"}.get(str(kind).lower(), "text")
    return {"name": name, "label": name, "type": known, "filled": None, "distinct": None, "categories": [],
            "min": None, "max": None, "quantiles": {}, "equal": {}, "in_tiles": True}  # fmt: skip
