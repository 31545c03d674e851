"""The formats of downloads, and the one way to write them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from attrs import frozen

from ckanext.ca3b.maps.errors import MapError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@frozen
class Format:
    """A format: ``suffix`` of the file, ``label`` for people, ``media_type`` for browsers."""

    suffix: str
    label: str
    media_type: str


#: By the suffix of the address that asks for them.
FORMATS = {
    each.suffix: each
    for each in (
        Format("geojson", "GeoJSON", "application/geo+json"),
        Format("csv", "CSV", "text/csv; charset=utf-8"),
        Format("gpkg", "GeoPackage", "application/geopackage+sqlite3"),
        Format("shp.zip", "Shapefile (ZIP)", "application/zip"),
        Format("kml", "KML", "application/vnd.google-earth.kml+xml"),
    )
}


def write(store: Path, target: Path, suffix: str, *, name: str, title: str | None = None) -> Path:
    """Write the layer of ``store`` (its cleaned GeoPackage) to ``target`` in the format ``suffix``; give ``target``.

    ``name`` is that of the layer; ``title`` the attribute that calls features. Written batch after batch: memory does
    not grow with the layer. Raises MapError (``unknown_format``, ``too_large``, ``not_written``).
    """
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        raise MapError("unknown_format", f"Le format « {suffix} » n’est pas proposé. Formats proposés : {known}.")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _writer(suffix)(store, target, name, title)
    except MapError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise MapError(
            "not_written",
            f"La couche « {name} » n’a pas pu être convertie en {FORMATS[suffix].label}. Essayez un autre format.",
        ) from error
    return target


def _writer(suffix: str) -> Callable[[Path, Path, str, str | None], None]:
    # Loaded when asked: GDAL takes a moment.
    if suffix == "csv":
        from .table import write_csv  # noqa: PLC0415

        return write_csv
    if suffix == "shp.zip":
        from .shapefile import write_shapefile  # noqa: PLC0415

        return write_shapefile
    if suffix == "gpkg":
        return _copy
    from .documents import write_geojson, write_kml  # noqa: PLC0415

    return write_kml if suffix == "kml" else write_geojson


def _copy(store: Path, target: Path, name: str, title: str | None) -> None:  # noqa: ARG001 - the same call for all
    """The store is the GeoPackage."""
    shutil.copyfile(store, target)
