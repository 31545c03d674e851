"""Who passes the gate: those who may replace the file, the DPO, those in charge of the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ckan import authz, model

from ckanext.ca3b import contexts
from ckanext.ca3b.privacy import config

if TYPE_CHECKING:
    from ckan.types import Context


def is_dpo(name: str | None) -> bool:
    """Tell whether an account is that of a data protection officer of the portal."""
    if not name or name not in config.dpo():
        return False
    user = model.User.get(name)
    return user is not None and user.name == name and user.state == model.State.ACTIVE


def may_pass(context: Context, package_id: str) -> bool:
    """Tell whether somebody sees the files of a dataset that are not open."""
    if sees_all(context):
        return True
    return bool(context.get("user")) and authz.is_authorized_boolean(
        "package_update", contexts.own(context), {"id": package_id}
    )


def sees_all(context: Context) -> bool:
    """Tell whether somebody sees the files of every dataset, open or not."""
    name = context.get("user")
    return bool(context.get("ignore_auth")) or bool(name and (authz.is_sysadmin(name) or is_dpo(name)))
