"""The whole dataset: every property of a description in the field that is made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from ckanext.ca3b.harvest.planning import KnownResource, resource_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ckanext.ca3b.harvest.model import Description, Problem


@frozen
class SourceFacts:
    """What the mapping needs of a source: whose it is, the commune it speaks of, whether it is public."""

    id: str
    name: str = ""
    title: str = ""
    owner_org: str = ""
    commune: str = ""
    visibility: str = "public"


def package(
    description: Description,
    *,
    source: SourceFacts,
    dataset_id: str,
    known_resources: Sequence[KnownResource] = (),
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return a dataset for CKAN's actions, and what could not be written in its fields.

    The dict has an ``id`` and no ``name``: the address is chosen when the dataset is created and never changes.
    """
    ids = resource_ids(dataset_id, description.resources, known_resources)
    said = {
        "id": dataset_id,
        "title": description.title or description.identifier,
        "notes": description.description,
        "owner_org": source.owner_org,
        "private": source.visibility == "private",
        "resources": [
            {"id": id_, "url": one.url, "name": one.title, "format": one.format}
            for id_, one in zip(ids, description.resources, strict=True)
        ],
    }
    return said, ()
