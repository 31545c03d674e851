"""The groups of the thirteen themes follow the field ``theme`` of datasets, whoever edits them.

The field is the truth. Membership is written for the author, who needs no right on the groups: a
theme is not a place one is admitted to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import model
from sqlalchemy import and_, select

from ckanext.ca3b import vocabularies

from .indexing import values

if TYPE_CHECKING:
    from collections.abc import Mapping

#: In the context of who creates many datasets in one transaction: what :func:`groups` returned in it.
GROUPS = "ca3b_theme_groups"


def join_themes(package_id: str, known: Mapping[str, model.Group] | None) -> bool:
    """Put a dataset that was just created in the groups of its themes; tell whether there was one.

    For ``after_dataset_create``. ``known``: the groups, when the caller read them in this transaction; nothing is then
    asked of the database, nor sent to it before the caller does.
    """
    if known is None:
        return follow_themes(package_id)
    wanted = _wanted(model.Package.get(package_id), known)
    for slug in wanted:
        _join(known[slug], [], package_id)
    return bool(wanted)


def groups() -> dict[str, model.Group]:
    """Return the groups of the themes by slug."""
    return {one.name: one for one in model.Session.query(model.Group).filter(*_ours())}


def follow_themes(package_id: str) -> bool:
    """Put the dataset in the groups of its themes and out of those of the others; tell whether that changed.

    For ``after_dataset_update``: runs inside the transaction of the caller, which commits and indexes.
    """
    package = model.Package.get(package_id)
    there, members = _theme_groups(package_id)
    wanted = _wanted(package, there)
    active = model.State.ACTIVE
    present = {slug for slug, found in members.items() if any(member.state == active for member in found)}
    for slug in wanted - present:
        _join(there[slug], members[slug], package_id)
    for slug in present - wanted:
        for member in members[slug]:
            member.delete()
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


def _wanted(package: model.Package | None, there: Mapping[str, model.Group]) -> set[str]:
    # What CKAN hands to these hooks has lost the fields that are stored as extras.
    themes = (package.extras or {}).get("theme") if package else None
    entries = (vocabularies.themes().find(value) for value in values(themes))
    return {entry.slug for entry in entries if entry and entry.slug in there}


def _ours() -> tuple[Any, ...]:
    group, slugs = model.Group, [theme.slug for theme in vocabularies.themes()]
    return group.name.in_(slugs), group.is_organization.is_(False), group.state == model.State.ACTIVE


def _theme_groups(package_id: str) -> tuple[dict[str, model.Group], dict[str, list[model.Member]]]:
    """Return the groups of the themes by slug, and what says or said that the dataset is in them, in one question."""
    group, member = model.Group, model.Member
    its = and_(member.group_id == group.id, member.table_name == "package", member.table_id == package_id)
    query = model.Session.query(group, member).outerjoin(member, its).filter(*_ours())
    there: dict[str, model.Group] = {}
    members: dict[str, list[model.Member]] = {}
    for one, its_member in query:
        there[one.name] = one
        members.setdefault(one.name, []).extend([its_member] if its_member else [])
    return there, members


def _join(group: model.Group, members: list[model.Member], package_id: str) -> None:
    # Below CKAN's actions: « member_delete » commits in the middle of the caller's transaction.
    member = next(iter(members), None)
    if member is None:
        member = model.Member(table_name="package", table_id=package_id)
        member.group = group
        model.Session.add(member)
    member.state = model.State.ACTIVE
    member.capacity = "public"
