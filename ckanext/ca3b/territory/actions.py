"""Actions of the territory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.ca3b import config

from . import queries
from .core import OutlinesError, TerritoryError
from .core.organizations import COMMUNE, Wanted, changes, free_name, wanted_agglomeration, wanted_commune
from .current import current

if TYPE_CHECKING:
    from ckan.types import Context

# What organization_show need not read to compare an organisation.
LIGHT = {"include_datasets": False, "include_dataset_count": False, "include_users": False, "include_followers": False}


def ca3b_territory_load(context: Context, data_dict: dict[str, Any]) -> dict[str, list[str]]:  # noqa: ARG001
    """Create or refresh the organisation of the agglomeration and of each member commune.

    Only the fields owned by the territory are written, and only where they differ: running it
    again changes nothing. Organisations that a sysadmin deleted stay deleted.

    :returns: names of organisations by what became of them: ``created``, ``updated``,
        ``unchanged``, ``deleted`` (left deleted), ``former`` (communes of the portal that are
        not members of the agglomeration, left as they are)
    """
    tk.check_access("ca3b_territory_load", context, {})
    try:
        territory = current()
        # Not needed here, but a wrong file of outlines is better told now than by a page without a map.
        _ = territory.outlines
    except TerritoryError as error:
        setting = config.OUTLINES if isinstance(error, OutlinesError) else config.EPCI
        raise tk.ValidationError({setting: [str(error)]}) from error
    epci = territory.epci

    report: dict[str, list[str]] = {"created": [], "updated": [], "unchanged": [], "deleted": [], "former": []}
    parent = _load_one(context, wanted_agglomeration(epci, config.agglomeration_name()), report)
    for commune in epci.members:
        _load_one(context, wanted_commune(commune, parent), report)
    members = {commune.insee_code for commune in epci.members}
    report["former"] = [ref.name for ref in queries.organizations(COMMUNE) if ref.insee_code not in members]
    return report


def _load_one(context: Context, wanted: Wanted, report: dict[str, list[str]]) -> str:
    """Create or refresh one organisation, note it in ``report`` and return its name."""
    group = queries.find_organization(*wanted.identity)
    if group is None:
        name = free_name(wanted, queries.names_like(wanted.name))
        data = {**wanted.fields, "name": name, "groups": [{"name": wanted.parent}] if wanted.parent else []}
        organization = tk.get_action("organization_create")(_fresh(context), data)
        # CKAN makes the creator an administrator of each: here they act for the portal.
        member = {"id": organization["id"], "object": context.get("user"), "object_type": "user"}
        tk.get_action("member_delete")(_fresh(context), member)
        report["created"].append(name)
        return name
    name: str = group.name
    if group.state != model.State.ACTIVE:
        report["deleted"].append(name)
        return name
    stored = tk.get_action("organization_show")(_fresh(context), {"id": group.id, **LIGHT})
    changed = changes(stored, wanted)
    if changed:
        tk.get_action("organization_patch")(_fresh(context), {"id": group.id, **changed})
    report["updated" if changed else "unchanged"].append(name)
    return name


def _fresh(context: Context) -> Context:
    """Return a context for one call; CKAN's actions leave their objects in the one they are given."""
    kept = ("user", "ignore_auth", "auth_user_obj")
    return cast("Context", {key: value for key, value in context.items() if key in kept})
