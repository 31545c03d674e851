"""Files and services of a dataset, as resources of the schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from attrs import evolve

from ckanext.ca3b.schemas import texts

from . import raw
from .values import concept, date, filled, licence, text, texts_of, uri

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ckanext.ca3b.harvest.model import Description, Resource

    from .notes import Notes

_REACHED = re.compile(r"(?:https?|ftps?)://[^\s/]", re.IGNORECASE)
_LONGEST_URL = 8000
_LONGEST_FORMAT = 100
_LARGEST = 2**63 - 1


def reached(description: Description, notes: Notes) -> list[Resource]:
    """Return the resources that lead somewhere, with the address where; only those of the web are followed."""
    found = []
    for one in description.resources:
        if url := address(one):
            found.append(one if url == one.url else evolve(one, url=url))
        else:
            notes.tell("resource-bad-address", "resources", text(one.url) or text(one.title))
    return found


def address(resource: Resource) -> str:
    """Return where a resource is found, ``""`` when nobody can go there."""
    for said in (resource.url, resource.access_url):
        url = "".join(text(said).split())
        url = f"https://{url}" if url.casefold().startswith("www.") else url
        if _REACHED.match(url) and len(url) <= _LONGEST_URL:
            return url
    return ""


def file(resource: Resource, id_: str, shared: Mapping[str, str], notes: Notes) -> dict[str, Any]:
    """Return a resource of :func:`reached` as a dict.

    ``shared`` is what the licence of the dataset, when our list has not it, says of each file.
    """
    algorithm, _, digits = resource.checksum.rpartition(":")
    kept = raw.file(resource.raw, notes)
    access = text(resource.access_url)
    row: dict[str, Any] = {
        "id": id_,
        "url": resource.url,
        "name": text(resource.title),
        "description": text(resource.description),
        "format": _format(resource, notes),
        "mimetype": text(resource.media_type),
        "size": resource.size if resource.size is not None and 0 <= resource.size <= _LARGEST else None,
        "hash": digits,
        "hash_algorithm": algorithm,
        "issued": date(resource.issued, "resources.issued", notes),
        "modified": date(resource.modified, "resources.modified", notes),
        "conforms_to": texts_of(resource.conforms_to),
        "access_url": access if access != resource.url and _REACHED.match(access) else "",
        "uri": uri(resource.identifier),
    }
    return {**kept, **filled(row), **_licence(resource, shared, kept, notes)}


def _format(resource: Resource, notes: Notes) -> str:
    found = text(resource.format) or text(resource.raw_format)
    if len(found) <= _LONGEST_FORMAT:
        return found
    notes.tell("long-format", "resources.format", found, "info")
    return ""


def _licence(resource: Resource, shared: Mapping[str, str], kept: Mapping[str, Any], notes: Notes) -> dict[str, str]:
    """Return ``license``, an official URI or an address that our list has not; other words are ``rights``."""
    said = text(resource.license)
    if not said:
        return {key: value for key, value in shared.items() if not kept.get(key)}
    entry = licence(said)
    if entry is not None:
        return {"license": entry.uri} if entry.uri else {}
    notes.tell("unknown-license", "resources.license", said)
    if texts.is_web_address(said):
        return {"license": said}
    if kept.get("rights"):
        notes.keep_aside("resources.license")
        return {}
    return {"rights": said}


def standards(values: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the systems of coordinates and the other rules that the data follow."""
    systems, rules = [], []
    for said in texts_of(values):
        system = concept("reference_systems", said)
        (systems if system else rules).append(system or said)
    return list(dict.fromkeys(systems)), rules
