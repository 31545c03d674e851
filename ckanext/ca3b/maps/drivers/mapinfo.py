"""MapInfo: TAB (with its .dat, .map and .id) in an archive, MIF with its MID in an archive, or a MIF alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckanext.ca3b.maps.archives import Archive
from ckanext.ca3b.maps.errors import MapError

from .common import Reading, label_of, read_with, wrong_format
from .opening import too_many_layers

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.maps.model import Request, Source

_PARTS = {".tab": (".tab", ".dat", ".map", ".id", ".ind"), ".mif": (".mif", ".mid")}


def open_source(path: Path, request: Request) -> Source:
    """Open every table of an archive as a layer, or a MIF alone."""
    folder = request.work / "in"
    folder.mkdir()
    with path.open("rb") as stream:
        start = stream.read(512)
    lowered = start.lower().lstrip()
    if start.startswith(b"PK\x03\x04"):
        labels = _unpacked(path, request, folder)
    elif lowered.startswith(b"version"):
        labels = {"l0": label_of(request)}
        (folder / "l0.mif").symlink_to(path.resolve())
        request.notes.say(
            "Le fichier .mif a été déposé seul : sans son .mid, ses objets n’ont pas d’attributs. "
            "Déposez une archive ZIP avec les deux."
        )
    elif lowered.startswith(b"!table"):
        raise MapError(
            "incomplete",
            "Un fichier .tab seul ne contient pas la carte : déposez une archive ZIP avec les fichiers "
            ".tab, .dat, .map et .id de la couche.",
        )
    else:
        raise wrong_format("mapinfo")
    reading = Reading(label=lambda layer: labels.get(layer.name, layer.name))
    return read_with(folder, "MapInfo File", request, reading)


def _unpacked(path: Path, request: Request, folder: Path) -> dict[str, str]:
    archive = Archive(path, request.limits, request.deadline)
    try:
        kind = next((suffix for suffix in _PARTS if archive.having(suffix)), None)
        if kind is None:
            raise MapError("nothing_inside", "L’archive ne contient aucun fichier .tab ni .mif : vérifiez son contenu.")
        tables = archive.having(kind)
        if len(tables) > request.limits.layers:
            raise too_many_layers(request.limits)
        for number, table in enumerate(tables):
            for part in archive.beside(table, _PARTS[kind]):
                archive.unpack(part, folder / f"l{number}{part.suffix}")
        return {f"l{number}": table.label for number, table in enumerate(tables)}
    finally:
        archive.close()
