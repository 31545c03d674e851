"""The whole dataset: every property of a description in the field that is made for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ckanext.ca3b.harvest.planning import KnownResource, resource_ids
from ckanext.ca3b.schemas import texts

from . import agents, concepts, files, places, raw
from .notes import Notes
from .values import date, filled, known, link, text, uri

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ckanext.ca3b.harvest.model import Description, Problem

_LONGEST_TITLE = 500
_LONGEST_VERSION = 100
#: Identifiers that readers make for datasets that have none: nothing that the source says.
_MADE = re.compile(r"sha256-[0-9a-f]{64}")


@frozen
class SourceFacts:
    """What the mapping needs of a source: whose it is, the commune it speaks of, whether it is public.

    ``commune`` is an INSEE code, for datasets that tell no place; ``territory`` the codes that the portal knows,
    empty when they are not to be checked.
    """

    id: str
    name: str = ""
    title: str = ""
    owner_org: str = ""
    commune: str = ""
    visibility: str = "public"
    territory: frozenset[str] = frozenset()


def package(
    description: Description,
    *,
    source: SourceFacts,
    dataset_id: str,
    known_resources: Sequence[KnownResource] = (),
    told: Iterable[Problem] = (),
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return a dataset for CKAN's actions, and what could not be written in its fields.

    The dict has an ``id`` and no ``name``: the address is chosen when the dataset is created and never changes. It
    has no empty field, and only fields of ``schemas/dataset.yaml`` with values that their validators take; a title is
    always there, a description only if the source gives one. ``told``: problems of the same record that its reader
    told already, which are not told again.
    """
    notes = Notes(description.identifier, text(description.title), told)
    title = _title(description, notes)
    license_id, shared = concepts.rights(description, notes)
    themes = concepts.themes(description, notes)
    systems, rules = files.standards(description.conforms_to)
    said: dict[str, Any] = {
        "title": title,
        "notes": text(description.description),
        "theme": themes["theme"],
        "inspire_theme": themes["inspire_theme"],
        "tags": concepts.keywords([*description.keywords, *themes["words"]], notes),
        "communes": places.communes(description, source.commune, source.territory, notes),
        "temporal_coverage": _periods(description, notes),
        "frequency": known("frequencies", description.frequency, "frequency", notes, "unknown-frequency"),
        "modified": date(description.modified, "modified", notes),
        "issued": date(description.issued, "issued", notes),
        "reference_system": systems,
        "conforms_to": rules,
        **places.places(description.spatial, notes),
        "contact": agents.contact(description.contact, notes),
        "publisher": agents.publisher(description.publisher, notes),
        "license_id": license_id,
        "access_rights": known(
            "access_rights", description.access_rights, "access_rights", notes, "unknown-access-rights"
        ),
        "language": _languages(description, notes),
        "url": link(description.landing_page, "landing_page", notes),
        "version": _version(description, notes),
        "hvd_category": concepts.hvd(description, license_id, notes),
        "identifier": "" if _MADE.fullmatch(description.identifier) else text(description.identifier),
        "uri": uri(description.uri),
    }
    kept = raw.dataset(description.raw, notes)
    for field, own in (("alternate_identifier", "identifier"), ("documentation", "url")):
        if field in kept:
            kept[field] = [one for one in kept[field] if one != said[own]]
    found = files.reached(description, notes)
    ids = resource_ids(dataset_id, found, known_resources)
    resources = [files.file(one, id_, shared, notes) for one, id_ in zip(found, ids, strict=True)]
    if not all(any(one.get(key) == value for one in resources) for key, value in shared.items()):
        notes.keep_aside("license")
    dataset = {
        "id": dataset_id,
        "owner_org": source.owner_org,
        "private": source.visibility == "private",
        **filled(kept),
        **filled(said),
        "resources": resources,
    }
    return dataset, notes.all()


def _title(description: Description, notes: Notes) -> str:
    """Return the title, else what the dataset is called otherwise: a file, a page, its identifier."""
    found = text(description.title)
    if not found:
        notes.tell("missing-title", "title")
        others = [one.title for one in description.resources] + [description.landing_page, description.identifier]
        found = next(filter(None, map(text, others)), "") or "Sans titre"
    if len(found) > _LONGEST_TITLE:
        notes.tell("title-too-long", "title", _LONGEST_TITLE)
        found = f"{found[: _LONGEST_TITLE - 1].rstrip()}…"
    return found


def _periods(description: Description, notes: Notes) -> list[dict[str, str]]:
    rows = []
    for period in description.temporal:
        start, end = (date(side, "temporal", notes) for side in (period.start, period.end))
        first, last = texts.first_day(start) if start else None, texts.last_day(end) if end else None
        if first and last and last < first:
            notes.tell("period-backwards", "temporal", f"{start} – {end}")
            continue
        row = filled({"start": start, "end": end})
        if row and row not in rows:
            rows.append(row)
    return rows


def _languages(description: Description, notes: Notes) -> list[str]:
    found = (known("languages", one, "language", notes, "unknown-language") for one in description.language)
    return list(dict.fromkeys(filter(None, found)))


def _version(description: Description, notes: Notes) -> str:
    found = text(description.version)
    if len(found) <= _LONGEST_VERSION:
        return found
    notes.tell("long-version", "version", found, "info")
    return ""
