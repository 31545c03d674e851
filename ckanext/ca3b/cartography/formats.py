"""Which files are worth the try: those of a geographic format, and those that may tell where their rows are."""

from __future__ import annotations

from typing import Any

from ckanext.ca3b import files, vocabularies

#: Formats of maps and nothing else: a file that cannot be drawn is a problem to be told.
GEOGRAPHIC = frozenset({
    "geojson", "geojsonl", "geojsonseq", "shp", "gpkg", "kml", "kmz", "gpx", "fgb", "gml", "tab", "mif", "mapinfo",
    "dxf", "geoparquet", "gtfs", "geotiff", "cog",
})  # fmt: skip
#: Formats that hold maps among other things: one that cannot be drawn is no map, and nothing is said.
PERHAPS = frozenset({"csv", "tsv", "xls", "xlsx", "ods", "zip", "parquet", "json", "tif", "tiff", "gz"})


def declared(resource: dict[str, Any]) -> str | None:
    """Return the declared format of a resource, in lower case, as its extension; None when nothing is declared."""
    given = str(resource.get("format") or "").strip()
    if not given:
        return None
    known = vocabularies.file_types().find(given)
    return (known.extensions[0] if known and known.extensions else given).lower()


def is_geographic(resource: dict[str, Any]) -> bool:
    """Tell whether a file is a map, or nothing."""
    return bool(_names(resource) & GEOGRAPHIC)


def may_be_drawn(resource: dict[str, Any]) -> bool:
    """Tell whether drawing a file is worth the try."""
    return bool(_names(resource) & (GEOGRAPHIC | PERHAPS))


def _names(resource: dict[str, Any]) -> set[str]:
    parts = files.file_name(resource).lower().split(".")[-2:]
    return {*parts[-1:], *(parts if parts[-1] in {"zip", "gz"} else []), declared(resource) or ""} - {""}
