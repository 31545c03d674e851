"""What the templates of the map receive."""

from __future__ import annotations

from typing import Any


def variables(resource: dict[str, Any]) -> dict[str, Any]:
    """Return ``resource`` and ``map`` (None when there is no map) for ``ca3b/maps/view.html``."""
    return {"resource": resource, "map": None}
