"""Parquet and SQLite (GeoPackage too): tables that are already cut."""

from __future__ import annotations

import sqlite3
import struct
from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.tables import TableError

from .model import BATCH_ROWS, Content, Part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def open_parquet(path: Path) -> Content:
    """Read a Parquet file by slices, nested values as JSON, shapes as their points."""
    lazy = pl.scan_parquet(path)
    schema = lazy.collect_schema()
    if not schema:
        raise TableError("empty", "Le fichier Parquet n’a pas de colonne.")
    rows = lazy.select(pl.len()).collect().item()
    # Bytes are shapes when the first of them are; anything else cannot be read.
    shaped = {name for name, kind in schema.items() if kind == pl.Binary and _shapes(lazy, name)}
    texts = {name: _as_text(name, kind) for name, kind in schema.items() if kind != pl.Binary or name in shaped}
    missing = [f"la colonne « {name} » contient des octets, qui ne sont pas examinés" for name in schema
               if name not in texts]  # fmt: skip

    def batches() -> Iterator[pl.DataFrame]:
        for start in range(0, rows, BATCH_ROWS):
            yield lazy.slice(start, BATCH_ROWS).select(texts.values()).collect()

    return Content([Part(tuple(texts), batches, form="parquet")], missing=missing)


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    value = pl.col(name)
    if kind == pl.Binary:
        return value.map_elements(point_of, return_dtype=pl.String)
    if isinstance(kind, pl.Struct):
        return value.struct.json_encode()
    if isinstance(kind, pl.List | pl.Array):
        # A list within a list has no text of its own: JSON has one for any.
        return pl.struct(value).struct.json_encode()
    return value.cast(pl.String, strict=False)


def _shapes(lazy: pl.LazyFrame, name: str) -> bool:
    some = lazy.select(pl.col(name).drop_nulls().head(20)).collect()[name].to_list()
    return bool(some) and all(point_of(value) is not None for value in some)


_KINDS = {1: "POINT", 2: "LINESTRING", 3: "POLYGON", 4: "MULTIPOINT", 5: "MULTILINESTRING", 6: "MULTIPOLYGON",
          7: "GEOMETRYCOLLECTION"}  # fmt: skip
# Bytes of the envelope in the header of a shape of a GeoPackage, by its code.
_ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def point_of(shape: bytes) -> str | None:
    """Give a point as text, another shape by its kind, or nothing when the bytes are no shape (WKB, GeoPackage)."""
    try:
        if shape[:2] == b"GP":
            shape = shape[8 + _ENVELOPES.get(shape[3] >> 1 & 7, 0) :]
        order = "<" if shape[0] == 1 else ">"
        (code,) = struct.unpack(f"{order}I", shape[1:5])
        kind = _KINDS.get((code & 0xFFFF) % 1000) if shape[0] in {0, 1} else None
        if kind != "POINT":
            return f"{kind} (…)" if kind else None
        start = 9 if code & 0x20000000 else 5
        x, y = struct.unpack(f"{order}dd", shape[start : start + 16])
    except (struct.error, IndexError):
        return None
    return f"POINT ({x} {y})"


def open_sqlite(path: Path) -> Content:
    """Read every table of a database, except those which describe it."""
    base = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    content = Content(keep=[base])
    try:
        tables = [row[0] for row in base.execute("select name from sqlite_master where type = 'table' order by name")]
        for table in tables:
            if table.startswith(("sqlite_", "gpkg_", "rtree_", "idx_")):
                continue
            quoted = '"' + table.replace('"', '""') + '"'
            cursor = base.execute(f"select * from {quoted} limit 0")  # noqa: S608 - a name of the file itself, quoted
            names = tuple(column[0] for column in cursor.description)
            where = table if len(tables) > 1 else None
            content.parts.append(Part(names, _rows(base, quoted, names), where, form="sqlite"))
            content.missing += _bytes(base, quoted, names)
    except sqlite3.Error as error:
        raise TableError("damaged", "La base SQLite est abîmée.") from error
    if not content.parts:
        raise TableError("empty", "La base ne contient aucune table.")
    return content


def _bytes(base: sqlite3.Connection, quoted: str, names: tuple[str, ...]) -> list[str]:
    """Say which columns hold bytes that are no shape."""
    found = []
    for name in names:
        column = '"' + name.replace('"', '""') + '"'
        query = f"select {column} from {quoted} where typeof({column}) = 'blob' limit 20"  # noqa: S608 - quoted
        if any(point_of(value) is None for (value,) in base.execute(query)):
            found.append(f"la colonne « {name} » contient des octets, qui ne sont pas examinés")
    return found


def _rows(base: sqlite3.Connection, quoted: str, names: tuple[str, ...]):  # noqa: ANN202 - a source of frames
    def batches() -> Iterator[pl.DataFrame]:
        cursor = base.execute(f"select * from {quoted}")  # noqa: S608 - a name of the file itself, quoted
        while rows := cursor.fetchmany(50_000):
            texts = [[None if cell is None or cell == "" else _cell(cell) for cell in row] for row in rows]
            yield pl.DataFrame(texts, schema=dict.fromkeys(names, pl.String()), orient="row")

    return batches


def _cell(cell: object) -> str | None:
    return point_of(cell) if isinstance(cell, bytes) else str(cell)
