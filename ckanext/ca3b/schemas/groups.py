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


def follow_themes(package_id: str, themes: Any) -> bool:
    """Put the dataset in the groups of ``themes`` and out of those of the others; tell whether that changed.

    Runs inside the transaction of the caller, which commits and indexes.
    """
    groups = _theme_groups()
    entries = (vocabularies.themes().find(value) for value in values(themes))
    wanted = {groups[entry.slug] for entry in entries if entry and entry.slug in groups}
    present = _memberships(package_id, groups.values())
    for group_id in wanted - present:
        _member("member_create", group_id, package_id)
    for group_id in present - wanted:
        _member("member_delete", group_id, package_id)
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
    themes = table.c.extras["theme"].astext
    query = select(table.c.id, table.c.name, themes).where(themes.is_not(None), table.c.state != model.State.DELETED)
    changed = [(id_, name) for id_, name, found in model.Session.execute(query).all() if follow_themes(id_, found)]
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
    member = model.Member
    query = select(member.group_id).where(
        member.table_id == package_id,
        member.table_name == "package",
        member.state == model.State.ACTIVE,
        member.group_id.in_(list(group_ids)),
    )
    return {group_id for group_id in model.Session.scalars(query) if group_id}


def _member(action: str, group_id: str, package_id: str) -> None:
    context: Any = {"ignore_auth": True, "defer_commit": True, "user": ""}
    data = {"id": group_id, "object": package_id, "object_type": "package", "capacity": "public"}
    tk.get_action(action)(context, data)
