"""A reading as JSON values: the contract of ``python -m ckanext.ca3b.harvest read``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from ckanext.ca3b import vocabularies

if TYPE_CHECKING:
    from .model import Agent, Description, Place, Problem, Reading, Resource


def to_json(reading: Reading) -> dict[str, Any]:
    """Return a reading as ``{kind, pages, datasets, problems}`` and whether it is ``complete``."""
    return {
        "kind": reading.kind,
        "pages": reading.pages,
        "complete": reading.complete,
        "datasets": [dataset(each) for each in reading.datasets],
        "problems": [problem(each) for each in reading.problems],
    }


def dataset(found: Description) -> dict[str, Any]:
    """Return a dataset: ``license`` and the like are official URIs, else texts as written; absent values are null."""
    licence = vocabularies.licences().find(found.license)
    return {
        "identifier": found.identifier,
        "title": found.title,
        "description": found.description,
        "license": found.license or None,
        "license_id": licence.code if licence else None,
        "license_as_written": found.license_raw or None,
        "keywords": list(found.keywords),
        "themes": list(found.themes),
        "publisher": found.publisher.name or found.publisher.uri or found.publisher.identifier or None,
        "publisher_details": _agent(found.publisher),
        "contact": _agent(found.contact),
        "issued": found.issued or None,
        "modified": found.modified or None,
        "spatial": [_place(place) for place in found.spatial],
        "temporal": [{"start": period.start or None, "end": period.end or None} for period in found.temporal],
        "frequency": found.frequency or None,
        "conforms_to": list(found.conforms_to),
        "language": list(found.language),
        "landing_page": found.landing_page or None,
        "hvd_categories": list(found.hvd_categories),
        "access_rights": found.access_rights or None,
        "version": found.version or None,
        "communes": list(found.communes),
        "uri": found.uri or None,
        "resources": [_resource(each) for each in found.resources],
        "content_hash": found.content_hash,
        "provenance": dict(found.provenance),
        "raw": found.raw,
    }


def _resource(found: Resource) -> dict[str, Any]:
    said = attrs.asdict(found, recurse=False)
    said["conforms_to"] = list(found.conforms_to)
    return {name: None if value == "" else value for name, value in said.items()}


def _agent(agent: Agent) -> dict[str, str] | None:
    return {name: value for name, value in attrs.asdict(agent).items() if value} or None


def _place(place: Place) -> dict[str, Any]:
    said = {
        "label": place.label,
        "uri": place.uri,
        "bbox": list(place.bbox) if place.bbox else None,
        "geometry": place.geometry,
        "communes": list(place.codes),
    }
    return {name: value for name, value in said.items() if value}


def problem(found: Problem) -> dict[str, str]:
    """Return a problem by its attributes."""
    return attrs.asdict(found)
