"""CKAN's actions on datasets and files, completed before they run: rows folded, blanks filled, address made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.ca3b import config
from ckanext.scheming.helpers import scheming_get_dataset_schema

from . import rows
from .prefill import Owner, prefilled
from .slugs import free_slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ckan.types import Action, Context

#: In the context of a caller that fills everything itself (a harvester): nothing is added to its data.
AS_GIVEN = "ca3b_as_given"
#: Posted by our form of a file: fields that the form does not show keep their value.
PARTIAL = "ca3b_partial"
#: Where a file can be: sent here, elsewhere on the web, or behind a service.
PLACES = ("upload", "url", "access_url", "download_url", "access_services")


@tk.chained_action
def package_create(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Create a dataset from what its author knows; the rest comes from the organisation that publishes."""
    if _is_ours(data_dict):
        data_dict = _folded(data_dict)
        if not context.get(AS_GIVEN):
            data_dict = _completed(context, data_dict)
    return up_func(context, data_dict)


@tk.chained_action
def package_update(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Update a dataset, with the rows of a form folded."""
    return up_func(context, _folded(data_dict))


@tk.chained_action
def package_patch(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Patch a dataset, with the rows of a form page folded so that they replace the stored ones."""
    return up_func(context, _folded(data_dict))


@tk.chained_action
def resource_create(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Create a file, with the rows of its form folded; an entry that leads nowhere is refused."""
    data_dict = _folded(data_dict, "resource_fields")
    _refuse_nowhere("resource_create", context, data_dict)
    return up_func(context, _without(data_dict, PARTIAL))


@tk.chained_action
def resource_update(up_func: Action, context: Context, data_dict: dict[str, Any]) -> Any:
    """Update a file; our form keeps the fields that it does not show."""
    data_dict = _folded(data_dict, "resource_fields")
    if data_dict.get(PARTIAL) and data_dict.get("id"):
        stored = tk.get_action("resource_show")({"ignore_auth": True}, {"id": data_dict["id"]})
        replaced = {"size", "hash", "hash_algorithm", "mimetype"} if data_dict.get("upload") else set()
        kept = {key: value for key, value in stored.items() if key in _hidden_fields() - replaced}
        data_dict = {**kept, **data_dict}
    _refuse_nowhere("resource_update", context, data_dict)
    return up_func(context, _without(data_dict, PARTIAL))


def get_actions() -> dict[str, Callable[..., Any]]:
    """Return the chained actions, for ``IActions``."""
    chained = (package_create, package_update, package_patch, resource_create, resource_update)
    return {function.__name__: function for function in chained}


def _is_nowhere(data_dict: dict[str, Any]) -> bool:
    """Tell whether a file is neither sent, nor at an address, nor behind a service."""
    # An upload without a name is false, whatever it is written as.
    return not any(data_dict.get(key) and str(data_dict[key]).strip() for key in PLACES)


def _refuse_nowhere(action: str, context: Context, data_dict: dict[str, Any]) -> None:
    if context.get(AS_GIVEN) or not _is_nowhere(data_dict):
        return
    tk.check_access(action, context, data_dict)  # whoever may not publish is told that first
    raise tk.ValidationError({"url": [tk._("Choose a file or give its address.")]})


def _is_ours(data_dict: dict[str, Any]) -> bool:
    return (data_dict.get("type") or "dataset") == "dataset"


def _folded(data_dict: dict[str, Any], group: str = "dataset_fields") -> dict[str, Any]:
    folded = dict(data_dict)
    rows.fold(folded, _repeating(group))
    return folded


def _repeating(group: str) -> Iterable[str]:
    return [field["field_name"] for field in _fields(group) if "repeating_subfields" in field]


def _hidden_fields() -> set[str]:
    return {field["field_name"] for field in _fields("resource_fields") if field.get("form_snippet", "") is None}


def _fields(group: str) -> list[dict[str, Any]]:
    return (scheming_get_dataset_schema("dataset") or {}).get(group, [])


def _without(data_dict: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in data_dict.items() if name != key}


def _completed(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    data_dict = {**data_dict, "type": "dataset"}
    if not data_dict.get("owner_org"):
        only = _only_organization(context)
        if only:
            data_dict["owner_org"] = only
    if not data_dict.get("name") and str(data_dict.get("title") or "").strip():
        data_dict["name"] = free_slug(data_dict["title"], _is_taken)
    return prefilled(data_dict, owner(data_dict.get("owner_org")))


def _is_taken(name: str) -> bool:
    # A deleted dataset keeps its row: its address is not given to another one.
    return model.Session.query(model.Package.id).filter_by(name=name).first() is not None


def _only_organization(context: Context) -> str | None:
    fresh: Any = {"user": context.get("user")}
    found = tk.get_action("organization_list_for_user")(fresh, {"permission": "create_dataset"})
    return found[0]["id"] if len(found) == 1 else None


def owner(reference: str | None) -> Owner | None:
    """Return the facts of the organisation of this id or name, None when there is none."""
    group = model.Group.get(reference) if reference else None
    if group is None or not group.is_organization:
        return None
    # Readable by anybody on the organisation's page, so no authorisation is asked.
    facts = tk.get_action("organization_show")(
        {"ignore_auth": True},
        {"id": group.id, "include_users": False, "include_dataset_count": False, "include_followers": False},
    )
    return Owner(
        title=facts.get("title") or facts["name"],
        kind=facts.get("kind") or "",
        insee_code=facts.get("insee_code") or "",
        siren=facts.get("siren") or "",
        email=facts.get("contact_email") or config.contact_email(),
        url=facts.get("contact_url") or "",
        page=tk.url_for("organization.read", id=facts["name"], _external=True),
    )
