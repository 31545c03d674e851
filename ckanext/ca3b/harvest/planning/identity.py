"""Ids that do not move: of datasets by their source and identifier, of files by what they have kept."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ckanext.ca3b.vocabularies import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from ckanext.ca3b.harvest.model import Resource

#: Everything that the harvest names is named under this one; changing it would change every address.
NAMESPACE = uuid.UUID("5d2c0f0e-6a0f-5b1e-9a53-0d5f3a6c1b77")


@frozen
class KnownResource:
    """A file that the portal has: its id, and what it may be known again by."""

    id: str
    identifier: str = ""
    url: str = ""
    format: str = ""
    title: str = ""


def dataset_id(source_id: str, identifier: str) -> str:
    """Return the id of the dataset that a source calls ``identifier``: always the same, before it exists."""
    return _named(source_id, identifier)


def known_resources(package: Mapping[str, Any]) -> list[KnownResource]:
    """Return the files of a package dict (as mapped, or as CKAN shows it)."""
    return [
        KnownResource(
            id=one["id"],
            identifier=one.get("uri") or "",
            url=one.get("url") or "",
            format=one.get("format") or "",
            title=one.get("name") or "",
        )
        for one in package.get("resources") or ()
        if one.get("id")
    ]


def resource_ids(dataset_id: str, resources: Sequence[Resource], known: Sequence[KnownResource]) -> list[str]:
    """Return the id of each file of a dataset, in their order; no id is given twice.

    A file keeps the id of the one that has its identifier, else its address, else its format and title; each file
    that is known is taken once. A new file gets an id made of its identifier, else of its address and format.
    """
    found: dict[int, str] = {}
    free = {one.id: one for one in known}

    def take(key_of: Callable[[Resource], Hashable], key_of_known: Callable[[KnownResource], Hashable]) -> None:
        if not free or len(found) == len(resources):
            return
        waiting: dict[Hashable, list[str]] = {}
        for one in free.values():
            if key := key_of_known(one):
                waiting.setdefault(key, []).append(one.id)
        for number, resource in enumerate(resources):
            if number in found or not (key := key_of(resource)) or not waiting.get(key):
                continue
            found[number] = waiting[key].pop(0)
            del free[found[number]]

    take(lambda one: one.identifier, lambda one: one.identifier)
    take(lambda one: one.identifier and _made(dataset_id, one), lambda one: one.id)
    take(_described, _described)
    take(lambda one: (_url(one), _format(one)) if one.url else None, lambda one: (_url(one), _format(one)))
    take(_url, _url)
    take(_titled, _titled)
    used = {one.id for one in known}
    for number, resource in enumerate(resources):
        if number not in found:
            found[number] = _new(dataset_id, resource, used)
            used.add(found[number])
    return [found[number] for number in range(len(resources))]


def _new(dataset_id: str, resource: Resource, used: set[str]) -> str:
    number = 1
    while (made := _made(dataset_id, resource, number)) in used:
        number += 1
    return made


def _made(dataset_id: str, resource: Resource, number: int = 1) -> str:
    said = ("id", resource.identifier) if resource.identifier else ("url", resource.url, _format(resource))
    return _named(dataset_id, *said, *([str(number)] if number > 1 else []))


def _named(*parts: str) -> str:
    # JSON may hold halves of characters, which no bytes can say.
    name = "\n".join(parts).encode("utf-8", "backslashreplace").decode()
    return str(uuid.uuid5(NAMESPACE, name))


def _url(one: Resource | KnownResource) -> str:
    return one.url.strip()


def _format(one: Resource | KnownResource) -> str:
    return one.format.casefold()


def _titled(one: Resource | KnownResource) -> Hashable:
    title = normalise(one.title)
    return (_format(one), title) if title or not one.url else None


def _described(one: Resource | KnownResource) -> Hashable:
    return (_url(one), _format(one), normalise(one.title)) if one.url else None
