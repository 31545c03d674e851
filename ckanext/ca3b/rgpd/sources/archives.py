"""Archives: each member is a file of its own; the three files of a shapefile are one table."""

from __future__ import annotations

import gzip
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import polars as pl

from ckanext.ca3b.tables import TableError
from ckanext.ca3b.tables.reading.header import column_names
from ckanext.ca3b.tables.reading.readers.archive import copy_bounded

from .model import Content, Part
from .pictures import HEAD, is_large, named_picture

if TYPE_CHECKING:
    from collections.abc import Iterator

# Parts of geographic files that hold no attribute.
_SILENT = frozenset(
    [
        ".prj",
        ".cpg",
        ".shx",
        ".sbn",
        ".sbx",
        ".qix",
        ".qpj",
        ".qml",
        ".sld",
        ".lyr",
        ".fbn",
        ".fbx",
        ".ain",
        ".aih",
        ".svg",
        ".ico",
    ]
)
_MOST = 2000


def open_archive(path: Path, name: str, kind: str, depth: int) -> Content:
    """Read each member within bounds; what cannot be read is said, and holds the file."""
    from .opening import open_file  # noqa: PLC0415 - each needs the other

    if depth > 1:
        raise TableError("nested", "L’archive contient une autre archive : déposez le tableau lui-même.")
    home: tempfile.TemporaryDirectory[str] = tempfile.TemporaryDirectory(prefix="ca3b-rgpd-")
    content = Content(keep=[home])
    members = _gz(path, name, home) if kind == "gz" else _zip(path, home)
    shapes = {copy.with_suffix("") for _, copy in members if copy.suffix.lower() in {".shp", ".dbf"}}
    for inner, copy in members:
        suffix = copy.suffix.lower()
        if _silent(inner, copy):
            continue
        try:
            if suffix in {".dbf", ".shp"} and copy.with_suffix("") in shapes:
                content.add(_shapefile(copy), inner) if len(shapes) > 1 else _merge(content, _shapefile(copy))
            elif len(members) == 1:
                _merge(content, open_file(copy, inner, depth + 1))
            else:
                content.add(open_file(copy, inner, depth + 1), inner)
        except TableError as error:
            if len(members) == 1:
                raise
            if error.code != "empty":
                content.missing.append(f"« {inner} » n’a pas pu être examiné")
    if not content.parts and not content.texts and not content.missing:
        raise TableError("not-a-table", "L’archive ne contient aucun tableau lisible.")
    return content


def _silent(inner: str, copy: Path) -> bool:
    """Tell whether a member holds nothing to examine: an ornament, an index, the shapes beside their attributes."""
    suffix = copy.suffix.lower()
    if named_picture(inner) and not _large(copy):
        return True
    return suffix in _SILENT or (suffix == ".shp" and _beside(copy, ".dbf") is not None)


def _large(path: Path) -> bool:
    with path.open("rb") as stream:
        return is_large(stream.read(HEAD))


def _merge(content: Content, other: Content) -> None:
    content.parts += other.parts
    content.texts += other.texts
    content.missing += other.missing
    content.keep += other.keep


def _beside(path: Path, suffix: str) -> Path | None:
    return next(
        (other for other in path.parent.glob("*") if other.stem == path.stem and other.suffix.lower() == suffix), None
    )


def _gz(path: Path, name: str, home: tempfile.TemporaryDirectory[str]) -> list[tuple[str, Path]]:
    inner = name[:-3] if name.lower().endswith(".gz") else name
    copy = Path(home.name) / "content"
    try:
        with gzip.open(path) as stream:
            copy_bounded(stream, copy, path.stat().st_size)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise TableError("damaged", "L’archive est abîmée : compressez de nouveau le fichier.") from error
    return [(inner, copy)]


def _zip(path: Path, home: tempfile.TemporaryDirectory[str]) -> list[tuple[str, Path]]:
    found = []
    with zipfile.ZipFile(path) as archive:
        members = [
            m
            for m in archive.infolist()
            if not m.is_dir() and "__MACOSX/" not in m.filename and not m.filename.endswith(".DS_Store")
        ]
        if len(members) > _MOST or sum(member.file_size for member in members) > 4 << 30:
            raise TableError("bomb", "L’archive est trop grande pour être examinée.")
        for place, member in enumerate(members):
            if member.flag_bits & 1:
                raise TableError(
                    "encrypted", "L’archive est protégée par un mot de passe : déposez-la sans mot de passe."
                )
            inner = PurePosixPath(member.filename.replace("\\", "/"))
            # One folder per stem, so that the parts of a shapefile stay together whatever their folder.
            folder = Path(home.name) / str(abs(zlib.crc32(str(inner.with_suffix("")).encode())))
            folder.mkdir(exist_ok=True)
            copy = folder / f"{inner.stem[:80] or place}{inner.suffix}"
            with archive.open(member) as stream:
                copy_bounded(stream, copy, path.stat().st_size)
            found.append((str(inner), copy))
    return found


def _shapefile(path: Path) -> Content:
    """Read the attributes and, when it is there, the points of the geometry."""
    import shapefile  # noqa: PLC0415 - loaded only for its format

    table, shape, codes = _beside(path, ".dbf"), _beside(path, ".shp"), _beside(path, ".cpg")
    if table is None:
        return Content(missing=["un fichier de formes sans attributs (.dbf)"])
    said = codes.read_text("ascii", "ignore").strip().lower() if codes else ""
    encoding = "utf-8" if "utf" in said or "65001" in said else _dbf_encoding(table)
    reader = shapefile.Reader(
        dbf=table.open("rb"), shp=shape.open("rb") if shape else None, encoding=encoding, encodingErrors="replace"
    )
    fields = [str(field[0]) for field in reader.fields if field[0] != "DeletionFlag"]
    names, _ = column_names([*fields, "geometry"] if shape else list(fields))

    def batches() -> Iterator[pl.DataFrame]:
        rows: list[list[str | None]] = []
        shapes = reader.iterShapes() if shape else None
        for record in reader.iterRecords():
            row = [str(value).strip() or None if value is not None else None for value in record or ()]
            if shapes is not None:
                row.append(_point(next(shapes, None)))
            rows.append(row)
            if len(rows) >= 50_000:
                yield pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()), orient="row")
                rows = []
        if rows:
            yield pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String()), orient="row")

    return Content([Part(names, batches, form="shp")], keep=[reader])


def _dbf_encoding(path: Path) -> str:
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeError:
        return "cp1252"
    return "utf-8"


def _point(shape: object) -> str | None:
    points = getattr(shape, "points", None)
    if not points:
        return None
    if len(points) == 1:
        return f"POINT ({points[0][0]} {points[0][1]})"
    return "POLYGON (…)"
