"""Who is told of a decision: the people of a file, no more of them than needed."""

from __future__ import annotations

from typing import Any, cast

import ckan.plugins as p
import sqlalchemy as sa
from ckan import authz, model


def clerks_of(package_id: str) -> list[model.User]:
    """Return the accounts to tell about a file: who made its dataset and who changed it last, if they still may.

    When none of them has an e-mail address (a harvest, somebody who left), the editors of its producer.
    """
    package = model.Package.get(package_id)
    if package is None:
        return []
    found = _writable([package.creator_user_id, _last_author(package_id)])
    return [one for one in found if _may_update(one, package_id)] or _editors(package.owner_org)


def _last_author(package_id: str) -> str | None:
    if not p.plugin_loaded("activity"):
        return None
    from ckanext.activity.model import Activity  # noqa: PLC0415 - only when the plugin is there

    query = sa.select(Activity.user_id).where(Activity.object_id == package_id)  # pyright: ignore[reportArgumentType]
    return model.Session.scalar(query.order_by(Activity.timestamp.desc()).limit(1))  # pyright: ignore[reportAttributeAccessIssue]


def _editors(organization_id: str | None) -> list[model.User]:
    if not organization_id:
        return []
    members = model.Session.query(model.Member.table_id).filter(
        model.Member.group_id == organization_id,
        model.Member.table_name == "user",
        model.Member.state == model.State.ACTIVE,
        cast("Any", model.Member.capacity).in_(["admin", "editor"]),
    )
    return _writable([id_ for (id_,) in members])


def _writable(ids: list[str | None]) -> list[model.User]:
    users = [model.User.get(id_) for id_ in dict.fromkeys(ids) if id_]
    return [one for one in users if one is not None and one.is_active and one.email]


def _may_update(user: model.User, package_id: str) -> bool:
    context = cast("Any", {"user": user.name, "auth_user_obj": user})
    return authz.is_authorized_boolean("package_update", context, {"id": package_id})
