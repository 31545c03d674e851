"""Which map of a file is shown: that of its present bytes; while it is made, that of clear bytes before them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ckanext.ca3b import files, gate

from . import resources, store
from .model import WORKING

if TYPE_CHECKING:
    from .model import Map


def of(resource: dict[str, Any]) -> Map | None:
    """Return the map to show of a resource, None when it has none. The caller's right was checked before."""
    maps = store.of(resource["id"])
    if not maps:
        return None
    try:
        sha256 = resources.sha256(resource)
    except files.MissingFileError:
        return None
    # Of two engines, the last drawn wins while the newer one is at work.
    present = sorted((one for one in maps if one.sha256 == sha256), key=lambda one: one.engine, reverse=True)
    ready = next((one for one in present if one.drawn or one.state not in WORKING), None)
    if ready is not None:
        return ready
    before = (one for one in maps if one.sha256 != sha256 and one.drawn)
    old = next((one for one in before if gate.is_open(resource["id"], one.sha256)), None)
    return old or next(iter(present), None)


def is_stale(found: Map, resource: dict[str, Any]) -> bool:
    """Tell whether a map is that of the file before."""
    return found.sha256 != resources.sha256(resource)
