"""Composed maps: several files of the portal stacked on one map, with a text, saved as a page of the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import actions, auth, helpers, views

if TYPE_CHECKING:
    from flask import Blueprint


def get_actions() -> dict[str, Any]:
    """Return the actions of composed maps."""
    return {
        "ca3b_composed_map_create": actions.create,
        "ca3b_composed_map_update": actions.update,
        "ca3b_composed_map_delete": actions.delete,
        "ca3b_composed_map_show": actions.show,
        "ca3b_composed_map_list": actions.listing,
    }


def get_auth_functions() -> dict[str, Any]:
    """Return who may do what with composed maps."""
    return {
        "ca3b_composed_map_create": auth.create,
        "ca3b_composed_map_update": auth.update,
        "ca3b_composed_map_delete": auth.update,
        "ca3b_composed_map_show": auth.show,
        "ca3b_composed_map_list": auth.listing,
    }


def get_helpers() -> dict[str, Any]:
    """Return what templates ask about composed maps."""
    return {"ca3b_composed_maps_of": helpers.maps_of}


def blueprints() -> list[Blueprint]:
    """Return the pages of composed maps."""
    return [views.composed]
