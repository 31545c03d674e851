"""Which driver reads which declared format: by its name in the catalogue, else by the file's extension."""

from __future__ import annotations

from pathlib import PurePosixPath

#: Module of this package for each word of a declared format or extension, lower case.
DRIVERS: dict[str, str] = {
    **dict.fromkeys(("geojson", "geojsonl", "geojsons", "geojsonseq", "geojson-seq", "ndgeojson", "ndjson"), "geojson"),
    **dict.fromkeys(("application/geo+json", "application/vnd.geo+json", "application/geo+json-seq"), "geojson"),
    **dict.fromkeys(("shp", "shapefile", "shapefiles", "esri shapefile", "shz"), "shapefile"),
    **dict.fromkeys(("gpkg", "geopackage", "application/geopackage+sqlite3"), "geopackage"),
    **dict.fromkeys(("kml", "kmz", "application/vnd.google-earth.kml+xml", "application/vnd.google-earth.kmz"), "kml"),
    **dict.fromkeys(("gpx", "application/gpx+xml"), "gpx"),
    **dict.fromkeys(("fgb", "flatgeobuf"), "flatgeobuf"),
    **dict.fromkeys(("gml", "application/gml+xml"), "gml"),
    **dict.fromkeys(("tab", "mif", "mapinfo", "mif/mid", "tab/mif", "mapinfo tab"), "mapinfo"),
    **dict.fromkeys(("dxf", "image/vnd.dxf"), "dxf"),
    **dict.fromkeys(("parquet", "geoparquet", "application/vnd.apache.parquet"), "geoparquet"),
    **dict.fromkeys(("gtfs",), "gtfs"),
    **dict.fromkeys(("csv", "tsv", "txt", "xls", "xlsx", "ods", "xlsm", "xlsb"), "table"),
    **dict.fromkeys(("tif", "tiff", "geotiff", "cog", "image/tiff"), "raster"),
}

#: Words that say how a file is wrapped, not what it is.
GENERIC = frozenset(("zip", "gz", "gzip", "json", "xml", "application/zip", "application/json", "application/xml", ""))

#: Formats that are zip files themselves; any other one inside a zip is unpacked first.
ZIPPED = frozenset(("shapefile", "mapinfo", "gtfs", "kml", "table"))

#: What a driver is called in sentences.
LABELS = {
    "geojson": "GeoJSON",
    "shapefile": "Shapefile",
    "geopackage": "GeoPackage",
    "kml": "KML",
    "gpx": "GPX",
    "flatgeobuf": "FlatGeobuf",
    "gml": "GML",
    "mapinfo": "MapInfo",
    "dxf": "DXF",
    "geoparquet": "GeoParquet",
    "gtfs": "GTFS",
    "table": "tableau",
    "raster": "GeoTIFF",
}


def suffix_of(name: str) -> str:
    """Return the extension of a file name, lower case and without its dot."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower().removeprefix(".")


def driver_of(name: str, declared: str | None) -> str | None:
    """Return the module for a declared format, else for the extension; None when neither says what the file is."""
    word = (declared or "").strip().lower().removeprefix(".")
    if word and word not in GENERIC:
        return DRIVERS.get(word) or DRIVERS.get(word.removesuffix(".zip").removesuffix(" (zip)").strip())
    return DRIVERS.get(suffix_of(name))
