"""Zipped Shapefiles, in any folder of the archive, several of them, with what is missing or wrong beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.maps.archives import Archive
from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.gdal.reader import damaged

from .common import Reading, label_of, read_with, wrong_format
from .dbf import encoding_of
from .opening import too_many_layers

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.maps.model import Request, Source

_MAGIC = (9994).to_bytes(4, "big")
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


def open_source(path: Path, request: Request) -> Source:
    """Open every .shp of an archive as a layer, or a .shp alone; files get names of ours, encodings are checked."""
    folder = request.work / "in"
    folder.mkdir()
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == _MAGIC:
        labels = {"l0": label_of(request)}
        (folder / "l0.shp").symlink_to(path.resolve())
        request.notes.say(
            "Le fichier .shp a été déposé seul : sans .dbf ni .prj, la carte n’a ni attributs ni système indiqué. "
            "Déposez une archive ZIP avec tous les fichiers du Shapefile."
        )
    elif start == b"PK\x03\x04":
        labels = _unpacked(path, request, folder)
    else:
        raise wrong_format("shapefile", " en archive ZIP")
    for stem, label in labels.items():
        _check(folder / stem, label, request)
    reading = Reading(label=lambda layer: labels.get(layer.name, layer.name))
    return read_with(folder, "ESRI Shapefile", request, reading)


def _unpacked(path: Path, request: Request, folder: Path) -> dict[str, str]:
    archive = Archive(path, request.limits, request.deadline)
    try:
        shapes = archive.having(".shp")
        if not shapes:
            raise _without_shapes(archive)
        if len(shapes) > request.limits.layers:
            raise too_many_layers(request.limits)
        for number, shape in enumerate(shapes):
            for part in archive.beside(shape, _PARTS):
                archive.unpack(part, folder / f"l{number}{part.suffix}")
        return {f"l{number}": shape.label for number, shape in enumerate(shapes)}
    finally:
        archive.close()


def _without_shapes(archive: Archive) -> MapError:
    if archive.having(".zip", ".gz", ".7z", ".rar"):
        return MapError("nested", "L’archive contient une autre archive : déposez l’archive intérieure elle-même.")
    return MapError(
        "nothing_inside",
        "L’archive ne contient aucun fichier .shp : mettez-y les fichiers .shp, .shx, .dbf et .prj de la couche.",
    )


def _check(stem: Path, label: str, request: Request) -> None:
    """Refuse a truncated .shp, say what is missing, and write the encoding that the .dbf is really in."""
    shape, table = stem.with_suffix(".shp"), stem.with_suffix(".dbf")
    with shape.open("rb") as stream:
        header = stream.read(100)
    if not header.startswith(_MAGIC) or len(header) < 100:
        raise wrong_format("shapefile")
    if int.from_bytes(header[24:28], "big") * 2 > shape.stat().st_size:
        raise damaged()
    if not table.exists():
        request.notes.say(f"« {label} » n’a pas de fichier .dbf : ses objets n’ont pas d’attributs.")
        return
    pages = stem.with_suffix(".cpg")
    declared = pages.read_text("ascii", "ignore") if pages.exists() else ""
    encoding, contradicted = encoding_of(table, declared)
    if contradicted:
        request.notes.say(
            f"Les textes de « {label} » ne sont pas dans l’encodage annoncé ({declared.strip()[:20]}) : "
            f"ils ont été lus en {encoding}."
        )
    pages.write_text(encoding, "ascii")
