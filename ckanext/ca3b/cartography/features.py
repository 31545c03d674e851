"""The features of one layer, out of its GeoPackage: by SQLite alone, with the R-tree, values as parameters only.

A GeoPackage keeps a geometry as a header and WKB (OGC 12-128r18, clause 2.1.3).
"""

from __future__ import annotations

import contextlib
import math
import sqlite3
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np
import shapely
from attrs import field, frozen

from ckanext.ca3b.maps.model import STORE_FID, STORE_GEOMETRY, STORE_LAYER

from . import derived

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_KINDS = {
    "BOOLEAN": "boolean", "TINYINT": "integer", "SMALLINT": "integer", "MEDIUMINT": "integer", "INT": "integer",
    "INTEGER": "integer", "FLOAT": "number", "DOUBLE": "number", "REAL": "number", "DATE": "date",
    "DATETIME": "datetime",
}  # fmt: skip
_SECONDS = 20.0
_FETCHED = 1000


class SlowError(Exception):
    """The question took more time than visitors are given."""


@frozen
class Condition:
    """A part of WHERE with its parameters; ``sql`` names columns that exist and holds no value."""

    sql: str
    values: tuple[Any, ...] = ()


@frozen
class Row:
    """One feature: number, geometry as WKB (None without), values by the names of the file."""

    fid: int
    wkb: bytes | None
    properties: dict[str, Any]


@frozen
class Features:
    """A layer that is open for reading; ``kinds`` are ``text, integer, number, boolean, date, datetime`` by column."""

    connection: sqlite3.Connection
    kinds: dict[str, str] = field(factory=dict)

    def count(self, conditions: Sequence[Condition] = ()) -> int:
        """Return how many features meet all conditions."""
        where, values = _where(conditions)
        query = f"SELECT count(*) FROM {quoted(STORE_LAYER)} {where}"  # noqa: S608 - names are quoted, values bound
        return self._all(query, values)[0][0]

    def rows(self, conditions: Sequence[Condition] = (), *, limit: int = -1, offset: int = 0) -> Iterator[Row]:
        """Give the features that meet all conditions, in the order of the file; all of them without a limit."""
        where, values = _where(conditions)
        names = ", ".join(quoted(name) for name in (STORE_FID, STORE_GEOMETRY, *self.kinds))
        # The numbers are chosen first: rows that are passed over need not be read whole.
        inner = f"SELECT {STORE_FID} FROM {quoted(STORE_LAYER)} {where} ORDER BY {STORE_FID} LIMIT ? OFFSET ?"  # noqa: S608
        query = f"SELECT {names} FROM {quoted(STORE_LAYER)} WHERE {STORE_FID} IN ({inner}) ORDER BY {STORE_FID}"  # noqa: S608
        if not conditions and limit < 0:
            query, parameters = f"SELECT {names} FROM {quoted(STORE_LAYER)} ORDER BY {STORE_FID}", []  # noqa: S608
        else:
            parameters = [*values, limit, offset]
        try:
            cursor = self.connection.execute(query, parameters)
            while some := cursor.fetchmany(_FETCHED):
                yield from (self._row(one) for one in some)
        except sqlite3.OperationalError as error:
            raise _told(error) from error

    def row(self, fid: int) -> Row | None:
        """Return one feature by its number."""
        return next(self.rows([Condition(f"{STORE_FID} = ?", (fid,))], limit=1), None)

    def within(self, west: float, south: float, east: float, north: float) -> Condition:
        """Return the condition of touching a box in degrees, by the R-tree; a box may cross the antimeridian."""
        tree = quoted(f"rtree_{STORE_LAYER}_{STORE_GEOMETRY}")
        found = f"{STORE_FID} IN (SELECT id FROM {tree} WHERE maxy >= ? AND miny <= ? AND "  # noqa: S608 - quoted
        if west <= east:
            return Condition(found + "maxx >= ? AND minx <= ?)", (south, north, west, east))
        return Condition(found + "(maxx >= ? OR minx <= ?))", (south, north, west, east))

    def _row(self, values: tuple[Any, ...]) -> Row:
        fid, blob, *rest = values
        kinds = self.kinds.items()
        return Row(fid, wkb(blob), {name: _value(kind, one) for (name, kind), one in zip(kinds, rest, strict=True)})

    def _all(self, query: str, values: Sequence[Any]) -> list[Any]:
        try:
            return self.connection.execute(query, values).fetchall()
        except sqlite3.OperationalError as error:
            raise _told(error) from error


@contextlib.contextmanager
def opened(location: str, *, seconds: float = _SECONDS) -> Iterator[Features]:
    """Open the store of a layer, to be read for some seconds at most.

    :raises ckanext.ca3b.cartography.derived.MissingError: the storage does not have it.
    """
    with derived.local(location) as path, opened_path(path, seconds=seconds) as found:
        yield found


@contextlib.contextmanager
def opened_path(path: Path, *, seconds: float = _SECONDS) -> Iterator[Features]:
    """Open the store of a layer that is on this machine, to be read for some seconds at most."""
    with contextlib.closing(_connection(path)) as connection:
        clock = threading.Timer(seconds, connection.interrupt)
        clock.daemon = True
        clock.start()
        try:
            yield Features(connection, _columns(connection))
        finally:
            clock.cancel()


def geojson(rows: Sequence[Row]) -> list[str]:
    """Return features as the texts of GeoJSON features, all geometries at once."""
    from .geojson import feature  # noqa: PLC0415 - each knows the other's shapes

    shapes = shapely.from_wkb(np.array([row.wkb for row in rows], dtype=object), on_invalid="ignore")
    return [feature(row, text) for row, text in zip(rows, shapely.to_geojson(shapes), strict=True)]


def quoted(name: str) -> str:
    """Return a name as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'


def wkb(blob: bytes | None) -> bytes | None:
    """Return the WKB of a geometry of a GeoPackage; None for none and for an empty one."""
    if not blob or blob[:2] != b"GP" or blob[3] & 0x10:
        return None
    return blob[8 + _ENVELOPES.get((blob[3] >> 1) & 7, 0) :]


def _connection(path: Path) -> sqlite3.Connection:
    # The file never changes: no lock is taken, nothing is written beside it.
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    return sqlite3.connect(address, uri=True, check_same_thread=False)


def _columns(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute("SELECT name, type FROM pragma_table_info(?)", (STORE_LAYER,)).fetchall()
    return {
        name: _KINDS.get(kind.upper().partition("(")[0], "text")
        for name, kind in rows
        if name not in {STORE_FID, STORE_GEOMETRY} and not kind.upper().startswith("BLOB")
    }


def _where(conditions: Sequence[Condition]) -> tuple[str, list[Any]]:
    if not conditions:
        return "", []
    return "WHERE " + " AND ".join(one.sql for one in conditions), [value for one in conditions for value in one.values]


def _value(kind: str, value: Any) -> Any:
    if kind == "boolean" and value is not None:
        return bool(value)
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _told(error: sqlite3.OperationalError) -> Exception:
    return SlowError() if "interrupted" in str(error) else error
