"""Making, changing, showing and listing composed maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk
from sqlalchemy.exc import IntegrityError

from ckanext.ca3b import contexts

from . import layers, schema, store

if TYPE_CHECKING:
    from ckan.types import Context

    from .model import ComposedMap


def create(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Make a map: ``title``, ``notes`` (Markdown), ``owner_org``, ``state``, ``base``, ``layers``.

    :raises ValidationError: something is missing or wrong, or a file has no map that its maker may see.
    """
    tk.check_access("ca3b_composed_map_create", context, data_dict)
    facts = _checked(context, data_dict)
    tk.check_access("ca3b_composed_map_create", context, {"owner_org": facts["owner_org"]})
    facts["creator"] = context.get("user", "")
    for _attempt in range(5):
        try:
            row = store.save({**facts, "name": schema.name_of(facts["title"])})
        except IntegrityError:
            continue
        return _shown(context, row)  # pyright: ignore[reportArgumentType] - a new row is never missing
    raise tk.ValidationError({"title": [tk._("Another map has just been given this name. Try again.")]})


def update(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Change a map, whole; its name, thus its address, stays.

    :raises ValidationError: as for the creation.
    """
    row = _row(data_dict)
    tk.check_access("ca3b_composed_map_update", context, {**data_dict, "id": row.id})
    facts = _checked(context, {"owner_org": row.owner_org, **data_dict})
    tk.check_access("ca3b_composed_map_update", context, {"id": row.id, "owner_org": facts["owner_org"]})
    saved = store.save(facts, row.id)
    if saved is None:
        raise tk.ObjectNotFound(tk._("This map does not exist any more"))
    return _shown(context, saved)


def delete(context: Context, data_dict: dict[str, Any]) -> None:
    """Forget a map; the files stay."""
    row = _row(data_dict)
    tk.check_access("ca3b_composed_map_delete", context, {"id": row.id})
    store.delete(row.id)


@tk.side_effect_free
def show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return a map with the layers that the one who asks may see; ``left_out`` counts the others."""
    row = _row(data_dict)
    tk.check_access("ca3b_composed_map_show", context, {"id": row.id})
    return _shown(context, row)


@tk.side_effect_free
def listing(context: Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the maps that the one who asks may see, the last changed first, without their layers."""
    tk.check_access("ca3b_composed_map_list", context, data_dict)
    own: list[str] = []
    if context.get("user"):
        asked = {"permission": "update_dataset"}
        own = [one["id"] for one in tk.get_action("organization_list_for_user")(contexts.own(context), asked)]
    found = [row.as_dict() for row in store.listed(own)]
    for one in found:
        one["layer_count"] = len(one.pop("layers"))
    return found


def _row(data_dict: dict[str, Any]) -> ComposedMap:
    row = store.get(tk.get_or_bust(data_dict, "id"))
    if row is None:
        raise tk.ObjectNotFound(tk._("This map does not exist any more"))
    return row


def _shown(context: Context, row: ComposedMap) -> dict[str, Any]:
    found = row.as_dict()
    found["layers"] = layers.seen(context, row.layers)
    found["left_out"] = len(row.layers) - len(found["layers"])
    return found


def _checked(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    if len(data_dict.get("layers") or []) > schema.MAX_LAYERS:
        said = tk._("A map holds at most {number} layers.").format(number=schema.MAX_LAYERS)
        raise tk.ValidationError({"layers": [said]})
    facts, errors = tk.navl_validate(data_dict, schema.composed_map(), context)
    if errors:
        raise tk.ValidationError(errors)
    facts.setdefault("layers", [])
    problems = layers.problems(context, facts["layers"])
    if any(problems):
        wrong: dict[str, Any] = {"layers": problems}
        raise tk.ValidationError(wrong)
    facts.pop("id", None)
    return facts
