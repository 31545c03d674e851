"""CKAN's actions on datasets called for thousands of them: same plugins, same validators, nothing said meanwhile.

What CKAN's actions lack for that is worked around here, and only here: see docs/upstream.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import ckan.plugins.toolkit as tk
from attrs import frozen
from ckan import model
from ckan.lib import plugins as lib_plugins

from ckanext.ca3b.schemas import groups
from ckanext.ca3b.schemas.actions import AS_GIVEN
from ckanext.ca3b.validators import LENIENT, OWNER

from . import leniency

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ckan.types import Context

    from .leniency import Told
    from .remembering import Remembering

TYPE = "dataset"


def site_user() -> str:
    """Return the name of the account under which the harvest writes."""
    return tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]


def show(dataset_id: str) -> dict[str, Any]:
    """Return a dataset as the database has it, deleted ones too: the index may be late."""
    return tk.get_action("package_show")(cast("Context", {"ignore_auth": True, "use_cache": False}), {"id": dataset_id})


@frozen
class Known:
    """What was looked up once for the datasets of a batch, in the present session.

    ``account``: that of the user who writes; ``owner``: the id of their organisation; ``themes``: their groups.
    """

    session: Remembering
    account: model.User | None = None
    owner: str = ""
    themes: Mapping[str, model.Group] | None = None

    @property
    def facts(self) -> dict[str, Any]:
        """Return what of it CKAN's actions and our validators find in their context."""
        return {"auth_user_obj": self.account, OWNER: self.owner, groups.GROUPS: self.themes}


def create(user: str, package: Mapping[str, Any], known: Known) -> list[Told]:
    """Create a dataset in the present transaction; return what was left aside. What is known is not looked for.

    :raises ckan.plugins.toolkit.ValidationError: what identifies the dataset is refused.
    """
    schema: dict[str, Any] = lib_plugins.lookup_package_plugin(TYPE).create_package_schema()
    if known.session.knows_files_of(package):
        files = schema["resources"]
        needless = tk.get_validator("resource_id_does_not_exist")
        schema["resources"] = {**files, "id": [one for one in files["id"] if one is not needless]}
    return _quietly(
        "package_create", user, {**package, "type": TYPE}, schema, {**known.facts, "session": known.session}
    )


def update(user: str, package: Mapping[str, Any], present: Mapping[str, Any], known: Known) -> list[Told]:
    """Update a dataset, of which ``present`` is the state, in the present transaction; return what was left aside.

    :raises ckan.plugins.toolkit.ValidationError: what identifies the dataset is refused.
    """
    schema = lib_plugins.lookup_package_plugin(TYPE).update_package_schema()
    given = {name: value for name, value in package.items() if name != "metadata_modified"}  # CKAN writes it
    told = _quietly("package_update", user, given, schema, {**known.facts, "original_package": present})
    # package_update leaves its savepoint open when the caller commits.
    while nested := model.Session().get_nested_transaction():
        nested.commit()
    return told


def _quietly(
    action: str, user: str, package: dict[str, Any], schema: dict[str, Any], known: Mapping[str, Any]
) -> list[Told]:
    told: list[Told] = []
    context = {
        "user": user,
        "ignore_auth": True,
        "auth_user_obj": None,
        "__auth_user_obj_checked": True,  # one user less to look for in each dataset
        "session": model.Session,
        "defer_commit": True,
        # package_update without it undoes what it did when the caller commits.
        "return_id_only": True,
        "schema": leniency.lenient(schema),
        AS_GIVEN: True,
        LENIENT: told,
        **known,
    }
    # The action with all that plugins chained to it, below the signal « action succeeded »: ckanext-activity would show
    # and store the whole of each dataset again, before the transaction is committed.
    tk.get_action(action).__wrapped__(context, package)  # pyright: ignore[reportFunctionMemberAccess]
    return told
