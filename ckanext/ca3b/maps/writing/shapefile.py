"""Zipped Shapefile: one per kind of geometry, names of ten characters, texts in UTF-8 that say so."""

from __future__ import annotations

import re
import tempfile
import unicodedata
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pyogrio

from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.model import STORE_GEOMETRY, STORE_LAYER

from . import store as stored

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Kinds of a Shapefile: suffix of the file when there are several, type for GDAL, types of the store.
_KINDS = (
    ("points", "Point", ("POINT",)),
    ("multipoints", "MultiPoint", ("MULTIPOINT",)),
    ("lignes", "MultiLineString", ("LINESTRING", "MULTILINESTRING")),
    ("surfaces", "MultiPolygon", ("POLYGON", "MULTIPOLYGON")),
)
_NAME, _TEXT = 10, 254
#: The format counts in 16-bit words with 32 bits.
_MOST_BYTES = 2**31 - 1
_READ_ME = "LISEZMOI.txt"
#: Bytes of texts from which fields are made as wide as their longest text, which means writing them twice: at 254
#: bytes each they would pass the 2 GB of the format for nothing.
RESIZED_FROM = 10**9


def write_shapefile(store: Path, target: Path, name: str, title: str | None) -> None:  # noqa: ARG001 - one call for all
    """Write a zip of one Shapefile per kind of geometry, with its ``.prj`` and ``.cpg``.

    Names of attributes that were cut are told in ``LISEZMOI.txt``. Raises MapError (``too_large``) beyond 2 GB.
    """
    found = stored.types_of(store)
    kinds = [kind for kind in _KINDS if found & set(kind[2])]
    stem = file_stem(name)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        renamed: dict[str, str] = {}
        for suffix, geometry_type, types in kinds:
            path = Path(folder) / (f"{stem}_{suffix}.shp" if len(kinds) > 1 else f"{stem}.shp")
            renamed = _write(store, path, geometry_type, types)
        for path in Path(folder).iterdir():
            if path.stat().st_size >= _MOST_BYTES:
                raise MapError(
                    "too_large",
                    "Cette couche dépasse 2 Go, la taille d’un Shapefile. Téléchargez-la en GeoPackage.",
                )
        left = found - {each for kind in kinds for each in kind[2]}
        (Path(folder) / _READ_ME).write_text(_read_me(name, renamed, left), "utf-8-sig")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            for path in sorted(Path(folder).iterdir()):
                archive.write(path, path.name)


def short_names(names: Sequence[str]) -> dict[str, str]:
    """Give each attribute a name of a ``.dbf``: ten ASCII letters, digits or underscores, all different."""
    short: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        ascii_only = unicodedata.normalize("NFKD", name.replace("’", "_")).encode("ascii", "ignore").decode()
        base = re.sub(r"[^A-Za-z0-9_]+", "_", ascii_only).strip("_")[:_NAME] or "champ"
        candidate, number = base, 1
        while candidate.lower() in taken:
            number += 1
            candidate = f"{base[: _NAME - len(str(number)) - 1]}_{number}"
        taken.add(candidate.lower())
        short[name] = candidate
    return short


def file_stem(name: str) -> str:
    """Give a name that every system takes for a file."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9-]+", "_", ascii_only).strip("_-")[:60] or "couche"


def _write(store: Path, path: Path, geometry_type: str, types: Sequence[str]) -> dict[str, str]:
    listed = ", ".join(f"'{each}'" for each in types)
    with stored.features(store, where=f'ST_GeometryType("{STORE_GEOMETRY}") IN ({listed})') as (meta, reader):
        geometry = stored.geometry_name(meta)
        names = [each for each in reader.schema.names if each not in {geometry, stored.STORE_FID}]
        short = short_names(names)
        kept = [place for place, each in enumerate(reader.schema.names) if each != stored.STORE_FID]
        given: list[tuple[str, pa.Field]] = [(reader.schema.names[place], reader.schema.field(place)) for place in kept]
        schema = pa.schema([_field(field, short.get(each, each)) for each, field in given])
        stored.write(
            reader,
            path,
            driver="ESRI Shapefile",
            layer=path.stem,
            geometry=geometry,
            geometry_type=geometry_type,
            change=lambda batch: _changed(batch, kept, schema),
            schema=schema,
            encoding="UTF-8",
            layer_options={"RESIZE": "YES" if _texts_bytes(store, schema) > RESIZED_FROM else "NO"},
        )
    path.with_suffix(".cpg").write_text("UTF-8", "ascii")
    return {name: cut for name, cut in short.items() if name != cut}


def _texts_bytes(store: Path, schema: pa.Schema) -> int:
    texts = sum(pa.types.is_string(field.type) or pa.types.is_large_string(field.type) for field in schema)
    return texts * _TEXT * pyogrio.read_info(store, layer=STORE_LAYER)["features"]


def _field(field: pa.Field, name: str) -> pa.Field:
    """A ``.dbf`` has texts, numbers and dates: truth is 0 or 1, a moment is a text."""
    kind = field.type
    if pa.types.is_boolean(kind):
        kind = pa.int32()
    elif pa.types.is_timestamp(kind) or pa.types.is_time(kind):
        kind = pa.string()
    return pa.field(name, kind, metadata=field.metadata)


def _changed(batch: pa.RecordBatch, kept: Sequence[int], schema: pa.Schema) -> pa.RecordBatch:
    columns: list[Any] = []
    for place, field in zip(kept, schema, strict=True):
        column = batch.column(place)
        if column.type != field.type:
            column = column.cast(field.type)
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            column = _cut(column)
        columns.append(column)
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _cut(texts: pa.Array) -> pa.Array:
    """Cut texts to the bytes of a field, never within a character."""
    series = pl.Series(pl.from_arrow(texts))
    if not (series.str.len_bytes() > _TEXT).any():
        return texts
    cut = [text if text is None else text.encode()[:_TEXT].decode(errors="ignore") for text in texts.to_pylist()]
    return pa.array(cut, texts.type)


def _read_me(name: str, renamed: dict[str, str], left: set[str]) -> str:
    lines = [
        f"{name}",
        "Coordonnées : WGS 84 (EPSG:4326). Textes : UTF-8, coupés à 254 octets.",
    ]
    if renamed:
        lines.append("Noms d’attributs raccourcis (un Shapefile accepte dix caractères) :")
        lines += [f"  {short} : {full}" for full, short in renamed.items()]
    if left:
        lines.append("Les géométries composites (collections) n’existent pas en Shapefile : prenez le GeoPackage.")
    return "\r\n".join(lines) + "\r\n"
