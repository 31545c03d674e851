"""What in a description looks like a person's, in the words of the forms; for those who may change it."""

from __future__ import annotations

import re
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types

_PLACED = re.compile(r"(contact|resources)-(\d+)-(\w+)")


def ca3b_privacy_hints(dataset: dict[str, Any]) -> list[dict[str, str]]:
    """Return ``[{label, message}]`` of what looks like a person's in a description, nothing to whom may not change it.

    ``label`` is the name of the field, that of the file when it is about one.
    """
    if tk.current_user.is_anonymous or not dataset.get("id"):
        return []
    context = types.Context(user=tk.current_user.name, auth_user_obj=tk.current_user)
    try:
        found = tk.get_action("ca3b_metadata_hints")(context, {"id": dataset["id"]})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return []
    return [{"label": label(one["field"], dataset), "message": one["message"]} for one in found]


def label(field: str, dataset: dict[str, Any]) -> str:
    """Return what people call a field, as ``notes``, ``contact-0-email`` or ``resources-1-url``."""
    plain = {
        "title": tk._("Title"),
        "notes": tk._("Description"),
        "author": tk._("Author"),
        "author_email": tk._("Author"),
        "maintainer": tk._("Contact point"),
        "maintainer_email": tk._("Contact point"),
    }
    placed = _PLACED.fullmatch(field)
    if placed is None:
        return plain.get(field, field)
    if placed[1] == "contact":
        return tk._("Contact point")
    resource = dataset["resources"][int(placed[2])]
    said = (
        tk._("Name of the file “{name}”") if placed[3] in {"name", "url"} else tk._("Description of the file “{name}”")
    )
    return said.format(name=resource.get("name") or resource["id"])
