"""Parquet and SQLite (GeoPackage too): tables that are already cut."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.tables import TableError

from .model import BATCH_ROWS, Content, Part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def open_parquet(path: Path) -> Content:
    """Read a Parquet file by slices, nested values as JSON."""
    lazy = pl.scan_parquet(path)
    schema = lazy.collect_schema()
    names = tuple(schema.names())
    texts = [
        pl.col(name).struct.json_encode() if isinstance(kind, pl.Struct) else pl.col(name).cast(pl.String, strict=False)
        for name, kind in schema.items()
        if not isinstance(kind, pl.List | pl.Binary)
    ]
    missing = [f"la colonne « {name} » est d’un type qui n’est pas examiné" for name, kind in schema.items()
               if isinstance(kind, pl.List | pl.Binary)]  # fmt: skip
    kept = tuple(name for name, kind in schema.items() if not isinstance(kind, pl.List | pl.Binary))
    rows = lazy.select(pl.len()).collect().item()

    def batches() -> Iterator[pl.DataFrame]:
        for start in range(0, rows, BATCH_ROWS):
            yield lazy.slice(start, BATCH_ROWS).select(texts).collect()

    if not names:
        raise TableError("empty", "Le fichier Parquet n’a pas de colonne.")
    return Content([Part(kept, batches, form="parquet")], missing=missing)


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
            content.parts.append(
                Part(names, _rows(base, quoted, names), table if len(tables) > 1 else None, form="sqlite")
            )
    except sqlite3.Error as error:
        raise TableError("damaged", "La base SQLite est abîmée.") from error
    if not content.parts:
        raise TableError("empty", "La base ne contient aucune table.")
    return content


def _rows(base: sqlite3.Connection, quoted: str, names: tuple[str, ...]):  # noqa: ANN202 - a source of frames
    def batches() -> Iterator[pl.DataFrame]:
        cursor = base.execute(f"select * from {quoted}")  # noqa: S608 - a name of the file itself, quoted
        while rows := cursor.fetchmany(50_000):
            texts = [
                [
                    None if cell is None or cell == "" else "POINT (…)" if isinstance(cell, bytes) else str(cell)
                    for cell in row
                ]
                for row in rows
            ]
            yield pl.DataFrame(texts, schema=dict.fromkeys(names, pl.String()), orient="row")

    return batches
