"""The groups of the thirteen themes follow the field ``theme`` of datasets, whoever edits them.

The field is the truth. Membership is written for the author, who needs no right on the groups: a
theme is not a place one is admitted to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import model
from sqlalchemy import select

from ckanext.ca3b import vocabularies

from .indexing import values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Query


def follow_themes(package_id: str) -> bool:
    """Put the dataset in the groups of its themes and out of those of the others; tell whether that changed.

    For ``after_dataset_create`` and ``after_dataset_update``: runs inside the transaction of the
    caller, which commits and indexes.
    """
    package = model.Package.get(package_id)
    # What CKAN hands to these hooks has lost the fields that are stored as extras.
    themes = (package.extras or {}).get("theme") if package else None
    groups = _theme_groups()
    entries = (vocabularies.themes().find(value) for value in values(themes))
    wanted = {groups[entry.slug] for entry in entries if entry and entry.slug in groups}
    present = _memberships(package_id, groups.values())
    for group_id in wanted - present:
        _join(group_id, package_id)
    for group_id in present - wanted:
        _leave(group_id, package_id)
    model.Session.flush()  # CKAN's session does not, and reads the groups before it commits
    return wanted != present


def load(context: Any) -> dict[str, list[str]]:
    """Create the group of each theme that has none, and put in them the datasets that were there before.

    Nothing that an editor changed in a group is written over. Returns slugs by what became of them:
    ``created``, ``unchanged``; and ``datasets``, the names of those that changed groups.
    """
    report: dict[str, list[str]] = {"created": [], "unchanged": [], "datasets": []}
    for theme in vocabularies.themes():
        if model.Group.get(theme.slug):
            report["unchanged"].append(theme.slug)
            continue
        facts = {"name": theme.slug, "title": theme.label, "description": theme.description, "theme": theme.uri}
        fresh: Any = {**context}
        tk.get_action("group_create")(fresh, facts)
        report["created"].append(theme.slug)
    report["datasets"] = _follow_all()
    return report


def _follow_all() -> list[str]:
    from ckan.lib.search import rebuild  # noqa: PLC0415  heavy, and of no use to a web page

    table = model.package_table
    themed = table.c.extras["theme"].astext.is_not(None)
    query = select(table.c.id, table.c.name).where(themed, table.c.state != model.State.DELETED)
    changed = [(id_, name) for id_, name in model.Session.execute(query).all() if follow_themes(id_)]
    model.Session.commit()
    for id_, _name in changed:
        rebuild(id_)
    return [name for _id, name in changed]


def _theme_groups() -> dict[str, str]:
    group = model.Group
    slugs = [theme.slug for theme in vocabularies.themes()]
    query = select(group.name, group.id).where(
        group.name.in_(slugs), group.is_organization.is_(False), group.state == model.State.ACTIVE
    )
    return {name: id_ for name, id_ in model.Session.execute(query).tuples()}  # noqa: C416


def _memberships(package_id: str, group_ids: Iterable[str]) -> set[str]:
    found = _members(package_id).filter(
        model.Member.group_id.in_(list(group_ids)), model.Member.state == model.State.ACTIVE
    )
    return {member.group_id for member in found if member.group_id}


def _join(group_id: str, package_id: str) -> None:
    # Below CKAN's actions: « member_delete » commits in the middle of the caller's transaction.
    member = _members(package_id).filter_by(group_id=group_id).first()
    if member is None:
        member = model.Member(table_name="package", table_id=package_id)
        member.group = model.Group.get(group_id)
        model.Session.add(member)
    member.state = model.State.ACTIVE
    member.capacity = "public"


def _leave(group_id: str, package_id: str) -> None:
    for member in _members(package_id).filter_by(group_id=group_id):
        member.delete()


def _members(package_id: str) -> Query[model.Member]:
    return model.Session.query(model.Member).filter_by(table_name="package", table_id=package_id)
