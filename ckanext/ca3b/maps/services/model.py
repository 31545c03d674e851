"""What is asked of a service, and what is found."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, Protocol

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ckanext.ca3b.maps.model import BBox

#: Layers of one service that are offered; catalogues of thousands of layers exist.
MAX_LAYERS = 50
#: Size of a document of capabilities, in bytes.
MAX_CAPABILITIES = 30 * 1024**2


@frozen
class Reply:
    """An answer of the web: the last address, the status, headers in lower case, the body."""

    url: str
    status: int
    body: bytes
    headers: Mapping[str, str] = field(factory=dict)


class Ask(Protocol):
    """Asks the web within bounds; raises what the caller understands (``FetchError`` on the portal)."""

    def __call__(self, url: str, *, size: int, headers: Mapping[str, str] | None = None) -> Reply:
        """Return the answer, at most ``size`` bytes of it."""
        ...


@frozen
class Service:
    """A service that draws: ``layers`` are those of ``carte.json``, ``warnings`` are in French."""

    kind: str
    layers: list[dict[str, Any]]
    warnings: list[str] = field(factory=list)
    bbox: BBox | None = None

    def carte(self) -> dict[str, Any]:
        """Return the whole description, in the shape of ``carte.json``."""
        return {
            "version": 1, "driver": self.kind, "crs": "EPSG:3857", "crs_how": "format", "features": 0, "skipped": {},
            "skipped_rows": [], "bbox": list(self.bbox) if self.bbox else None, "warnings": self.warnings,
            "layers": self.layers,
        }  # fmt: skip


@frozen
class Download:
    """A service that hands out features: ``save`` writes them to a file of the format ``declared``.

    ``save(target, size)`` writes at most ``size`` bytes and raises ``MapError`` (``too_big``) beyond.
    """

    kind: str
    name: str
    declared: str
    save: Callable[[IO[bytes], int], None]
    warnings: list[str] = field(factory=list)


def picture_layer(  # noqa: PLR0913 - the members of one layer, each named
    number: int, name: str, *, service: str, tiles: str, bbox: BBox | None,
    size: int = 256, minzoom: int = 0, maxzoom: int = 22, scheme: str = "xyz", attribution: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Return a layer of pictures of ``carte.json``; ``tiles`` is an address with ``{z}``, ``{x}`` and ``{y}``."""
    return {
        "id": str(number), "name": name, "kind": "raster", "features": 0, "geometry_types": [],
        "bbox": list(bbox) if bbox else None,
        "data": {
            "type": "service", "service": service, "tiles": [tiles], "tileSize": size, "minzoom": minzoom,
            "maxzoom": maxzoom, "scheme": scheme, "attribution": attribution,
        },
        "sample": None, "store": None, "attributes": [], "title": None,
        "style": {"attribute": None, "kind": "single", "classes": 5, "icon": None},
    }  # fmt: skip


def joined(boxes: list[BBox | None]) -> BBox | None:
    """Return the box around several, None when none is known."""
    known = [box for box in boxes if box]
    if not known:
        return None
    west, south, east, north = zip(*known, strict=True)
    return min(west), min(south), max(east), max(north)
