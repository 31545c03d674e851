"""What a raster is: size, bands, system, where its corners are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rasterio
from rasterio.transform import from_gcps

from .refusal import Refused

if TYPE_CHECKING:
    from pathlib import Path

#: Pixels of all bands together: an aerial picture of an agglomeration at 20 cm.
MOST_VALUES = 12_000_000_000
_MOST_BANDS, _MOST_SIDE = 64, 400_000


def opened(path: Path) -> Any:
    """Open a GeoTIFF, and nothing else whatever its content."""
    return rasterio.open(path, driver="GTiff", sharing=False)


def bounded(dataset: Any) -> None:
    """Refuse what would take hours. Raises Refused."""
    width, height, bands = dataset.width, dataset.height, dataset.count
    if not (width and height and bands):
        raise Refused("empty", "Cette image est vide. Déposez le fichier complet.")
    if width * height * min(bands, 4) > MOST_VALUES or max(width, height) > _MOST_SIDE or bands > _MOST_BANDS:
        raise Refused(
            "too_many_pixels",
            f"Cette image compte {width} × {height} pixels et {bands} bandes, plus qu’une carte n’en permet. "
            "Découpez-la, ou diminuez sa résolution.",
        )
    if dataset.dtypes[0].startswith("complex"):
        raise Refused("complex", "Cette image contient des nombres complexes : exportez leur module ou leur phase.")


def look(dataset: Any) -> dict[str, Any]:
    """Give the system (authority code or WKT, None without any) and points of the raster in its own coordinates.

    ``placed`` says whether the file places it at all.
    """
    transform, system = dataset.transform, dataset.crs
    if transform.is_identity and dataset.gcps[0]:
        transform, system = from_gcps(dataset.gcps[0]), dataset.gcps[1]
    steps = [index / 4 for index in range(5)]
    points = [transform * (dataset.width * x, dataset.height * y) for x in steps for y in steps]
    code = None
    if system:
        authority = system.to_authority()
        code = ":".join(authority) if authority else system.to_wkt()
    return {
        "crs": code,
        "points": [[float(x), float(y)] for x, y in points],
        "placed": not transform.is_identity,
        "bands": dataset.count,
    }
