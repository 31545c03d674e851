"""The closed files of a clerk's own producers, for the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.ca3b.privacy.gate import state

from . import states

if TYPE_CHECKING:
    from ckan.types import Context

#: What waits for nobody's hand is not on the list of what is to be done.
_NOTHING_TO_DO = {"scanning"}
_RANK = ("closed", "refused", "fix", "held", "unreadable", "waiting")


@tk.side_effect_free
def ca3b_privacy_todo(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the files that personal data keeps closed, among some datasets and among those of the user.

    :param package_ids: ids of the datasets
    :returns: ``[{resource_id, package_id, name, words}]``, the most serious first; ``name`` and ``words`` as
        :func:`ckanext.ca3b.privacy.clerk.states.state` gives them
    """
    tk.check_access("ca3b_privacy_todo", context, {})
    own = cast("Context", {"user": context.get("user")})
    producers = tk.get_action("organization_list_for_user")(own, {"permission": "update_dataset"})
    files = _files(data_dict.get("package_ids") or [], [one["id"] for one in producers])
    found = state.among(files)
    shut = [one for one in files if not found[one["id"]].open]
    said = [(one, _state(own, one["id"])) for one in shut]
    todo = [
        {"resource_id": one["id"], "package_id": one["package_id"], "name": each["name"], "words": each["words"]}
        for one, each in said
        if each["name"] not in _NOTHING_TO_DO
    ]
    return sorted(todo, key=lambda one: _RANK.index(one["name"]))


def _files(package_ids: list[str], producers: list[str]) -> list[dict[str, Any]]:
    file = model.Resource
    query = (
        model.Session.query(file.id, file.package_id, file.url_type, file.hash)
        .join(model.Package, model.Package.id == file.package_id)
        .filter(model.Package.id.in_(package_ids), model.Package.owner_org.in_(producers))
        .filter(file.state == model.State.ACTIVE)
    )
    return [dict(row._mapping) for row in query]


def _state(context: Context, resource_id: str) -> dict[str, str]:
    own = cast("Context", dict(cast("dict[str, Any]", context)))
    return states.state(tk.get_action("ca3b_gate_show")(own, {"resource_id": resource_id}))
