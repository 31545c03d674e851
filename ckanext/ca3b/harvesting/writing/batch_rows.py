"""The rows of many datasets read together. CKAN asks the database eight questions to describe each of them.

What CKAN lacks for that is worked around here: see docs/upstream.md. Its two functions that ask are completed once,
when this module is imported, and change nothing outside of :func:`known`.
"""

from __future__ import annotations

import contextlib
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from attrs import define, field
from ckan import model
from ckan.lib.dictization import model_dictize
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: CKAN's own, for everything that was not read beforehand.
_execute: Any = model_dictize._execute
_get_members: Any = model_dictize._get_members
_RELATIONS = "package_relationship"
_KEY = "ca3b_key"


@define
class Rows:
    """The rows of one table by what they belong to, as CKAN's query gives them."""

    fields: list[str]
    rows: dict[str, list[tuple[Any, ...]]] = field(factory=dict)

    @classmethod
    def of(cls, query: Any, key: Any, values: Sequence[str]) -> Rows:
        """Read what a query gives for all these values of a column at once."""
        result = model.Session.execute(query.add_columns(key.label(_KEY)).where(key.in_(values)))
        found = cls(list(result.keys())[:-1])
        for *row, whose in result:
            found.rows.setdefault(whose, []).append(tuple(row))
        return found

    def result(self, whose: str | None) -> Any:
        """Return the rows that belong to it, as the database would."""
        return IteratorResult(SimpleResultMetaData(self.fields), iter(self.rows.get(whose or "", [])))


@define
class Batch:
    """What CKAN asks to describe some datasets.

    ``packages`` are kept in the session by being kept here: CKAN, which looks for them by id, does not ask for them
    again. ``related``: those that have relationships, which are few and left to CKAN.
    """

    packages: dict[str, Any]
    tables: dict[str, Rows]
    related: set[str]
    _members: dict[tuple[str, str], Any] = field(factory=dict)

    @classmethod
    def of(cls, dataset_ids: Sequence[str]) -> Batch:
        """Read what there is of these datasets."""
        found: Any = model.Session.query(model.Package).filter(model.Package.id.in_(dataset_ids))
        packages: dict[str, Any] = {one.id: one for one in found}
        ids, owners = sorted(packages), sorted({one.owner_org for one in packages.values() if one.owner_org})
        group, member, resource = _table(model.Group), _table(model.Member), _table(model.Resource)
        tag, its_tag, related = _table(model.Tag), _table(model.PackageTag), _table(model.PackageRelationship)
        groups = sa.select(group, member.c.capacity).join(member, group.c.id == member.c.group_id)
        groups = groups.where(member.c.state == "active", group.c.is_organization.is_(False))
        tags = sa.select(tag, its_tag.c.state).join(its_tag, tag.c.id == its_tag.c.tag_id)
        tables = {
            "resource": Rows.of(sa.select(resource), resource.c.package_id, ids),
            "package_tag": Rows.of(tags, its_tag.c.package_id, ids),
            "member": Rows.of(groups, member.c.table_id, ids),
            "group": Rows.of(sa.select(group).where(group.c.state == "active"), group.c.id, owners),
            _RELATIONS: Rows([]),
        }
        both = related.c.subject_package_id, related.c.object_package_id
        pairs = model.Session.execute(sa.select(*both).where(sa.or_(*(one.in_(ids) for one in both))))
        return cls(packages, tables, {one for pair in pairs for one in pair})

    def result(self, table: str, package: model.Package | None) -> Any:
        """Return the rows of CKAN's query on a table for a dataset; None when they were not read."""
        if package is None or package.id not in self.packages or table not in self.tables:
            return None
        if table == _RELATIONS and package.id in self.related:
            return None
        return self.tables[table].result(package.owner_org if table == "group" else package.id)

    def members(self, context: Any, group: Any, kind: str) -> Any:
        """Return the members of a group, asked for once."""
        if (group.id, kind) not in self._members:
            self._members[group.id, kind] = _get_members(context, group, kind)
        return self._members[group.id, kind]


_present: ContextVar[Batch | None] = ContextVar("ca3b_batch", default=None)


@contextlib.contextmanager
def known(dataset_ids: Sequence[str]) -> Iterator[None]:
    """Have CKAN describe these datasets, within the block, from rows that are read together as it begins."""
    token = _present.set(Batch.of(dataset_ids))
    try:
        yield
    finally:
        _present.reset(token)


def _table(entity: Any) -> Any:
    return sa.inspect(entity).local_table


def _answer(query: Any, table: Any, context: Any) -> Any:
    batch = _present.get()
    found = batch.result(table.name, context.get("package")) if batch else None
    return _execute(query, table, context) if found is None else found


def _members(context: Any, group: Any, member_type: str) -> Any:
    batch = _present.get()
    if batch is None or "limits" in context:
        return _get_members(context, group, member_type)
    return batch.members(context, group, member_type)


model_dictize._execute = _answer
model_dictize._get_members = _members
