"""Outlines of communes: the packaged ones of Grand Bourg Agglomération, or a GeoJSON file of the operator's.

Coordinates are longitude and latitude in degrees (WGS 84), as GeoJSON requires.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import shape

from .epci import DATA
from .errors import OutlinesError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

PACKAGED = DATA / "communes-ca3b.geojson"

# Where usual sources keep the INSEE code: ours, Etalab, IGN Admin Express, INSEE, OpenStreetMap.
CODE_PROPERTIES = ("code_insee", "code", "insee_com", "insee_code", "codgeo", "insee", "ref:insee", "com")


def read_outlines(codes: Collection[str], path: Path | None = None) -> dict[str, BaseGeometry]:
    """Return the outline of each of the communes ``codes`` that the file knows, by INSEE code.

    ``path`` is a GeoJSON FeatureCollection of polygons; one property of each feature must hold
    the INSEE code (see CODE_PROPERTIES, any case). Without ``path``, the packaged outlines are used
    and an empty dict is a normal answer. Several features of one commune are merged.
    Raises OutlinesError when ``path`` cannot be used.
    """
    features = _read_features(path or PACKAGED)
    parts: dict[str, list[BaseGeometry]] = {}
    for feature in features:
        code = _code(feature)
        if code in codes:
            parts.setdefault(code, []).append(_geometry(feature, code))
    if path and not parts:
        raise OutlinesError(
            f"Le fichier de contours « {path} » ne contient aucune commune de l'agglomération. "
            "Chaque contour doit porter le code INSEE dans une propriété « code_insee »."
        )
    return {code: shapely.union_all(shapes) if len(shapes) > 1 else shapes[0] for code, shapes in parts.items()}


def union(outlines: Collection[BaseGeometry]) -> BaseGeometry | None:
    """Return the polygon or multipolygon covered by ``outlines``, None when there is none.

    Neighbours drawn from one source share their borders only up to rounding; the grid of
    0.00001 degree (about one metre) closes those slivers.
    """
    if not outlines:
        return None
    return shapely.union_all(list(outlines), grid_size=1e-5)


def _read_features(path: Path) -> list[dict[str, Any]]:
    try:
        data = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise OutlinesError(f"Le fichier de contours « {path} » ne peut pas être lu : {error.strerror}.") from error
    except ValueError as error:
        raise OutlinesError(f"Le fichier de contours « {path} » n'est pas du GeoJSON valide.") from error
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise OutlinesError(
            f"Le fichier de contours « {path} » n'est pas une collection GeoJSON (« FeatureCollection »)."
        )
    return [feature for feature in features if isinstance(feature, dict)]


def _code(feature: dict[str, Any]) -> str:
    properties = {str(key).lower(): value for key, value in (feature.get("properties") or {}).items()}
    for name in CODE_PROPERTIES:
        if value := properties.get(name):
            # Spreadsheets turn 01053 into 1053.
            return str(value).strip().upper().zfill(5)
    return ""


def _geometry(feature: dict[str, Any], code: str) -> BaseGeometry:
    try:
        geometry = shapely.make_valid(shape(feature["geometry"]))
    except (KeyError, TypeError, AttributeError, ValueError, shapely.errors.ShapelyError) as error:
        raise OutlinesError(f"Le contour de la commune {code} ne peut pas être lu.") from error
    surface = [part for part in shapely.get_parts(geometry) if part.geom_type in ("Polygon", "MultiPolygon")]
    west, south, east, north = geometry.bounds if surface else (0.0, 0.0, 0.0, 0.0)
    if not surface:
        raise OutlinesError(f"Le contour de la commune {code} n'est pas une surface (polygone).")
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise OutlinesError(
            f"Le contour de la commune {code} n'est pas en longitude et latitude (WGS 84, EPSG:4326). "
            "Convertissez le fichier avant de l'utiliser."
        )
    return shapely.union_all(surface) if len(surface) > 1 else surface[0]
