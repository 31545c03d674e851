"""The systems in which French files come when they do not say: recognised by where their coordinates fall.

Sources: the decree 2000-1276 as amended (legal systems of France), the register of EPSG for codes and areas of use.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from pyproj import Transformer

if TYPE_CHECKING:
    from .model import BBox

    Floats = np.ndarray[Any, np.dtype[np.float64]]

#: Mainland France and Corsica, with the sea around.
METROPOLE = (-6.0, 41.0, 10.5, 51.6)
_ANTILLES = (-63.5, 14.0, -60.5, 18.5)
_GUYANE = (-55.0, 2.0, -51.0, 6.2)
_REUNION = (54.9, -21.7, 56.2, -20.5)
_MAYOTTE = (44.7, -13.3, 45.6, -12.4)
_MIQUELON = (-56.8, 46.5, -55.8, 47.4)
_FRANCE = (METROPOLE, _ANTILLES, _GUYANE, _REUNION, _MAYOTTE, _MIQUELON)

#: Share of the coordinates that must fall in the area of a system for it to be recognised.
_ENOUGH = 0.9


@attrs.frozen
class Candidate:
    """A system, its name for people, and the boxes where it is used, in degrees."""

    code: str
    name: str
    areas: tuple[BBox, ...]


def _zones() -> list[Candidate]:
    """The nine conic zones: one degree around their parallel, 42 to 50."""
    return [
        Candidate(f"EPSG:{3900 + zone}", f"Lambert CC{zone}", ((-6.0, zone - 1.15, 10.5, zone + 1.15),))
        for zone in range(42, 51)
    ]


#: In the order of preference between systems that fit equally well.
CANDIDATES = (
    Candidate("EPSG:4326", "WGS 84", _FRANCE),
    Candidate("EPSG:2154", "Lambert-93", (METROPOLE,)),
    *_zones(),
    Candidate("EPSG:3857", "Web Mercator", _FRANCE),
    Candidate("EPSG:27572", "Lambert II étendu", (METROPOLE,)),
    Candidate("EPSG:5490", "RGAF09 / UTM 20 Nord", (_ANTILLES,)),
    Candidate("EPSG:2972", "RGFG95 / UTM 22 Nord", (_GUYANE,)),
    Candidate("EPSG:2975", "RGR92 / UTM 40 Sud", (_REUNION,)),
    Candidate("EPSG:4471", "RGM04 / UTM 38 Sud", (_MAYOTTE,)),
    Candidate("EPSG:4467", "RGSPM06 / UTM 21 Nord", (_MIQUELON,)),
)


def guess(axes: Floats, home: BBox | None = None, exclude: str | None = None) -> tuple[str, str, bool] | None:
    """Return the code, the name and whether x and y are swapped, of the system that coordinates are in; else None.

    ``home``, the box of the territory, decides between systems that fit; ``exclude`` is a code already refuted.
    """
    found: list[tuple[float, bool, int, Candidate]] = []
    for rank, candidate in enumerate(CANDIDATES):
        if candidate.code == exclude and candidate.code != "EPSG:4326":
            continue
        for swapped in (False, True):
            longitude, latitude = _degrees(candidate.code, axes[:, ::-1] if swapped else axes)
            share = max(_share(longitude, latitude, area) for area in candidate.areas)
            if share >= _ENOUGH:
                near = _share(longitude, latitude, home) if home else 0.0
                found.append((-round(near, 1), swapped, rank, candidate))
    if found:
        _, swapped, _, best = min(found, key=lambda one: one[:3])
        return best.code, best.name, swapped
    # Degrees anywhere on earth, when they cannot be metres of a plan.
    if len(axes) and (np.abs(axes[:, 0]) <= 180).mean() >= _ENOUGH and (np.abs(axes[:, 1]) <= 90).mean() >= _ENOUGH:
        return "EPSG:4326", "WGS 84", False
    if len(axes) and (np.abs(axes[:, 1]) <= 180).mean() >= _ENOUGH and (np.abs(axes[:, 0]) <= 90).mean() >= _ENOUGH:
        return "EPSG:4326", "WGS 84", True
    return None


def inside_france(longitude: Floats, latitude: Floats) -> float:
    """Return the share of positions that are in France, overseas included."""
    if not len(longitude):
        return 0.0
    return float(np.mean(np.any([_within(longitude, latitude, area) for area in _FRANCE], axis=0)))


def _within(longitude: Floats, latitude: Floats, area: BBox) -> np.ndarray[Any, np.dtype[np.bool_]]:
    west, south, east, north = area
    return (longitude >= west) & (longitude <= east) & (latitude >= south) & (latitude <= north)


def _share(longitude: Floats, latitude: Floats, area: BBox) -> float:
    return float(_within(longitude, latitude, area).mean()) if len(longitude) else 0.0


def _degrees(code: str, axes: Floats) -> tuple[Floats, Floats]:
    if code == "EPSG:4326":
        return axes[:, 0], axes[:, 1]
    x, y = np.ascontiguousarray(axes[:, 0]), np.ascontiguousarray(axes[:, 1])
    longitude, latitude = _transformer(code).transform(x, y, errcheck=False)
    return np.asarray(longitude), np.asarray(latitude)


@lru_cache(maxsize=32)
def _transformer(code: str) -> Transformer:
    return Transformer.from_crs(code, "EPSG:4326", always_xy=True)
