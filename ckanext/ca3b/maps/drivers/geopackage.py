"""GeoPackage: opened for reading only, after its schema was looked at without running any of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.gdal.reader import damaged

from .common import Reading, placed, read_with, wrong_format

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.maps.gdal.reader import GdalLayer
    from ckanext.ca3b.maps.model import Request, Source

_MAGIC = b"SQLite format 3\x00"


def open_source(path: Path, request: Request) -> Source:
    """Open the layers of vectors; a virtual table other than a spatial index is refused, triggers never run."""
    with path.open("rb") as stream:
        header = stream.read(100)
    if not header.startswith(_MAGIC):
        raise wrong_format("geopackage")
    if _announced(header) > path.stat().st_size:
        raise damaged()
    names, systems = _schema(path)
    if not names:
        raise MapError(
            "no_geometry", "Ce GeoPackage ne contient aucune couche de vecteurs : il ne peut pas devenir une carte."
        )
    reading = Reading(
        wanted=lambda layer: layer.name in names,
        crs=lambda layer: _crs(layer, systems),
        label=lambda layer: names[layer.name] or layer.name,
    )
    source = placed(path, request, ".gpkg")
    return read_with(source, "GPKG", request, reading, IMMUTABLE="YES", LIST_ALL_TABLES="NO")


def _announced(header: bytes) -> int:
    """Return the size that the header of a SQLite file announces, 0 when it announces none."""
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    # The number of pages holds only when the file was last written by a version that counts them.
    return (65_536 if page == 1 else page) * pages if header[24:28] == header[92:96] else 0


def _schema(path: Path) -> tuple[dict[str, str], dict[str, int]]:
    """Return the vector layers with their titles, and the identifier of their systems; read without any extension."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            base.execute("PRAGMA trusted_schema = 0")
            base.set_authorizer(_only_reading)
            virtual = base.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL%'"
            ).fetchall()
            _refuse_virtual([(str(name), str(sql)) for name, sql in virtual])
            rows = base.execute(
                "SELECT c.table_name, c.identifier, g.srs_id FROM gpkg_contents c "
                "JOIN gpkg_geometry_columns g ON g.table_name = c.table_name WHERE c.data_type = 'features'"
            ).fetchall()
    except sqlite3.DatabaseError as error:
        raise damaged() from error
    return {str(row[0]): str(row[1] or "") for row in rows}, {str(row[0]): int(row[2]) for row in rows}


def _refuse_virtual(tables: list[tuple[str, str]]) -> None:
    """Refuse virtual tables, which run code of their own, but for the spatial indexes of the standard."""
    for name, sql in tables:
        if not (name.lower().startswith("rtree_") and "using rtree" in " ".join(sql.lower().split())):
            raise MapError(
                "virtual_table",
                f"Ce GeoPackage contient une table virtuelle (« {name[:60]} »), ce qui n’est pas permis : "
                "exportez ses couches dans un nouveau GeoPackage.",
                name[:60],
            )


def _only_reading(action: int, *_: object) -> int:
    allowed = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION)
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY


def _crs(layer: GdalLayer, systems: dict[str, int]) -> str | None:
    # -1 and 0 are the undefined systems of the standard; GDAL gives them names of their own.
    return None if systems.get(layer.name, 0) in (-1, 0) else layer.crs
