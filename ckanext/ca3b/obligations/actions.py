"""What programs ask about obligations; the pages show the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from ckan import authz, model

from ckanext.ca3b.territory.core import TerritoryError

from . import board, config, exports

if TYPE_CHECKING:
    from ckan.types import Context


def get_actions() -> dict[str, Any]:
    """Return the actions by name."""
    return {"ca3b_obligations_list": ca3b_obligations_list, "ca3b_obligations_show": ca3b_obligations_show}


@tk.side_effect_free
def ca3b_obligations_list(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Tell what the law asks of the agglomeration and its communes to publish, and what is there.

    Sysadmins see all, the members of organisations theirs, everybody all when
    ``ckanext.ca3b.obligations.public`` says so.

    :returns: a list of ``{key, kind, name, title, siren, municipal_population, total_population, agents, counts,
        duties}``; a duty is ``{code, title, asks, texts, applies, why, state, datasets, advice}``
    """
    tk.check_access("ca3b_obligations_list", context, data_dict)
    try:
        return [exports.as_dict(line) for line in board.board(visible(context)).lines]
    except TerritoryError as error:
        raise tk.ValidationError({"territory": [str(error)]}) from error


@tk.side_effect_free
def ca3b_obligations_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell what the law asks one commune, or the agglomeration, to publish, and what is there.

    :param id: id or name of the organisation
    :returns: one element of ``ca3b_obligations_list``
    """
    id_ = tk.get_or_bust(data_dict, "id")
    tk.check_access("ca3b_obligations_show", context, {"id": id_})
    found = model.Group.get(id_)
    try:
        line = board.line(found.id) if found else None
    except TerritoryError as error:
        raise tk.ValidationError({"territory": [str(error)]}) from error
    if line is None:
        raise tk.ObjectNotFound(tk._("This page is about communes and agglomerations only."))
    return exports.as_dict(line)


def visible(context: Context) -> set[str] | None:
    """Return the ids of the organisations whose obligations the user may list, None for all of them."""
    user = context.get("user", "")
    if config.public() or context.get("ignore_auth") or authz.is_sysadmin(user):
        return None
    mine = tk.get_action("organization_list_for_user")({"user": user}, {"permission": "read"})
    return {one["id"] for one in mine}
