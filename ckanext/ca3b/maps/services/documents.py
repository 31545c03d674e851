"""Documents of capabilities: read without ever following what they point to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ckanext.ca3b.maps.errors import MapError

from .model import MAX_CAPABILITIES

if TYPE_CHECKING:
    from .model import Ask


def xml(ask: Ask, url: str, kind: str) -> bytes:
    """Return a document of capabilities in XML.

    :raises MapError: ``not_a_service``, what came is no XML or declares entities (which no service needs).
    """
    body = ask(url, size=MAX_CAPABILITIES).body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not body.startswith(b"<") or b"<!ENTITY" in body or body[:15].lower().startswith((b"<!doctype html", b"<html")):
        raise not_a_service(kind)
    return body


def answer(ask: Ask, url: str, kind: str, *, size: int = MAX_CAPABILITIES) -> dict[str, Any]:
    """Return an answer in JSON of at most ``size`` bytes.

    :raises MapError: ``not_a_service``, what came is no JSON object, or says an error.
    """
    try:
        found = json.loads(ask(url, size=size).body)
    except (ValueError, RecursionError) as error:
        raise not_a_service(kind) from error
    if not isinstance(found, dict) or "error" in found:
        raise not_a_service(kind)
    return found


def not_a_service(kind: str) -> MapError:
    """Return the refusal of an address where the service that was declared does not answer."""
    return MapError(
        "not_a_service",
        f"Cette adresse ne répond pas comme un service {NAMES[kind]}. Vérifiez l’adresse, ou le format déclaré.",
    )


def no_layer(kind: str) -> MapError:
    """Return the refusal of a service that has nothing that can be drawn here."""
    return MapError(
        "no_layer",
        f"Ce service {NAMES[kind]} n’offre aucune couche qui puisse être dessinée sur une carte du web "
        "(projection EPSG:3857). Demandez-la à celui qui le tient.",
    )


#: What the kinds are called in sentences.
NAMES = {"wms": "WMS", "wmts": "WMTS", "wfs": "WFS", "arcgis": "ArcGIS REST", "tms": "de tuiles", "pmtiles": "PMTiles"}
