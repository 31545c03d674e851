"""What templates ask about composed maps."""

from __future__ import annotations

from . import store


def maps_of(resource_id: str) -> list[dict[str, str]]:
    """Return the published maps on which a file is: ``{name, title}``."""
    return [{"name": row.name, "title": row.title} for row in store.showing(resource_id)]
