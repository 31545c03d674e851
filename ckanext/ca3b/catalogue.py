"""What the other rooms tell the catalogue of files: what they proved of them, what they serve of them.

A room says it by implementing :class:`ckanext.ca3b.interfaces.ICatalogueFacts`; who describes a file asks the
functions below, which speak for all the rooms that are enabled. Fails closed: when a room cannot answer, its files
are closed, nothing is told of them, and the reason is logged.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from attrs import frozen
from ckan.plugins import PluginImplementations

from ckanext.ca3b.interfaces import ICatalogueFacts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

log = logging.getLogger(__name__)

#: The kinds of :class:`Service`.
DATASTORE, OGC_FEATURES, TILES = "datastore", "ogc-features", "tiles"


@frozen
class Conforms:
    """The present bytes follow a table schema: its address, its title, and its version (empty when it has none)."""

    uri: str
    title: str
    version: str


@frozen
class Checked:
    """The file was read and checked whole when its bytes had this SHA-256, which are its present ones."""

    sha256: str


@frozen
class Service:
    """A service that gives what is in a file. Addresses are whole ones.

    ``kind`` is one of ``datastore, ogc-features, tiles``; ``endpoint_description`` leads to what a program reads
    (OpenAPI, TileJSON), ``documentation`` to what a person reads; ``conforms_to`` lists addresses of specifications;
    ``media_type`` is that of the answers.
    """

    kind: str
    title: str
    endpoint_url: str
    endpoint_description: str
    documentation: str
    conforms_to: tuple[str, ...] = ()
    media_type: str = ""


@frozen
class Crs:
    """The reference system of the coordinates in the file, by its address at OGC."""

    uri: str


@frozen
class Extent:
    """Where the objects of the file are, in degrees (WGS 84)."""

    west: float
    south: float
    east: float
    north: float


Fact = Conforms | Checked | Service | Crs | Extent


def stamps(resources: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return by id a text that changes whenever what :func:`facts` or :func:`closed_files` says of a file does.

    One query per room for any number of files.

    :param resources: rows with ``id, url_type, hash``.
    """
    found: dict[str, list[str]] = {one["id"]: [] for one in resources}
    for room in _rooms():
        try:
            said = room.catalogue_stamps(resources) if resources else {}
        except Exception:  # whatever a room fails on
            log.exception("%s cannot stamp files for the catalogue", room.name)
            said = dict.fromkeys(found, "?")
        for id_, stamp in said.items():
            if stamp and id_ in found:
                found[id_].append(f"{room.name}={stamp}")
    return {id_: ";".join(sorted(parts)) for id_, parts in found.items()}


def facts(resource: Mapping[str, Any]) -> list[Fact]:
    """Return what the rooms know of a file; nothing of one that is not open to the public."""
    return facts_of([resource])[resource["id"]]


def facts_of(resources: Sequence[Mapping[str, Any]]) -> dict[str, list[Fact]]:
    """Return by id what the rooms know of some files: a few queries per room for any number of them."""
    found: dict[str, list[Fact]] = {one["id"]: [] for one in resources}
    closed = closed_files(resources)
    given = [one for one in resources if one["id"] not in closed]
    for room in _rooms() if given else ():
        try:
            said = room.catalogue_facts(given)
        except Exception:  # whatever a room fails on
            log.exception("%s cannot tell what it knows of files for the catalogue", room.name)
            continue
        for id_, known in said.items():
            found[id_] += known
    return found


def closed_files(resources: Sequence[Mapping[str, Any]]) -> set[str]:
    """Return the ids of the files that are not open to the public; all of them when a room cannot tell.

    :param resources: rows with ``id, url_type, hash``, as the database has them.
    """
    shut: set[str] = set()
    for room in _rooms() if resources else ():
        try:
            shut |= room.closed_files(resources)
        except Exception:  # whatever a room fails on
            log.exception("%s cannot tell which files are open: none is", room.name)
            return {one["id"] for one in resources}
    return shut


def address(endpoint: str, **parts: Any) -> str:
    """Return the whole address of a page, the same whatever the language of who asks."""
    return tk.url_for(endpoint, _external=True, locale="default", **parts)


def answers(resources: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Return by id what the addresses of linked files gave when a room last asked them, see the interface.

    Nothing is asked of any address here; one that is not there was never asked.
    """
    found: dict[str, int] = {}
    for room in _rooms() if resources else ():
        try:
            found |= room.catalogue_answers(resources)
        except Exception:  # whatever a room fails on
            log.exception("%s cannot tell what links answered", room.name)
    return found


def _rooms() -> Iterable[Any]:
    return PluginImplementations(ICatalogueFacts)
