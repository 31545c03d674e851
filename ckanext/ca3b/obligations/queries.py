"""What the database says of organisations and public datasets: a fixed number of queries, whatever their number."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from attrs import frozen
from ckan import model
from sqlalchemy import or_, select

from ckanext.ca3b import catalogue, freshness, vocabularies
from ckanext.ca3b.schemas.indexing import values

from .core import AGGLOMERATION, COMMUNE, Present

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

#: Files whose state is asked of the gate at once.
BATCH = 5000


@frozen
class Organization:
    """An active commune or agglomeration of the portal; ``fields`` are its custom fields, as stored."""

    id: str
    name: str
    title: str
    fields: Mapping[str, Any]


@frozen
class Only:
    """Restricts the datasets to those that may be about one body: their owners, a commune, a publisher."""

    owners: tuple[str, ...]
    insee_code: str = ""
    siren: str = ""


def organizations() -> list[Organization]:
    """Return the communes and the agglomeration that have an organisation."""
    group = model.Group
    extras = model.group_table.c.extras
    query = select(group.id, group.name, group.title, extras).where(
        group.is_organization,
        group.state == model.State.ACTIVE,
        extras["kind"].astext.in_([COMMUNE, AGGLOMERATION]),
    )
    return [Organization(id_, name, title, fields or {}) for id_, name, title, fields in model.Session.execute(query)]


def datasets(only: Only | None = None) -> list[Present]:
    """Return the public datasets that have an open file, as the rules read them: four queries."""
    packages = _packages(only)
    files = _open_files(_files(packages))
    tags = _tags(packages)
    return [_present(row, files[row.id], tags[row.id]) for row in packages.values() if row.id in files]


def _packages(only: Only | None) -> dict[str, Any]:
    package = model.Package
    extras = model.package_table.c.extras
    query = select(package.id, package.name, package.title, package.owner_org, package.metadata_modified, extras).where(
        package.state == model.State.ACTIVE, package.private.is_(False), package.type == "dataset"
    )
    if only:
        about = [package.owner_org.in_(only.owners)]
        if only.insee_code:
            about.append(extras["communes"].astext.contains(only.insee_code, autoescape=True))
        if only.siren:
            about.append(extras["publisher"].astext.contains(only.siren, autoescape=True))
        query = query.where(or_(*about))
    return {row.id: row for row in model.Session.execute(query)}


def _files(packages: Mapping[str, Any]) -> list[Any]:
    resource = model.Resource
    columns = (
        resource.id, resource.package_id, resource.url_type, resource.hash, resource.format, resource.created,
        resource.last_modified, model.resource_table.c.extras,
    )  # fmt: skip
    query = select(*columns).where(resource.state == model.State.ACTIVE)
    if len(packages) <= BATCH:
        query = query.where(resource.package_id.in_(packages))
    return [row for row in model.Session.execute(query) if row.package_id in packages]


def _open_files(files: Sequence[Any]) -> dict[str, list[Any]]:
    """Return the files that are open to the public, by dataset."""
    closed: set[str] = set()
    for start in range(0, len(files), BATCH):
        part = files[start : start + BATCH]
        closed |= catalogue.closed_files([{"id": one.id, "url_type": one.url_type, "hash": one.hash} for one in part])
    found: dict[str, list[Any]] = defaultdict(list)
    for one in files:
        if one.id not in closed:
            found[one.package_id].append(one)
    return found


def _tags(packages: Mapping[str, Any]) -> dict[str, list[str]]:
    link, tag = model.PackageTag, model.Tag
    query = select(link.package_id, tag.name).join(tag, tag.id == link.tag_id).where(link.state == model.State.ACTIVE)
    if len(packages) <= BATCH:
        query = query.where(link.package_id.in_(packages))
    found: dict[str, list[str]] = defaultdict(list)
    for package_id, name in model.Session.execute(query):
        found[package_id].append(name)
    return found


def _present(row: Any, files: Iterable[Any], tags: Iterable[str]) -> Present:
    fields = row.extras or {}
    more = [(one, _json(one.extras)) for one in files]
    standards = [
        *values(fields.get("conforms_to")),
        *(uri for _, extra in more for uri in values(extra.get("conforms_to"))),
    ]
    categories = vocabularies.hvd_categories()
    hvd = (categories.find(value) for value in values(fields.get("hvd_category")))
    return Present(
        id=row.id,
        name=row.name,
        title=row.title or row.name,
        owner=row.owner_org or "",
        updated=_updated(fields, more) or freshness.day(row.metadata_modified),
        frequency=fields.get("frequency") or "",
        communes=tuple(values(fields.get("communes"))),
        publishers=frozenset(_publishers(fields.get("publisher"))),
        schemas=frozenset(extra["table_schema"] for _, extra in more if extra.get("table_schema")),
        standards=tuple(standards),
        hvd=frozenset(entry.code for entry in hvd if entry),
        formats=frozenset(one.format for one, _ in more if one.format),
        words=frozenset(tags),
    )


def _updated(fields: Mapping[str, Any], files: Iterable[tuple[Any, Mapping[str, Any]]]) -> dt.date | None:
    """Return the day of the data, as the page of the dataset says it."""
    dates: list[Any] = [fields.get("modified")]
    for one, extra in files:
        dates.append(extra.get("modified"))
        if one.url_type == "upload":
            dates.append(one.last_modified or one.created)
    return freshness.latest(dates)


def _publishers(stored: Any) -> list[str]:
    """Return the SIREN that the publishers of a dataset bear; a SIRET begins with one."""
    rows = _json(stored)
    found = (str(one.get("identifier") or "") for one in (rows if isinstance(rows, list) else [rows]) if one)
    digits = ("".join(char for char in one.rsplit("/", 1)[-1] if char.isdigit()) for one in found)
    return [one[:9] for one in digits if len(one) in {9, 14}]


def _json(stored: Any) -> Any:
    """Return what a custom field holds, whether the database keeps it as JSON or as its text; {} when unreadable."""
    if not isinstance(stored, str):
        return stored or {}
    try:
        return json.loads(stored) or {}
    except ValueError:
        return {}
