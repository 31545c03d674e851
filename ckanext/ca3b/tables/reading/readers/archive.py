"""gz and zip of one file, unpacked within bounds."""

from __future__ import annotations

import gzip
import tempfile
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from attrs import evolve

from ckanext.ca3b.tables.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl

    from ckanext.ca3b.tables.model import Raw, ReadOptions

MAX_UNPACKED = 4 << 30
MAX_RATIO = 200
_FREE = 64 << 20
_NESTED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")


def unpacked(
    path: Path, name: str, kind: str, options: ReadOptions, reader: Callable[[Path, str, ReadOptions], Raw]
) -> Raw:
    """Unpack the one file of ``path`` next to nothing else, and read it."""
    home: tempfile.TemporaryDirectory[str] = tempfile.TemporaryDirectory(prefix="ca3b-table-")
    copy = Path(home.name) / "content"
    try:
        if kind == "gz":
            inner = name[:-3] if name.lower().endswith(".gz") else name
            with gzip.open(path) as stream:
                copy_bounded(stream, copy, path.stat().st_size)
        else:
            inner = _unzip(path, copy)
    except (zipfile.BadZipFile, gzip.BadGzipFile, EOFError, zlib.error, NotImplementedError) as error:
        raise TableError("damaged", "L’archive est abîmée : compressez de nouveau le fichier.") from error
    _refuse_nested(copy)
    raw = reader(copy, inner, options)

    def source(size: int) -> Iterator[pl.DataFrame]:
        assert home is not None  # noqa: S101 - keeps the unpacked file alive
        return raw.source(size)

    return evolve(raw, source=source)


def copy_bounded(stream: IO[bytes] | gzip.GzipFile, target: Path | None, packed: int) -> int:
    """Copy ``stream`` to ``target`` (or nowhere), refusing what swells too much; give its size."""
    limit = min(MAX_UNPACKED, max(_FREE, packed * MAX_RATIO))
    size = 0
    with (target or Path("/dev/null")).open("wb") as out:
        while block := stream.read(1 << 20):
            size += len(block)
            if size > limit:
                raise TableError(
                    "bomb",
                    "Le fichier compressé grossit démesurément une fois ouvert : il est refusé. "
                    "Déposez-le sans compression.",
                )
            out.write(block)
    return size


def _unzip(path: Path, copy: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        members = [m for m in archive.infolist() if not m.is_dir() and not m.filename.startswith("__MACOSX/")]
        if len(members) != 1:
            raise TableError(
                "several-files",
                f"L’archive contient {len(members)} fichiers : mettez-y un seul tableau, ou déposez-les un par un.",
            )
        member = members[0]
        parts = PurePosixPath(member.filename.replace("\\", "/"))
        if parts.is_absolute() or ".." in parts.parts or ":" in parts.parts[0]:
            raise TableError("traversal", "L’archive contient un chemin interdit : compressez de nouveau le fichier.")
        if member.flag_bits & 1:
            raise TableError("encrypted", "L’archive est protégée par un mot de passe : déposez-la sans mot de passe.")
        with archive.open(member) as stream:
            copy_bounded(stream, copy, path.stat().st_size)
        return parts.name


def _refuse_nested(copy: Path) -> None:
    with copy.open("rb") as stream:
        head = stream.read(300)
    workbook = False
    if head.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(copy) as archive:
            names = archive.namelist()
            workbook = "content.xml" in names or any(n.startswith("xl/") for n in names)
    if (head.startswith((*_NESTED, b"PK\x03\x04")) and not workbook) or head[257:262] == b"ustar":
        raise TableError("nested", "L’archive contient une autre archive : déposez le tableau lui-même.")
