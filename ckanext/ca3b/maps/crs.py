"""Coordinate systems: what the file says, whether its coordinates agree, and the way to WGS 84 longitude and latitude.

A system that the file declares is believed as long as its coordinates fall where that system is used. Otherwise, and
when nothing is declared, the system is looked for among those of France (``candidates``) and what was found is said.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from .candidates import guess, inside_france
from .errors import MapError

if TYPE_CHECKING:
    from collections.abc import Callable

    from .model import BBox, CrsHow, LayerSource, Notes

    Floats = np.ndarray[Any, np.dtype[np.float64]]

WGS84 = "EPSG:4326"

#: Share of the coordinates that must fall where a system is used for it to be believed.
_BELIEVED = 0.5
#: Degrees around the area of use of a declared system within which coordinates are still believed.
_MARGIN = 3.0


@attrs.frozen
class Placing:
    """How the coordinates of a layer become longitude and latitude.

    ``crs``: authority code, or the name of a system without code; ``swapped``: y comes before x in the file.
    """

    crs: str
    how: CrsHow
    swapped: bool
    convert: Callable[[Floats, Floats], tuple[Floats, Floats]] | None

    def __call__(self, axes: Floats) -> Floats:
        """Return longitudes and latitudes of an array of shape (n, 2); not finite where the system ends."""
        x, y = (axes[:, 1], axes[:, 0]) if self.swapped else (axes[:, 0], axes[:, 1])
        if self.convert is not None:
            x, y = self.convert(x, y)
        return np.column_stack([x, y])

    @property
    def identity(self) -> bool:
        """Whether coordinates stay as they are."""
        return self.convert is None and not self.swapped


def place(layer: LayerSource, axes: Floats, notes: Notes, home: BBox | None = None) -> Placing:
    """Decide the system of a layer from what it declares and a sample of its coordinates (shape (n, 2)).

    ``home`` is the box of the territory, used only between systems that fit equally well. Raises ``MapError``
    (``no_crs``) when nothing fits.
    """
    axes = axes[np.isfinite(axes).all(axis=1)]
    system = _read(layer.crs)
    if layer.crs and system is None:
        notes.say(
            f"Le système de coordonnées indiqué pour « {layer.name} » est inconnu : il a été recherché autrement."
        )
    if not len(axes):
        return Placing(_label(system) if system else WGS84, layer.crs_how, swapped=False, convert=None)
    if system is not None:
        placing = _declared(system, layer, axes, notes)
        if placing is not None:
            return placing
    found = guess(axes, home, exclude=_label(system) if system else None)
    if found is not None:
        return _guessed(found, system, layer, notes)
    if system is None or system.is_geographic:
        raise MapError(
            "no_crs",
            f"Le système de coordonnées de « {layer.name} » n’est pas indiqué, ou est faux, et n’a pas pu être deviné. "
            "Exportez la couche en Lambert-93 (EPSG:2154) ou en WGS 84 (EPSG:4326), avec son fichier .prj "
            "s’il s’agit d’un Shapefile.",
            layer.name,
        )
    notes.say(
        f"Les coordonnées de « {layer.name} » sortent de la zone d’emploi du système indiqué ({_label(system)}) : "
        "vérifiez leur position sur la carte."
    )
    return Placing(_label(system), layer.crs_how, swapped=False, convert=_converter(system))


def _guessed(found: tuple[str, str, bool], system: CRS | None, layer: LayerSource, notes: Notes) -> Placing:
    """Return the placing in a system that was recognised, and say what was found and what was expected."""
    code, name, swapped = found
    how: CrsHow = "guessed"
    if system is None:
        notes.say(
            f"Le système de coordonnées de « {layer.name} » n’est pas indiqué : d’après ses coordonnées, "
            f"il s’agit de {name} ({code})."
        )
    elif layer.crs_how == "format":
        notes.say(
            f"« {layer.name} » devrait être en {_label(system)} d’après son format, mais ses coordonnées sont en "
            f"{name} ({code}) : elles ont été lues ainsi."
        )
    else:
        how = "corrected"
        notes.say(
            f"« {layer.name} » annonce le système {_label(system)}, mais ses coordonnées sont en {name} ({code}) : "
            "elles ont été lues ainsi. Corrigez le système indiqué dans le fichier."
        )
    if swapped:
        notes.say(_swapped(layer.name))
    return Placing(code, how, swapped, None if code == WGS84 else _converter(CRS.from_user_input(code)))


def _declared(system: CRS, layer: LayerSource, axes: Floats, notes: Notes) -> Placing | None:
    """Return the placing of a declared system that its coordinates agree with, either way round; else None."""
    convert = _converter(system)
    straight = _share(system, convert, axes)
    other = axes[:, ::-1]
    if system.is_geographic:
        turned = _share(system, convert, other)
        # Both may be on earth: the way round that is in France is the right one.
        home, abroad = inside_france(*_apply(convert, other)), inside_france(*_apply(convert, axes))
        if (straight < _BELIEVED < turned) or (home > 0.9 and abroad < 0.1):
            notes.say(_swapped(layer.name))
            return Placing(_label(system), layer.crs_how, swapped=True, convert=convert)
        return Placing(_label(system), layer.crs_how, swapped=False, convert=convert) if straight >= _BELIEVED else None
    if straight >= _BELIEVED and not _degrees(axes):
        return Placing(_label(system), layer.crs_how, swapped=False, convert=convert)
    if not _degrees(axes) and _share(system, convert, other) >= 0.9 and inside_france(*_apply(convert, other)) > 0.9:
        notes.say(_swapped(layer.name))
        return Placing(_label(system), layer.crs_how, swapped=True, convert=convert)
    return None


def _degrees(axes: Floats) -> bool:
    """Tell whether coordinates of a projected system are degrees of France in truth, either way round."""
    if not (np.abs(axes) <= 180).all():
        return False
    return inside_france(axes[:, 0], axes[:, 1]) > 0.5 or inside_france(axes[:, 1], axes[:, 0]) > 0.5


def _share(system: CRS, convert: Callable[[Floats, Floats], tuple[Floats, Floats]] | None, axes: Floats) -> float:
    """Return the share of coordinates that fall where the system is used."""
    longitude, latitude = _apply(convert, axes)
    area = system.area_of_use
    west, south, east, north = (-180.0, -90.0, 180.0, 90.0) if area is None else area.bounds
    margin = 0.000_001 if (west, east) == (-180.0, 180.0) else _MARGIN
    within = (latitude >= south - margin) & (latitude <= north + margin)
    if west <= east:
        within &= (longitude >= west - margin) & (longitude <= east + margin)
    else:
        within &= (longitude >= west - margin) | (longitude <= east + margin)
    return float(within.mean())


def _apply(convert: Callable[[Floats, Floats], tuple[Floats, Floats]] | None, axes: Floats) -> tuple[Floats, Floats]:
    x, y = np.ascontiguousarray(axes[:, 0]), np.ascontiguousarray(axes[:, 1])
    return (x, y) if convert is None else convert(x, y)


@lru_cache(maxsize=64)
def _read(declared: str | None) -> CRS | None:
    """Return the system that a file declares; its horizontal part; None when it is unknown or of no place on earth."""
    if not declared:
        return None
    try:
        system = CRS.from_user_input(declared)
    except (CRSError, ValueError):
        return None
    if system.is_compound and system.sub_crs_list:
        system = system.sub_crs_list[0]
    if system.is_bound and system.source_crs is not None:
        system = system.source_crs
    if not (system.is_geographic or system.is_projected):
        return None
    if system.to_authority() is None:
        code = system.to_authority(min_confidence=60)
        if code is not None and code[0] == "EPSG":
            return CRS.from_authority(*code)
    return system.to_2d() if len(system.axis_info) == 3 else system


def _label(system: CRS) -> str:
    code = system.to_authority(min_confidence=100)
    if code is None:
        return system.name
    return WGS84 if ":".join(code) == "OGC:CRS84" else ":".join(code)


def _converter(system: CRS) -> Callable[[Floats, Floats], tuple[Floats, Floats]] | None:
    """Return the conversion to WGS 84, None when there is nothing to do."""
    if _label(system) in {WGS84, "EPSG:4171", "EPSG:4258", "EPSG:4979", "EPSG:9777"}:
        return None
    try:
        transformer = Transformer.from_crs(system, WGS84, always_xy=True, allow_ballpark=True)
    except ProjError as error:
        raise MapError(
            "no_crs",
            f"Le système de coordonnées « {system.name} » ne peut pas être converti : exportez la couche en WGS 84.",
        ) from error

    def convert(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        longitude, latitude = transformer.transform(x, y, errcheck=False)
        return np.asarray(longitude), np.asarray(latitude)

    return convert


def _swapped(layer: str) -> str:
    return f"Dans « {layer} », la latitude et la longitude étaient inversées : elles ont été remises dans l’ordre."
