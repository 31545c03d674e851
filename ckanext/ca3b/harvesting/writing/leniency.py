"""Validation that lets a harvested dataset come: a value that is refused is left aside, a field may be missing.

The validators are those of everybody; those of fields that people must fill ask nothing of a harvest, whose readers
tell what is missing. Their refusals are read at the end of the validation, where CKAN's schemas have
a place for it (``__after``), and what they refused is taken out of the dataset.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from ckanext.ca3b.harvest.model import Problem
from ckanext.ca3b.validators import LENIENT
from ckanext.scheming.helpers import scheming_get_dataset_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ckan.types import Context, FlattenDataDict, FlattenErrorDict, FlattenKey

#: What a dataset cannot be without: refused, it is not written.
ESSENTIAL = frozenset({"id", "name", "title", "owner_org", "type", "state", "private"})
#: Rows that go whole when one of their values is refused.
_ROWS = frozenset({"tags", "groups", "extras"})
LEFT_ASIDE = "left-aside"


@frozen
class Told:
    """What was said of the value at a place of the dataset: ``("contact", 0, "email")``."""

    place: tuple[Any, ...]
    message: str


def lenient(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema whose refusals are left aside."""
    return {**schema, "__after": [*schema.get("__after", []), leave_aside]}


def leave_aside(key: FlattenKey, data: FlattenDataDict, errors: FlattenErrorDict, context: Context) -> None:  # noqa: ARG001
    """Take out of the dataset what was refused, and keep what was said of it; a validator of CKAN."""
    told: list[Told] = context.get(LENIENT)  # pyright: ignore[reportAssignmentType]
    for place in [place for place, messages in errors.items() if messages and _may_go(place)]:
        told.append(Told(place, str(errors[place][0])))
        errors[place] = []
        _take_out(place, data)


def problems(identifier: str, told: Iterable[Told], package: Mapping[str, Any]) -> tuple[Problem, ...]:
    """Return in French what was said of a dataset, with the labels of its form."""
    found = {}
    for one in told:
        label = name_of(one.place, package)
        where = ".".join(str(step) for step in one.place)
        message = f"« {label} » : {one.message} Cette valeur n’a pas été reprise."
        found[where] = Problem(identifier=identifier, message=message, code=LEFT_ASIDE, where=where)
    return tuple(found.values())


def name_of(place: tuple[Any, ...], package: Mapping[str, Any]) -> str:
    """Return what a place of a dataset is called in its form: « Contact, Adresse électronique »."""
    schema = scheming_get_dataset_schema("dataset") or {}
    fields, words, rest = schema.get("dataset_fields", []), [], list(place)
    if place and place[0] == "resources" and len(place) > 1:
        files = package.get("resources") or []
        title = files[place[1]].get("name") if place[1] < len(files) else ""
        words.append(f"Fichier « {title} »" if title else f"Fichier nº {place[1] + 1}")
        fields, rest = schema.get("resource_fields", []), list(place[2:])
    for step in rest:
        if isinstance(step, int):
            continue
        found = next((one for one in fields if one["field_name"] == step), None)
        words.append(str(found["label"]) if found else {"tags": "Mots-clés", "name": "Nom"}.get(step, str(step)))
        fields = (found or {}).get("repeating_subfields", [])
    return ", ".join(words)


def _may_go(place: tuple[Any, ...]) -> bool:
    if place[-1].startswith("__"):
        return False
    return not (place[0] in ESSENTIAL or (place[0] == "resources" and place[-1] == "id"))


def _take_out(place: tuple[Any, ...], data: FlattenDataDict) -> None:
    gone = place[:2] if place[0] in _ROWS and len(place) > 1 else place
    rows = [one for one in data if one[: len(gone)] == gone]
    if len(place) == 1:  # a field that CKAN keeps among the extras may be there already
        kept = [one for one in data if one[0] == "extras" and one[-1] == "key" and data[one] == place[0]]
        rows += [one for key in kept for one in data if one[:2] == key[:2]]
    for one in dict.fromkeys(rows):
        del data[one]
