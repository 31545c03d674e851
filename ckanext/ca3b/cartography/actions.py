"""Having a map drawn, and knowing what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ckan.plugins.toolkit as tk

from ckanext.ca3b import files

from . import hooks, jobs, resources, served

if TYPE_CHECKING:
    from ckan.types import Context


def ca3b_map_build(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Draw the map of a file in a job, even before the file is open: then only its own people see it.

    :param resource_id: an uploaded file, or a link to a map service or to a geographic file.
    :param again: (optional) draw once more a map that is done.
    :returns: as ``ca3b_map_show``.
    :raises ckan.plugins.toolkit.ValidationError: the file is of a format that is never drawn.
    """
    resource_id = tk.get_or_bust(data_dict, "resource_id")
    tk.check_access("ca3b_map_build", context, data_dict)
    resource = resources.show(resource_id)
    if not jobs.is_drawn(resource):
        raise tk.ValidationError({"resource_id": [tk._("A file of this format cannot be drawn on a map.")]})
    try:
        found = jobs.ask(resource, preview=True, again=tk.asbool(data_dict.get("again", False)))
    except files.MissingFileError as error:
        raise tk.ValidationError({"resource_id": [tk._("The file is no longer there: upload it again.")]}) from error
    return found.as_dict()


@tk.side_effect_free
def ca3b_map_show(context: Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Return what the map of a file shows and where it is.

    :param resource_id: id of the resource
    :returns: ``state`` (``none``, ``waiting``, ``running``, ``sampled``, ``done``, ``not_a_map``, ``failed``),
        ``progress`` from 0 to 1, ``stage``, ``description`` (layers, attributes, style; None while there is nothing
        to see), ``error`` (``{code, message}`` in French, or None), ``sha256``, ``updated`` (ISO 8601).
    """
    resource_id = tk.get_or_bust(data_dict, "resource_id")
    tk.check_access("ca3b_map_show", context, data_dict)
    found = served.of(resources.show(resource_id))
    if found is None:
        return {"resource_id": resource_id, "state": "none", "progress": 0, "stage": "", "description": None,
                "error": None, "sha256": None, "updated": None}  # fmt: skip
    return found.as_dict()


def get_actions() -> dict[str, Any]:
    """Return the actions, for ``IActions``."""
    return {"ca3b_map_build": ca3b_map_build, "ca3b_map_show": ca3b_map_show, **hooks.get_actions()}
