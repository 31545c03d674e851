"""The layers of a map, and where their parts are in the storage."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from . import access, served, words
from .access import Allowed, RefusedError
from .model import WORKING, Map


@frozen
class Layer:
    """A layer of the map of a file that the visitor may see; ``about`` is its part of the description."""

    allowed: Allowed
    map: Map
    about: dict[str, Any]

    @property
    def title(self) -> str:
        """Return the name of the layer, that of the file when it is the only one."""
        alone = len((self.map.description or {}).get("layers", [])) < 2
        name = self.allowed.resource["name"] or ""
        return name if alone and name else str(self.about.get("name") or name)

    @property
    def store(self) -> str:
        """Return where the features are. Raises RefusedError while they are not ready, and of a picture."""
        found = self.location(self.about.get("store"))
        if found is None:
            raise RefusedError(404, words.not_ready() if self.map.state in WORKING else words.no_layer())
        return found

    def location(self, name: str | None) -> str | None:
        """Return where a derived file is, None when there is none of this name."""
        found = self.map.files.get(name or "")
        return found["location"] if found else None


def of(resource_id: str) -> tuple[Allowed, list[Layer]]:
    """Return the layers that can be seen of a file. Raises RefusedError."""
    allowed = access.allowed(resource_id)
    found = served.of(allowed.resource)
    if found is None or not found.drawn:
        working = found is not None and found.state in WORKING
        raise RefusedError(404, words.not_ready() if working else words.no_map())
    return allowed, [Layer(allowed, found, one) for one in (found.description or {})["layers"]]


def one(resource_id: str, layer_id: str) -> Layer:
    """Return one layer. Raises RefusedError."""
    _, layers = of(resource_id)
    for layer in layers:
        if str(layer.about["id"]) == layer_id:
            return layer
    raise RefusedError(404, words.no_layer())
