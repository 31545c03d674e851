"""What a form of a source lets people choose: organisations, communes, kinds, schedules."""

from __future__ import annotations

from typing import Any

import attrs
import ckan.plugins.toolkit as tk

from ckanext.ca3b.harvest.readers import readers
from ckanext.ca3b.harvesting import reports, settings

from .frame import context


def choices() -> dict[str, Any]:
    """Return ``organizations`` ([{id, name, title}]), ``communes``, ``kinds`` ([{code, label}]), ``schedules``
    ({code: label}) and the ``defaults`` of settings.
    """
    found = tk.get_action("organization_list_for_user")(context(), {"permission": "create_dataset"})
    organizations = [{"id": one["id"], "name": one["name"], "title": one.get("title") or one["name"]} for one in found]
    return {
        "organizations": organizations,
        "communes": tk.h.ca3b_communes(),
        "kinds": kinds(),
        "schedules": reports.SCHEDULES,
        "defaults": defaults(),
    }


def defaults() -> dict[str, Any]:
    """Return the settings of a source that has none of its own."""
    return attrs.asdict(settings.of({}))


def kinds() -> list[dict[str, str]]:
    """Return the kinds of catalogues that can be read: ``{code, label}``."""
    return [{"code": one.KIND, "label": one.LABEL[:1].upper() + one.LABEL[1:]} for one in readers()]
