"""Downloads of a layer, converted on demand from its store: GeoJSON, CSV, GeoPackage, Shapefile, KML."""

from __future__ import annotations

from .formats import FORMATS, write

__all__ = ["FORMATS", "write"]
