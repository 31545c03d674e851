"""The one door: which module reads which kind of service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import arcgis, pmtiles, tiles, wfs, wms, wmts

if TYPE_CHECKING:
    from .model import Ask, Download, Service

_READERS = {
    "wms": wms.look, "wmts": wmts.look, "wfs": wfs.look, "arcgis": arcgis.look, "tms": tiles.look,
    "pmtiles": pmtiles.look,
}  # fmt: skip


def look(url: str, kind: str, ask: Ask) -> Service | Download:
    """Ask a service what it has.

    ``kind`` is what :func:`~ckanext.ca3b.maps.services.recognise` found.

    :raises MapError: it does not answer as such a service, or has nothing to draw.
    """
    return _READERS[kind](url, ask)
