"""Maps of links: services of maps, and geographic files kept elsewhere.

A service that draws stays where it is; the features of the others are copied, examined like any file of the portal,
and drawn if nothing in them has to be held. What is behind an address may change: « maps build » looks again.
"""

from __future__ import annotations

import io
import math
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import ckan.plugins.toolkit as tk
from attrs import field, frozen

from ckanext.ca3b import interfaces
from ckanext.ca3b.fetching import FetchError, Limits, fetch
from ckanext.ca3b.maps import MapError
from ckanext.ca3b.maps.services import Reply, Service, look, recognise, tile_address

from . import config, formats

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

#: Size and seconds of one picture of a service.
_PICTURE = 5 << 20, 20
_PICTURES = (b"\x89PNG", b"RIFF", b"\xff\xd8", b"GIF8")


@frozen
class Copy:
    """Features that were copied to a file: its name, its format, what its service said."""

    name: str
    declared: str | None
    warnings: list[str] = field(factory=list)


def is_link(resource: Mapping[str, Any]) -> bool:
    """Tell whether a resource is an address of the web, of which the portal keeps nothing."""
    return not resource.get("url_type") and urlsplit(resource.get("url") or "").scheme in {"http", "https"}


def kind(resource: Mapping[str, Any]) -> str | None:
    """Return the kind of service of a link, ``file`` for a geographic file, None for what is never drawn."""
    try:
        if not is_link(resource):
            return None
        found = recognise(resource["url"], resource.get("format"))
    except ValueError:
        return None
    return found or ("file" if formats.is_geographic(dict(resource)) else None)


def take(resource: Mapping[str, Any], target: Path) -> Service | Copy:
    """Return the service of a link that draws by itself; else copy its features to ``target``.

    :raises MapError: it is no such service, or what it holds may not be shown.
    :raises FetchError: it cannot be had within the limits.
    """
    found = kind(resource)
    copied = partial(_copied, target)
    if found is None:
        raise MapError("not_a_map", tk._("This address is neither a map service nor a geographic file."))
    if found == "file":
        with target.open("wb") as out:
            fetch(resource["url"], out, _limits())
        name = unquote(urlsplit(resource["url"]).path.rsplit("/", 1)[-1]) or "fichier"
        return copied(Copy(name, formats.declared(dict(resource))))
    service = look(resource["url"], found, ask)
    if isinstance(service, Service):
        for layer in service.layers:
            _reached(layer)
        return service
    with target.open("wb") as out:
        service.save(out, config.remote_bytes())
    return copied(Copy(f"{service.kind}.{service.declared}", service.declared, service.warnings))


def ask(url: str, *, size: int, headers: Mapping[str, str] | None = None) -> Reply:
    """Ask the web for the core: guarded, and bounded by the settings."""
    target = io.BytesIO()
    limits = Limits(min(size, config.remote_bytes()), config.remote_seconds(), config.remote_private())
    found = fetch(url, target, limits, headers=headers)
    return Reply(found.url, found.status, target.getvalue(), found.headers)


def picture(data: Mapping[str, Any], z: int, x: int, y: int) -> bytes:
    """Return one tile of a service that browsers may not ask for themselves.

    :raises FetchError: it does not come, or is no picture.
    """
    reply = _picture(data, z, x, y)
    if not reply.body.startswith(_PICTURES):
        raise FetchError("status", tk._("The map service does not answer with a picture."))
    return reply.body


def _copied(target: Path, copy: Copy) -> Copy:
    if not interfaces.may_be_shown(target, copy.name):
        # What was found is told to the commune and to the DPO by the examiner, never here.
        raise MapError("held", tk._("This data is kept elsewhere, and the portal may not show a copy of it."))
    return copy


def _reached(layer: dict[str, Any]) -> None:
    """Note in a layer whether browsers may ask its service themselves (CORS), or through the portal."""
    data = layer["data"]
    if data.get("type") != "service" or not data.get("tiles") or not data["tiles"][0]:
        return
    zoom = max(int(data["minzoom"]), min(int(data["maxzoom"]), 10))
    x, y = _tile_of(layer.get("bbox"), zoom)
    try:
        headers = _picture(data, zoom, x, y).headers
    except FetchError:
        headers = {}
    data["proxied"] = headers.get("access-control-allow-origin") not in {"*", _origin()}


def _picture(data: Mapping[str, Any], z: int, x: int, y: int) -> Reply:
    """Ask a service for one tile; ``y`` counts from the north, whatever the service does."""
    size, seconds = _PICTURE
    row = (1 << z) - 1 - y if data.get("scheme") == "tms" else y
    url = tile_address(data["tiles"][0], z, x, row)
    target = io.BytesIO()
    found = fetch(url, target, Limits(size, seconds, config.remote_private()), headers={"Origin": _origin()})
    return Reply(found.url, found.status, target.getvalue(), found.headers)


def _origin() -> str:
    parts = urlsplit(tk.config["ckan.site_url"])
    return f"{parts.scheme}://{parts.netloc}"


def _tile_of(bbox: Any, zoom: int) -> tuple[int, int]:
    """Return the tile of the middle of a box (Web Mercator, XYZ); that of the whole world has no better."""
    west, south, east, north = bbox or (-180.0, -60.0, 180.0, 60.0)
    longitude, latitude = (west + east) / 2, max(-85.0, min(85.0, (south + north) / 2))
    side = 1 << zoom
    x = int((longitude + 180) / 360 * side)
    y = int((1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2 * side)
    return max(0, min(side - 1, x)), max(0, min(side - 1, y))


def _limits() -> Limits:
    return Limits(config.remote_bytes(), config.remote_seconds(), config.remote_private())
