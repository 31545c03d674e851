"""Geographic files of the demonstration, as clerks have them: points in a CSV, outlines in a Lambert-93 shapefile."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import shapefile
from pyproj import CRS, Transformer
from shapely import geometry, ops
from shapely.geometry import polygon

from ckanext.ca3b.territory.core.export import to_geojson_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ckanext.ca3b.territory.core import Territory

LAMBERT_93 = "EPSG:2154"


def centres_csv(territory: Territory) -> str:
    """Return a point inside each commune that has an outline: degrees with decimal commas, as spreadsheets write."""
    out = io.StringIO(newline="")
    rows = csv.writer(out, delimiter=";", lineterminator="\r\n")
    rows.writerow(("code_insee", "commune", "population", "latitude", "longitude"))
    for code, name, population, shape in _communes(territory):
        point = shape.representative_point()
        rows.writerow((code, name, population, *(f"{each:.5f}".replace(".", ",") for each in (point.y, point.x))))
    return out.getvalue()


def outlines_shapefile(territory: Territory) -> bytes:
    """Return the outlines of the communes as a zipped shapefile in Lambert-93, in a folder, accents in cp1252."""
    project = Transformer.from_crs("EPSG:4326", LAMBERT_93, always_xy=True).transform
    parts: dict[str, Any] = {name: io.BytesIO() for name in ("shp", "shx", "dbf")}
    writer: Any = shapefile.Writer(**parts, shapeType=shapefile.POLYGON, encoding="cp1252")
    writer.field("INSEE", "C", 5)
    writer.field("NOM", "C", 60)
    writer.field("POPULATION", "N", 9)
    for code, name, population, shape in _communes(territory):
        flat: Any = ops.transform(project, shape)
        pieces = [polygon.orient(one, -1.0) for one in getattr(flat, "geoms", [flat])]
        writer.poly([list(ring.coords) for one in pieces for ring in (one.exterior, *one.interiors)])
        writer.record(code, name, population)
    writer.close()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"communes/communes.{name}", content.getvalue())
        archive.writestr("communes/communes.prj", CRS(LAMBERT_93).to_wkt("WKT1_ESRI"))
    return out.getvalue()


def has_outlines(territory: Territory) -> bool:
    """Tell whether there is anything to draw."""
    return next(_communes(territory), None) is not None


def _communes(territory: Territory) -> Iterator[tuple[str, str, int, Any]]:
    for feature in json.loads(to_geojson_text(territory))["features"]:
        facts, outline = feature["properties"], feature["geometry"]
        if outline:
            yield facts["code_insee"], facts["nom"], facts["population_municipale"] or 0, geometry.shape(outline)
