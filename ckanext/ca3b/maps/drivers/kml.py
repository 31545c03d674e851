"""KML and KMZ. What they point to (network links, images, styles elsewhere) is never followed; that is said."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ckanext.ca3b.maps.archives import Archive
from ckanext.ca3b.maps.errors import MapError
from ckanext.ca3b.maps.markup import count_tags, root_of

from .common import Reading, placed, read_with, wrong_format

if TYPE_CHECKING:
    from pathlib import Path

    from ckanext.ca3b.maps.model import Request, Source

# How Google Earth draws, not what the file says.
_DRAWING = frozenset({"tessellate", "extrude", "visibility", "drawOrder", "icon", "altitudeMode", "snippet"})


def open_source(path: Path, request: Request) -> Source:
    """Open the folders of a KML as layers."""
    with path.open("rb") as stream:
        zipped = stream.read(4) == b"PK\x03\x04"
    document = _unpacked(path, request) if zipped else path
    if root_of(document) not in {"kml", "Document", "Folder", "Placemark"}:
        raise wrong_format("kml")
    links = count_tags(document, ["NetworkLink"])
    if links:
        request.notes.say(
            "Ce KML renvoie à d’autres fichiers par des liens réseau (NetworkLink) : ils n’ont pas été suivis. "
            "Pour les voir sur la carte, déposez ces fichiers eux-mêmes."
        )
    try:
        source = placed(document, request, ".kml")
        return read_with(source, "LIBKML", request, Reading(how="format", drop=_DRAWING))
    except MapError as error:
        if links and error.code in {"no_features", "no_geometry"}:
            raise MapError(
                "only_links",
                "Ce KML ne contient que des liens vers d’autres fichiers (NetworkLink), qui ne sont pas suivis : "
                "déposez ces fichiers eux-mêmes.",
            ) from error
        raise


def _unpacked(path: Path, request: Request) -> Path:
    """Take the one document of a KMZ, ``doc.kml`` or the first at its root, as the standard says."""
    archive = Archive(path, request.limits, request.deadline)
    try:
        documents = archive.having(".kml")
        if not documents:
            raise wrong_format("kml")
        first = min(documents, key=lambda entry: (entry.path.count("/"), PurePosixPath(entry.path).name != "doc.kml"))
        if len(documents) > 1:
            request.notes.say(f"Ce KMZ contient {len(documents)} documents : seul « {first.path} » a été lu.")
        return archive.unpack(first, request.work / "document.kml")
    finally:
        archive.close()
