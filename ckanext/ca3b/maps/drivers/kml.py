"""KML and KMZ. What they point to (network links, images, styles elsewhere) is never followed; that is said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from ckanext.ca3b.maps.archives import Archive
from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.markup import count_tags, root_of

from .common import Reading, no_geometry, placed, read_with, wrong_format
from .opening import together, too_many_layers

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from ckanext.ca3b.maps.model import Request, Source

# How Google Earth draws and refers, not what the file says.
_DRAWING = frozenset({"tessellate", "extrude", "visibility", "drawOrder", "icon", "altitudeMode", "snippet", "id"})
# Columns that GDAL gives every layer, and the tags that fill them.
_COLUMNS = {
    "description": ["description"],
    "timestamp": ["TimeStamp"],
    "begin": ["begin"],
    "end": ["end"],
}
_HREF = re.compile(rb"<NetworkLink\b.*?<href>\s*(.*?)\s*</href>", re.DOTALL)
_LOOKED_AT = 8 << 20
_NOTHING = {"no_features", "no_geometry"}


def open_source(path: Path, request: Request) -> Source:
    """Open the folders of a KML, or of every document of a KMZ, as layers."""
    with path.open("rb") as stream:
        zipped = stream.read(4) == b"PK\x03\x04"
    documents = _unpacked(path, request) if zipped else {request.name: path}
    links = sum(_links(document, documents.keys()) for document in documents.values())
    if links:
        request.notes.say(
            "Ce KML renvoie à d’autres fichiers par des liens réseau (NetworkLink) : ils n’ont pas été suivis. "
            "Pour les voir sur la carte, déposez ces fichiers eux-mêmes."
        )
    sources = [source for source in _sources(documents, request) if source is not None]
    if sources:
        return together(sources)
    if links:
        raise MapError(
            "only_links",
            "Ce KML ne contient que des liens vers d’autres fichiers (NetworkLink), qui ne sont pas suivis : "
            "déposez ces fichiers eux-mêmes.",
        )
    raise no_geometry([])


def _sources(documents: dict[str, Path], request: Request) -> Iterator[Source | None]:
    """Yield the source of each document, None for one that only refers to others."""
    for number, (name, document) in enumerate(documents.items()):
        work = request.work / f"kml{number}"
        work.mkdir()
        inner = request if len(documents) == 1 else attrs.evolve(request, name=name)
        inner = attrs.evolve(inner, work=work)
        empty = {column for column, tags in _COLUMNS.items() if not count_tags(document, tags)}
        reading = Reading(how="format", drop=_DRAWING | empty)
        try:
            yield read_with(placed(document, inner, ".kml"), "LIBKML", inner, reading)
        except MapError as error:
            if error.code not in _NOTHING:
                raise
            yield None


def _links(document: Path, inside: Collection[str]) -> int:
    """Count the network links that lead out of the file; refuse what is no KML."""
    if root_of(document) not in {"kml", "Document", "Folder", "Placemark"}:
        raise wrong_format("kml")
    total = count_tags(document, ["NetworkLink"])
    if not total:
        return 0
    with document.open("rb") as stream:
        targets = _HREF.findall(stream.read(_LOOKED_AT))
    return total - sum(target.decode("utf-8", "replace") in inside for target in targets)


def _unpacked(path: Path, request: Request) -> dict[str, Path]:
    """Unpack the documents of a KMZ, ``doc.kml`` first."""
    archive = Archive(path, request.limits, request.deadline)
    try:
        entries = sorted(archive.having(".kml"), key=lambda entry: (entry.path.count("/"), entry.label != "doc"))
        if not entries:
            raise wrong_format("kml")
        if len(entries) > request.limits.layers:
            raise too_many_layers(request.limits)
        return {
            entry.path: archive.unpack(entry, request.work / f"document{number}.kml")
            for number, entry in enumerate(entries)
        }
    finally:
        archive.close()
