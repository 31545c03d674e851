"""What templates ask about the declaration of a catalogue."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk


def get_helpers() -> dict[str, Any]:
    """Return the helpers, by name."""
    return {"ca3b_declaring_url": ca3b_declaring_url}


def ca3b_declaring_url(organization: dict[str, Any] | None = None) -> str:
    """Return where somebody reads how to declare the catalogue of an organisation; '' for who may not."""
    if tk.current_user.is_anonymous:
        return ""
    if organization is None:
        return tk.url_for("ca3b_declaring.index") if tk.h.check_access("ca3b_declaring_show", {}) else ""
    if not tk.h.check_access("ca3b_declaring_show", {"id": organization["id"]}):
        return ""
    return tk.url_for("ca3b_declaring.show", name=organization["name"])
