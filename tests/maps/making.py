"""Files as people make them, in every format and system, around two places whose position is known."""

from __future__ import annotations

import gzip
import json
import sqlite3
import struct
import zipfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapefile as shp
import shapely
from pyproj import CRS, Transformer

#: Bourg-en-Bresse (town hall square) and Treffort, longitude and latitude in RGF93.
PLACES = ((5.2281, 46.2052), (5.3640, 46.2680))
NAMES = ("Mairie d’Été — œuvre", "Église <script>alert(1)</script>")


def projected(code: str, places: tuple[tuple[float, float], ...] = PLACES) -> list[tuple[float, float]]:
    """Give the places in another system, by PROJ alone."""
    transformer = Transformer.from_crs("EPSG:4326", code, always_xy=True)
    return [transformer.transform(*place) for place in places]


def write(
    path: Path, driver: str, shapes: list[Any], columns: dict[str, list[Any]], crs: str | None, **options: Any
) -> Path:
    """Write one layer with GDAL, with every driver at hand: this side is not what is tested."""
    table = pa.table({**columns, "geometry": pa.array(shapely.to_wkb(np.array(shapes, dtype=object)), pa.binary())})
    field = table.schema.field("geometry").with_metadata({"ARROW:extension:name": "geoarrow.wkb"})
    table = table.set_column(table.num_columns - 1, field, table.column("geometry"))
    kinds = {shape.geom_type for shape in shapes if shape is not None}
    pyogrio.write_arrow(
        table, path, driver=driver, geometry_name="geometry",
        geometry_type=kinds.pop() if len(kinds) == 1 else "Unknown", crs=crs, **options,
    )  # fmt: skip
    return path


def points(path: Path, driver: str, code: str, *, crs: str | None = "same", **options: Any) -> Path:
    """Write the two places as points, in a system, declared or not."""
    shapes = [shapely.Point(*place) for place in projected(code)]
    columns = {"nom": list(NAMES), "places": [12, 40], "prix": [1.5, None]}
    return write(path, driver, shapes, columns, code if crs == "same" else crs, **options)


def geojson(path: Path, features: list[tuple[Any, dict[str, Any]]], **members: Any) -> Path:
    """Write a FeatureCollection of (geometry, properties)."""
    found = [{"type": "Feature", "properties": values, "geometry": shape} for shape, values in features]
    path.write_text(
        json.dumps({"type": "FeatureCollection", **members, "features": found}, ensure_ascii=False), "utf-8"
    )
    return path


def zipped(path: Path, files: Mapping[str, Path | bytes | str]) -> Path:
    """Write an archive of files, under the names they are given."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content.read_bytes() if isinstance(content, Path) else content)
    return path


def shapefile(folder: Path, code: str, stem: str = "equipements", encoding: str = "UTF-8") -> dict[str, Path]:
    """Write the places as a Shapefile, texts in an encoding, and give its parts by extension."""
    folder.mkdir(exist_ok=True)
    with shp.Writer(str(folder / stem), shapeType=shp.POINT, encoding=encoding) as writer:
        writer.field("nom", "C", 60)
        writer.field("places", "N", 9)
        for place, name, seats in zip(projected(code), NAMES, (12, 40), strict=True):
            writer.point(*place)
            writer.record(name, seats)
    (folder / f"{stem}.prj").write_text(CRS.from_user_input(code).to_wkt("WKT1_ESRI"), "ascii")
    (folder / f"{stem}.cpg").write_text(encoding, "ascii")
    return {path.suffix: path for path in folder.glob(f"{stem}.*")}


def gzipped(path: Path, source: Path) -> Path:
    """Compress a file."""
    path.write_bytes(gzip.compress(source.read_bytes()))
    return path


def gpx(path: Path) -> Path:
    """Write the places as points, and a track that joins them."""
    ends = "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in PLACES)
    spots = "".join(
        f'<wpt lat="{y}" lon="{x}"><name>{name.replace("<", "&lt;")}</name></wpt>'
        for (x, y), name in zip(PLACES, NAMES, strict=True)
    )
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><gpx version="1.1" creator="test" '
        f'xmlns="http://www.topografix.com/GPX/1/1">{spots}<trk><name>Sentier</name><trkseg>{ends}</trkseg></trk></gpx>',
        "utf-8",
    )
    return path


def geoparquet(path: Path, code: str, shapes: list[bytes] | None = None, **column: Any) -> Path:
    """Write the places, or two geometries already in WKB, as GeoParquet 1.1."""
    shapes = shapes or [shapely.to_wkb(shapely.Point(*place)) for place in projected(code)]
    meta = {"encoding": "WKB", "geometry_types": ["Point"], "crs": CRS.from_user_input(code).to_json_dict(), **column}
    geo = {"version": "1.1.0", "primary_column": "geom", "columns": {"geom": meta}}
    table = pa.table({"nom": list(NAMES), "geom": pa.array(shapes, pa.binary())})
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), path)
    return path


def native_geoparquet(path: Path, code: str) -> Path:
    """Write the places as GeoParquet 1.1 in the encoding « point »."""
    axes = pa.array(
        [{"x": x, "y": y} for x, y in projected(code)], pa.struct([("x", pa.float64()), ("y", pa.float64())])
    )
    meta = {"encoding": "point", "geometry_types": ["Point"], "crs": CRS.from_user_input(code).to_json_dict()}
    geo = {"version": "1.1.0", "primary_column": "geom", "columns": {"geom": meta}}
    table = pa.table({"nom": list(NAMES), "geom": axes})
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), path)
    return path


def curved(path: Path) -> Path:
    """Write a GeoPackage whose one feature is an arc, in Lambert-93."""
    write(path, "GPKG", [shapely.LineString([(0, 0), (1, 1)])], {"nom": ["arc"]}, "EPSG:2154", layer="arcs")
    arc = struct.pack("<BII6d", 1, 8, 3, 871_000, 6_570_000, 871_050, 6_570_050, 871_100, 6_570_000)
    with closing(sqlite3.connect(path)) as base:
        for (trigger,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            base.execute(f'DROP TRIGGER "{trigger}"')
        base.execute("UPDATE arcs SET geom = ?", (b"GP\x00\x01" + struct.pack("<i", 2154) + arc,))
        base.commit()
    return path
