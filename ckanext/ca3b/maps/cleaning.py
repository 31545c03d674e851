"""Geometries made fit for a map, by whole batches: brought to WGS 84, repaired, or left out for a reason.

Nothing here loops over features, except to repair the few polygons that are not valid.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import attrs
import numpy as np
import shapely

from .errors import MapError
from .model import SkippedRow

if TYPE_CHECKING:
    from .crs import Placing
    from .limits import Limits
    from .model import Batch, BBox

    Shapes = np.ndarray[Any, Any]
    Mask = np.ndarray[Any, np.dtype[np.bool_]]

#: Why a feature is not on the map, for people.
REASONS = {
    "null": "sans géométrie",
    "empty": "géométrie vide",
    "not_finite": "coordonnées infinies ou qui ne sont pas des nombres",
    "origin": "coordonnées à zéro",
    "outside_world": "coordonnées hors du monde",
    "too_many_vertices": "géométrie trop lourde",
    "invalid": "polygone impossible à réparer",
}
#: Rows that are listed, whatever their number.
LISTED = 100
#: A self-crossing outline may cross itself as often as the square of its vertices: repaired up to this many.
_REPAIRED_VERTICES = 50_000
#: Coordinates larger than this are no coordinates in any system of the earth, and would upset arithmetic.
_ABSURD = 1e9
#: Degrees by which arithmetic may pass the edge of the world.
_ROUNDING = 1e-6


@attrs.frozen
class Clean:
    """What is left of a batch: geometries in WGS 84, the places of the rows kept, and how many vertices they have."""

    geometry: Shapes
    kept: np.ndarray[Any, np.dtype[np.int64]]
    rows: np.ndarray[Any, np.dtype[np.int64]]
    vertices: int


@attrs.define
class Tally:
    """What was kept and left out so far, in one conversion."""

    limits: Limits
    features: int = 0
    vertices: int = 0
    repaired: int = 0
    skipped: Counter[str] = attrs.field(factory=Counter)
    rows: list[SkippedRow] = attrs.field(factory=list)

    def leave_out(self, layer: int, rows: np.ndarray[Any, Any], reasons: np.ndarray[Any, Any]) -> None:
        """Count rows left out, and list the first ones."""
        for reason in np.unique(reasons):
            self.skipped[str(reason)] += int((reasons == reason).sum())
        for row, reason in zip(rows[: LISTED - len(self.rows)], reasons, strict=False):
            self.rows.append(SkippedRow(layer, int(row), str(reason)))

    def keep(self, features: int, vertices: int) -> None:
        """Count what is kept; raise ``MapError`` once a limit is passed."""
        self.features += features
        self.vertices += vertices
        if self.features > self.limits.features:
            raise MapError(
                "too_many_features",
                f"Ce fichier contient plus de {_number(self.limits.features)} objets. "
                "Découpez-le en plusieurs fichiers.",
            )
        if self.vertices > self.limits.vertices:
            raise MapError(
                "too_many_vertices",
                f"Les géométries de ce fichier ont plus de {_number(self.limits.vertices)} sommets en tout. "
                "Simplifiez-les, ou découpez le fichier.",
            )


def clean(batch: Batch, placing: Placing, tally: Tally, *, layer: int, zero_is_absurd: bool) -> Clean:
    """Return the features of a batch that a map can draw; the others go to ``tally``."""
    shapes = batch.geometry.copy()
    rows = np.arange(batch.first_row, batch.first_row + len(shapes), dtype=np.int64)
    reasons = np.full(len(shapes), "", dtype=object)
    counts = shapely.get_num_coordinates(shapes)
    _mark(reasons, shapely.is_missing(shapes), "null")
    _mark(reasons, shapely.is_empty(shapes), "empty")
    _mark(reasons, counts > tally.limits.geometry_vertices, "too_many_vertices")
    shapes[reasons != ""] = None
    bounds = shapely.bounds(shapes)
    _mark(reasons, ~_finite(shapes, bounds), "not_finite")
    if zero_is_absurd:
        _mark(reasons, np.all(bounds == 0, axis=1), "origin")
    _mark(reasons, np.any(np.abs(np.nan_to_num(bounds)) > _ABSURD, axis=1), "outside_world")
    shapes[reasons != ""] = None
    shapes = _to_degrees(shapes, placing)
    bounds = shapely.bounds(shapes)
    _mark(reasons, (reasons == "") & ~_in_world(bounds), "outside_world")
    shapes[reasons != ""] = None
    _repair(shapes, counts, reasons, tally)
    kept = np.flatnonzero(reasons == "")
    left = np.flatnonzero(reasons != "")
    if len(left):
        tally.leave_out(layer, rows[left], reasons[left])
    vertices = int(counts[kept].sum())
    tally.keep(len(kept), vertices)
    return Clean(shapes[kept], kept, rows[kept], vertices)


def zero_is_absurd(axes: np.ndarray[Any, Any]) -> bool:
    """Tell, from a sample of a layer, whether a point at exactly 0, 0 is a missing value rather than a place."""
    axes = axes[np.isfinite(axes).all(axis=1)]
    away = axes[(axes != 0).any(axis=1)]
    return len(away) > 0 and bool((np.abs(np.median(away, axis=0)) > 1).any())


def bounds_of(shapes: Shapes) -> BBox | None:
    """Return the box of geometries, None when there is none."""
    if not len(shapes):
        return None
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return (west, south, east, north)


def _mark(reasons: np.ndarray[Any, Any], mask: Mask, reason: str) -> None:
    reasons[(reasons == "") & mask] = reason


def _finite(shapes: Shapes, bounds: np.ndarray[Any, Any]) -> Mask:
    """Tell which geometries have finite coordinates only; bounds ignore not-a-number, so coordinates are looked at."""
    finite = np.isfinite(bounds).all(axis=1) | shapely.is_missing(shapes)
    axes, owners = shapely.get_coordinates(shapes, return_index=True)
    wrong = ~np.isfinite(axes).all(axis=1)
    if wrong.any():
        finite[np.unique(owners[wrong])] = False
    return finite


def _to_degrees(shapes: Shapes, placing: Placing) -> Shapes:
    if placing.identity:
        return shapes
    return np.asarray(shapely.transform(shapes, placing), dtype=object)


def _in_world(bounds: np.ndarray[Any, Any]) -> Mask:
    with np.errstate(invalid="ignore"):
        finite = np.isfinite(bounds).all(axis=1)
        lowest, highest = np.array([-180, -90]) - _ROUNDING, np.array([180, 90]) + _ROUNDING
        inside = np.all((bounds[:, :2] >= lowest) & (bounds[:, 2:] <= highest), axis=1)
    return finite & inside


def _repair(shapes: Shapes, counts: np.ndarray[Any, Any], reasons: np.ndarray[Any, Any], tally: Tally) -> None:
    """Make polygons valid in place; those that vanish or that would cost too much are marked."""
    kinds = shapely.get_type_id(shapes)
    areas = np.flatnonzero((kinds == 3) | (kinds == 6) | (kinds == 7))
    if not len(areas):
        return
    wrong = areas[~shapely.is_valid(shapes[areas])]
    if not len(wrong):
        return
    light = wrong[counts[wrong] <= _REPAIRED_VERTICES]
    mended = shapely.make_valid(shapes[light], method="structure", keep_collapsed=False)
    shapes[light] = mended
    lost = shapely.is_empty(shapes[light]) | shapely.is_missing(shapes[light])
    reasons[light[lost]] = "invalid"
    reasons[np.setdiff1d(wrong, light)] = "invalid"
    shapes[reasons != ""] = None
    tally.repaired += int((~lost).sum())


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")
