"""What an old ckanext-harvest holds: its sources, and the datasets that each brought."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from attrs import field, frozen
from ckan.model import meta

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The tables and columns that are read; versions of ckanext-harvest differ in the others.
_SOURCES = sa.text(
    "SELECT s.id, s.url, s.title, s.type, s.config, s.active, s.frequency, p.owner_org AS organization"
    " FROM harvest_source s LEFT JOIN package p ON p.id = s.id ORDER BY s.title, s.id"
)
_OBJECTS = sa.text(
    "SELECT o.harvest_source_id AS source_id, o.guid, p.id AS dataset_id, p.title"
    " FROM harvest_object o JOIN package p ON p.id = o.package_id"
    " WHERE o.current AND p.state = 'active' AND p.type = 'dataset'"
    " ORDER BY o.harvest_source_id, o.guid, p.id"
)


class LegacyError(Exception):
    """There is nothing to import; the message is French and says what to do."""


@frozen
class OldObject:
    """A dataset that a source brought; ``guid`` is what ckanext-harvest called its record."""

    guid: str
    dataset_id: str
    title: str = ""


@frozen
class OldSource:
    """A source of ckanext-harvest; ``organization`` is an id or a name, ``""`` when it had none."""

    id: str
    address: str
    title: str = ""
    type: str = ""
    frequency: str = ""
    organization: str = ""
    active: bool = True
    config: Mapping[str, Any] = field(factory=dict)
    objects: tuple[OldObject, ...] = ()


def from_database() -> list[OldSource]:
    """Return the sources of the tables of ckanext-harvest in this database, with their datasets.

    :raises LegacyError: there are no such tables.
    """
    engine = meta.engine
    tables = set(sa.inspect(engine).get_table_names()) if engine is not None else set()
    if engine is None or "harvest_source" not in tables:
        raise LegacyError(
            "Cette base ne contient pas les tables de ckanext-harvest. Donnez un fichier : la réponse de"
            " harvest_source_list sur l’ancien portail."
        )
    objects: dict[str, list[OldObject]] = {}
    with engine.connect() as connection:
        if "harvest_object" in tables:
            for row in connection.execute(_OBJECTS).mappings():
                found = OldObject(row["guid"] or "", row["dataset_id"], row["title"] or "")
                objects.setdefault(row["source_id"], []).append(found)
        rows = connection.execute(_SOURCES).mappings().all()
    return [
        _source({str(name): value for name, value in row.items()}, tuple(objects.get(row["id"], ()))) for row in rows
    ]


def from_export(text: str) -> list[OldSource]:
    """Return the sources of the answer of ``harvest_source_list`` or ``harvest_source_show``, with no dataset.

    :raises LegacyError: it is no such answer.
    """
    try:
        given = json.loads(text)
    except ValueError as error:
        raise LegacyError(f"Ce fichier n’est pas du JSON ({error}).") from error
    if isinstance(given, dict):
        given = given.get("result", given)
    entries = given.get("results", [given]) if isinstance(given, dict) else given
    if not isinstance(entries, list) or not all(isinstance(one, dict) and one.get("url") for one in entries):
        raise LegacyError(
            "Ce fichier n’est pas la réponse de harvest_source_list : chaque source doit y avoir une adresse (url)."
        )
    return [_source(one, ()) for one in entries]


def _source(row: Mapping[str, Any], objects: tuple[OldObject, ...]) -> OldSource:
    organization = row.get("organization") or row.get("owner_org") or row.get("publisher_id") or ""
    if isinstance(organization, dict):
        organization = organization.get("name") or organization.get("id") or ""
    state = row.get("state", "active")
    return OldSource(
        id=str(row.get("id") or ""),
        address=str(row["url"]).strip(),
        title=str(row.get("title") or row.get("name") or "").strip(),
        type=str(row.get("type") if row.get("type") not in {None, "harvest"} else row.get("source_type") or "").strip(),
        frequency=str(row.get("frequency") or "").strip().upper(),
        organization=str(organization),
        active=bool(row.get("active", state == "active")),
        config=_config(row.get("config")),
        objects=objects,
    )


def _config(given: Any) -> dict[str, Any]:
    if isinstance(given, str):
        try:
            given = json.loads(given) if given.strip() else {}
        except ValueError:
            return {}
    return dict(given) if isinstance(given, dict) else {}
