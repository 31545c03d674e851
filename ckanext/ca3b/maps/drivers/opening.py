"""From a file to its layers: unwrapped if it is compressed, then handed to the one driver of its declared format."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import attrs

from ckanext.ca3b.maps.archives import Archive, Entry, gunzip
from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.markup import root_of
from ckanext.ca3b.maps.model import Request, Source

from .formats import DRIVERS, GENERIC, LABELS, ZIPPED, driver_of, suffix_of

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.maps.limits import Limits

# The collection or its list are named, or the document begins like a feature or a geometry.
_GEOJSON = re.compile(
    rb'^(?!\s*\[).*?(?:"FeatureCollection"|"features"\s*:)|^(?:\xef\xbb\xbf)?\s*\{\s*"type"', re.DOTALL
)
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_ROOTS = {"kml": "kml", "gpx": "gpx", "FeatureCollection": "gml"}
_EXTRAS = {"pyogrio", "pyarrow", "rasterio", "pmtiles", "shapely", "pyproj", "numpy", "polars"}


def open_layers(path: Path, *, request: Request) -> Source:
    """Open a file with the driver of its declared format, else of its extension.

    Raises ``MapError`` when it is empty, too large, of no known format, or not what it is declared to be.
    """
    size = path.stat().st_size
    if size == 0:
        raise MapError("empty", "Ce fichier est vide. Déposez le fichier complet.")
    if size > request.limits.bytes:
        raise too_large(request.limits)
    head = _head(path)
    if head.startswith(_GZIP):
        name = request.name[:-3] if request.name.lower().endswith((".gz", ".gzip")) else request.name
        request = attrs.evolve(request, name=name, declared=None if _wraps(request.declared) else request.declared)
        path = gunzip(path, request.work / "unpacked", request.limits, request.deadline)
        head = _head(path)
        if not head:
            raise MapError("empty", "L’archive ne contient qu’un fichier vide. Déposez le fichier complet.")
        if head.startswith(_GZIP):
            raise _nested()
    driver = driver_of(request.name, request.declared)
    if head.startswith((_ZIP, b"PK\x05\x06")) and driver not in ZIPPED:
        return _zipped(path, request, driver)
    return _read(path, request, driver or _guessed(path, request, head))


def _read(path: Path, request: Request, driver: str) -> Source:
    """Call the module of a format; a library that is not installed is one sentence."""
    try:
        return import_module(f"{__package__}.{driver}").open_source(path, request)
    except ModuleNotFoundError as error:
        raise missing(error) from error


def missing(error: ModuleNotFoundError) -> MapError:
    """The refusal when the extra of maps is not installed."""
    if (error.name or "").split(".")[0] not in _EXTRAS:
        raise error
    return MapError(
        "not_installed",
        f"La lecture des cartes n’est pas installée sur ce portail (« {error.name} » manque) : "
        "l’exploitant doit installer ckanext-ca3b[maps].",
    )


def _wraps(declared: str | None) -> bool:
    return (declared or "").strip().lower() in GENERIC


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(512)


def _guessed(path: Path, request: Request, head: bytes) -> str:
    """Return the driver of ``.json`` and ``.xml``, which name no format; raise for anything else."""
    words = {suffix_of(request.name), (request.declared or "").strip().lower()}
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if words & {"json", "application/json"} and start in (b"{", b"[", b"\x1e"):
        return "geojson" if start == b"\x1e" or _is_geojson(path) else "table"
    if words & {"xml", "application/xml", "text/xml"} and start == b"<":
        root = root_of(path)
        if root in _ROOTS:
            return _ROOTS[root]
    raise MapError(
        "unknown_format",
        "Ce format n’est pas un format de carte connu. Formats lus : GeoJSON, Shapefile (zip), GeoPackage, KML, KMZ, "
        "GPX, FlatGeobuf, GML, MapInfo, DXF, GeoParquet, GTFS, GeoTIFF, et les tableaux CSV ou tableurs avec des "
        "coordonnées.",
    )


def _is_geojson(path: Path) -> bool:
    """Tell GeoJSON from records of a table, whose rows may hold geometries too: an array is never GeoJSON."""
    with path.open("rb") as stream:
        start = stream.read(1 << 16)
    return bool(_GEOJSON.search(start))


def _zipped(path: Path, request: Request, driver: str | None) -> Source:
    """Open what a zip holds: the declared format, else the format its names tell."""
    archive = Archive(path, request.limits, request.deadline)
    try:
        driver = driver or _inside(archive)
        if driver in ("shapefile", "mapinfo", "gtfs"):
            return _read(path, attrs.evolve(request, declared=driver), driver)
        entries = [entry for entry in archive.entries if DRIVERS.get(entry.suffix[1:]) == driver]
        if not entries and len(archive.entries) == 1 and not archive.having(".zip", ".gz", ".7z", ".rar"):
            entries = archive.entries
        if not entries:
            raise _nothing(archive, driver)
        if len(entries) > request.limits.layers:
            raise too_many_layers(request.limits)
        return together([_member(archive, entry, request, driver, n) for n, entry in enumerate(entries)])
    finally:
        archive.close()


def _inside(archive: Archive) -> str:
    """Return the driver that the names in an archive tell."""
    names = {PurePosixPath(entry.path).name.lower() for entry in archive.entries}
    if archive.having(".shp"):
        return "shapefile"
    if archive.having(".tab", ".mif"):
        return "mapinfo"
    if {"stops.txt", "routes.txt"} <= names:
        return "gtfs"
    for entry in archive.entries:
        found = DRIVERS.get(entry.suffix[1:])
        if found and entry.suffix not in (".txt", ".xml"):
            return found
    if any(entry.suffix == ".json" for entry in archive.entries):
        return "geojson"
    raise _nothing(archive, None)


def _member(archive: Archive, entry: Entry, request: Request, driver: str, number: int) -> Source:
    work = request.work / f"entry{number}"
    work.mkdir()
    copy = archive.unpack(entry, work / "content")
    if _head(copy).startswith(_GZIP):
        raise _nested()
    return _read(copy, attrs.evolve(request, name=PurePosixPath(entry.path).name, declared=None, work=work), driver)


def together(sources: list[Source]) -> Source:
    """Make one source of several."""
    if len(sources) == 1:
        return sources[0]

    def close() -> None:
        for source in sources:
            source.close()

    return Source(sources[0].driver, [layer for source in sources for layer in source.layers], close)


def _nothing(archive: Archive, driver: str | None) -> MapError:
    if archive.having(".zip", ".gz", ".7z", ".rar", ".tar"):
        return _nested()
    wanted = LABELS.get(driver or "", "carte")
    return MapError(
        "nothing_inside",
        f"L’archive ne contient aucun fichier {wanted} : vérifiez son contenu, ou le format indiqué pour ce fichier."
        if driver
        else "L’archive ne contient aucun fichier de carte connu (.shp, .geojson, .gpkg, .kml, .tab…).",
    )


def _nested() -> MapError:
    return MapError("nested", "L’archive contient une autre archive : déposez l’archive intérieure elle-même.")


def too_large(limits: Limits) -> MapError:
    """The refusal of a file that is too large."""
    size = f"{limits.bytes / 1e9:.1f}".replace(".", ",").removesuffix(",0")
    return MapError("too_large", f"Ce fichier dépasse {size} Go, la taille permise pour une carte. Découpez-le.")


def too_many_layers(limits: Limits) -> MapError:
    """The refusal of a file with too many layers."""
    return MapError(
        "too_many_layers", f"Ce fichier contient plus de {limits.layers} couches. Déposez-le en plusieurs fichiers."
    )
