"""A layer as a file of another format, made when it is asked for and kept for the next who asks.

GeoJSON and CSV are written by us as they are sent; Shapefile and KML by GDAL, from our own GeoPackage.
"""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import tempfile
import threading
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ckan.lib.munge import munge_filename

from ckanext.ca3b.maps.model import STORE_FID, STORE_GEOMETRY, STORE_LAYER

from . import derived, features

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .features import Row
    from .layers import Layer

#: The formats of downloads: what ends the address, the name for people, the media type.
FORMATS = {
    "geojson": ("GeoJSON", "application/geo+json"),
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "gpkg": ("GeoPackage", "application/geopackage+sqlite3"),
    "shp.zip": ("Shapefile", "application/zip"),
    "kml": ("KML", "application/vnd.google-earth.kml+xml"),
}
_CHUNK = 1 << 18
_ROWS = 2000
_SECONDS = 3600.0
# Two conversions at a time by process: each reads and writes a disk.
_turns = threading.BoundedSemaphore(2)
#: Shapefiles hold one kind of geometry each: GDAL's name, and that of the file.
_SHAPES = (
    ("points", ("POINT",), "Point"),
    ("points-multiples", ("MULTIPOINT",), "MultiPoint"),
    ("lignes", ("LINESTRING", "MULTILINESTRING"), "MultiLineString"),
    ("surfaces", ("POLYGON", "MULTIPOLYGON"), "MultiPolygon"),
)


class BusyError(Exception):
    """Too many conversions are being made."""


def collection_id(resource_id: str, layer_id: str) -> str:
    """Return the name of a layer among the collections of OGC API – Features."""
    return resource_id if layer_id == "0" else f"{resource_id}.{layer_id}"


def file_name(layer: Layer, form: str) -> str:
    """Return the name under which a download is saved."""
    return f"{munge_filename(layer.title or 'carte').strip('.-') or 'carte'}.{form}"


def export(layer: Layer, form: str) -> tuple[Iterator[bytes], int | None]:
    """Return a layer in a format of FORMATS, in pieces, and its size in bytes when it is known.

    :raises derived.MissingError: the storage does not have it.
    :raises BusyError: too many conversions are being made.
    """
    location = layer.store
    if form == "geojson":
        return _started(_geojson(location)), None
    if form == "csv":
        return _started(_csv(location)), None
    block = contextlib.ExitStack()
    if form == "gpkg":
        path = block.enter_context(derived.local(location))
    else:
        write = _shapefiles if form == "shp.zip" else _kml
        name = f"{layer.map.version}-{layer.about['id']}.{form}"
        path = block.enter_context(derived.kept(name, lambda target: _converted(location, target, write, layer)))
    return _sent(path, block), path.stat().st_size


def _started(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Begin to write, so that what is missing is known before the answer begins."""
    first = next(pieces, b"")
    return itertools.chain([first], pieces)


def _geojson(location: str) -> Iterator[bytes]:
    with features.opened(location, seconds=_SECONDS) as found:
        yield b'{"type":"FeatureCollection","features":['
        between = ""
        for some in _batches(found.rows()):
            yield (between + ",\n".join(features.geojson(some))).encode()
            between = ",\n"
        yield b"]}"


def _csv(location: str) -> Iterator[bytes]:
    """Write columns as they are, and the geometry as WKT: what spreadsheets and GDAL read back."""
    import shapely  # noqa: PLC0415 - beside numpy, loaded by the time it is needed

    with features.opened(location, seconds=_SECONDS) as found:
        names = list(found.kinds)
        geometry = next(name for name in ("geometrie_wkt", "ca3b_wkt", "ca3b_wkt_") if name not in names)
        yield b"\xef\xbb\xbf" + _lines([[*names, geometry]])
        for some in _batches(found.rows()):
            texts = shapely.to_wkt(shapely.from_wkb([row.wkb for row in some]), rounding_precision=8)
            values = ([_cell(one) for one in row.properties.values()] for row in some)
            yield _lines([*line, wkt or ""] for line, wkt in zip(values, texts, strict=True))


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    # A spreadsheet would take these for formulas.
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "@", "\t", "\r"} else value


def _lines(rows: Any) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=",", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while some := list(itertools.islice(rows, _ROWS)):
        yield some


def _converted(location: str, target: Path, write: Callable[[Path, Path, Layer], None], layer: Layer) -> None:
    if not _turns.acquire(timeout=30):
        raise BusyError
    try:
        with derived.local(location) as source, tempfile.TemporaryDirectory(prefix="ca3b-") as room:
            made = Path(room) / "store.gpkg"
            made.symlink_to(source)
            write(made, target, layer)
    finally:
        _turns.release()


def _kml(source: Path, target: Path, layer: Layer) -> None:
    from pyogrio.raw import open_arrow, write_arrow  # noqa: PLC0415 - heavy, and only for who asks

    made = target.with_suffix(".kml")
    options = {"NameField": layer.about["title"]} if layer.about.get("title") else {}
    with open_arrow(source, layer=STORE_LAYER, use_pyarrow=False) as (meta, reader):
        write_arrow(
            reader,
            made,
            layer=layer.title or "carte",
            driver="KML",
            geometry_name=meta["geometry_name"] or STORE_GEOMETRY,
            geometry_type="Unknown",
            crs="EPSG:4326",
            dataset_options=options,
        )
    made.replace(target)


def _shapefiles(source: Path, target: Path, layer: Layer) -> None:
    from pyogrio.raw import open_arrow, write_arrow  # noqa: PLC0415 - heavy, and only for who asks

    stem = file_name(layer, "x").removesuffix(".x")
    room = target.parent / f"{target.name}.parts"
    room.mkdir()
    present = _shapes(source)
    for name, kinds, kind in _SHAPES:
        wanted = sorted(present & set(kinds))
        if not wanted:
            continue
        listed = ", ".join(f"'{one}'" for one in wanted)
        # The names of kinds are ours, from the table above.
        query = (
            f"SELECT * FROM {STORE_LAYER} WHERE ST_GeometryType({STORE_GEOMETRY}) IN ({listed}) ORDER BY {STORE_FID}"  # noqa: S608
        )
        alone = sum(bool(present & set(each)) for _, each, _ in _SHAPES) == 1
        with open_arrow(source, sql=query, use_pyarrow=False) as (meta, reader):
            write_arrow(
                reader, room / f"{stem if alone else f'{stem}-{name}'}.shp", driver="ESRI Shapefile", encoding="UTF-8",
                geometry_name=meta["geometry_name"] or STORE_GEOMETRY, geometry_type=kind, crs="EPSG:4326",
            )  # fmt: skip
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=5) as archive:
        for path in sorted(room.iterdir()):
            archive.write(path, path.name)


def _shapes(source: Path) -> set[str]:
    """Return the kinds of geometries of a store, by their WKB (OGC 06-103r4, clause 8.2)."""
    import shapely  # noqa: PLC0415

    names = ("", "POINT", "LINESTRING", "", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "COLLECTION")
    codes = {0: 1, 1: 2, 2: 2, 3: 4, 4: 5, 5: 6, 6: 7, 7: 8}
    found: set[str] = set()
    with features.opened_path(source, seconds=_SECONDS) as layer:
        for some in _batches(layer.rows()):
            kinds = shapely.get_type_id(shapely.from_wkb([row.wkb for row in some]))
            found |= {names[codes[int(one)]] for one in set(kinds.tolist()) if int(one) in codes}
    return found


def _sent(path: Path, block: contextlib.ExitStack) -> Iterator[bytes]:
    with block, path.open("rb") as source:
        while chunk := source.read(_CHUNK):
            yield chunk
