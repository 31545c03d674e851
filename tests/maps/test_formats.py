"""One file of each format, in each system, with its position known: it is found within a metre, texts and all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from pyproj import Geod, Transformer

from ckanext.ca3b.maps.convert import convert

from . import making

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SYSTEMS = ("EPSG:4326", "EPSG:2154", "EPSG:3946")


def tab(folder: Path, code: str, suffix: str = "tab") -> Path:
    making.points(folder / f"lieux.{suffix}", "MapInfo File", code)
    return making.zipped(folder / "mapinfo.zip", {f"donnees/{p.name}": p for p in folder.glob("lieux.*")})


def shp(folder: Path, code: str) -> Path:
    parts = making.shapefile(folder / "shp", code)
    return making.zipped(folder / "lieux.zip", {f"export/couches/{p.name}": p for p in parts.values()})


def mapinfo_mif(folder: Path, code: str) -> Path:
    return tab(folder, code, "mif")


def simple(driver: str, suffix: str) -> Callable[[Path, str], Path]:
    return lambda folder, code: making.points(folder / f"lieux.{suffix}", driver, code)


def parquet(folder: Path, code: str) -> Path:
    return making.geoparquet(folder / "lieux.parquet", code)


def gz(folder: Path, code: str) -> Path:
    return making.gzipped(folder / "lieux.geojson.gz", making.points(folder / "x.geojson", "GeoJSON", code))


def inside_zip(folder: Path, code: str) -> Path:
    gpkg = making.points(folder / "lieux.gpkg", "GPKG", code)
    return making.zipped(folder / "archive.zip", {"un dossier/lieux.gpkg": gpkg, "lisez-moi.txt": "Bonjour"})


FORMATS = {
    "GeoJSON": simple("GeoJSON", "geojson"),
    "gz": gz,
    "GPKG": simple("GPKG", "gpkg"),
    "gpkg.zip": inside_zip,
    "FlatGeobuf": simple("FlatGeobuf", "fgb"),
    "GML": simple("GML", "gml"),
    "TAB": tab,
    "MIF": mapinfo_mif,
    "SHP": shp,
    "Parquet": parquet,
}


def distances(folder: Path, name: str = "0.geojson") -> list[float]:
    """Give the metres between what was drawn and the places."""
    drawn = json.loads((folder / name).read_text("utf-8"))["features"]
    places = [tuple(one["geometry"]["coordinates"]) for one in drawn if one["geometry"]["type"] == "Point"]
    geod = Geod(ellps="GRS80")
    # Some formats put the features in an order of their own.
    return [geod.inv(*one, *place)[2] for one, place in zip(sorted(places), making.PLACES, strict=True)]


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("form", FORMATS)
def test_a_file_is_where_it_says(tmp_path: Path, form: str, system: str) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    found = convert(FORMATS[form](folder, system), tmp_path / "carte")
    assert (found.crs, found.crs_how, found.features, found.skipped) == (system, "file", 2, {})
    assert max(distances(tmp_path / "carte")) < 1
    properties = json.loads((tmp_path / "carte/0.geojson").read_text("utf-8"))["features"]
    assert {feature["properties"]["nom"] for feature in properties} == set(making.NAMES)
    assert [feature["id"] for feature in properties] == [1, 2]


@pytest.mark.parametrize(
    ("system", "x", "y", "longitude", "latitude"),
    # Origins of the projections, as the order of 23 March 2001 and the register of EPSG define them.
    [
        ("EPSG:2154", 700_000, 6_600_000, 3, 46.5),
        ("EPSG:3946", 1_700_000, 5_200_000, 3, 46),
        ("EPSG:3950", 1_700_000, 9_200_000, 3, 50),
    ],
)
def test_published_origins_are_met(
    tmp_path: Path, system: str, x: float, y: float, longitude: float, latitude: float
) -> None:
    made = making.write(tmp_path / "o.gpkg", "GPKG", [shapely.Point(x, y)], {"a": [1]}, system)
    found = convert(made, tmp_path / "carte")
    assert found.bbox == pytest.approx((longitude, latitude, longitude, latitude), abs=1e-7)


def test_dxf_has_no_system_but_its_coordinates_do(tmp_path: Path) -> None:
    for code in SYSTEMS[1:]:
        shapes = [shapely.Point(*place) for place in making.projected(code)]
        made = making.write(tmp_path / f"plan{code[5:]}.dxf", "DXF", shapes, {}, None)
        found = convert(made, tmp_path / code[5:])
        assert (found.driver, found.crs, found.crs_how) == ("DXF", code, "guessed")
        assert max(distances(tmp_path / code[5:])) < 1
        assert any(code in sentence for sentence in found.warnings)


def test_gpx_is_points_and_tracks(tmp_path: Path) -> None:
    found = convert(making.gpx(tmp_path / "balade.gpx"), tmp_path / "carte")
    assert [(layer["name"], layer["features"]) for layer in found.layers] == [("Points", 2), ("Traces", 1)]
    assert max(distances(tmp_path / "carte")) < 1
    # Columns that no tag of the file fills are not shown.
    assert [attribute["name"] for attribute in found.layers[0]["attributes"]] == ["name"]


@pytest.mark.parametrize("suffix", ["kml", "kmz"])
def test_kml_and_kmz(tmp_path: Path, suffix: str) -> None:
    made = making.points(tmp_path / f"lieux.{suffix}", "LIBKML", "EPSG:4326")
    found = convert(made, tmp_path / "carte")
    assert (found.driver, found.features, found.warnings) == ("LIBKML", 2, [])
    assert max(distances(tmp_path / "carte")) < 1


@pytest.mark.parametrize("separator", ["\n", "\n\x1e", "\r\n"])
def test_sequences_of_geojson(tmp_path: Path, separator: str) -> None:
    lines = [
        json.dumps({"type": "Feature", "properties": {"n": n}, "geometry": {"type": "Point", "coordinates": place}})
        for n, place in enumerate(making.PLACES)
    ]
    start = "\x1e" if "\x1e" in separator else ""
    for name in ("suite.geojsonl", "suite.geojson", "suite.json"):
        (tmp_path / name).write_text(start + separator.join(lines) + "\n", "utf-8")
        found = convert(tmp_path / name, tmp_path / f"carte-{name}")
        assert (found.driver, found.features) == ("GeoJSONSeq", 2)
        assert max(distances(tmp_path / f"carte-{name}")) < 1


@pytest.mark.parametrize("where", ["before", "after"])
def test_geojson_with_a_system_before_or_after_its_features(tmp_path: Path, where: str) -> None:
    crs = {"crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3946"}}}
    features = {
        "features": [
            {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": place}}
            for place in making.projected("EPSG:3946")
        ]
    }
    parts: dict[str, Any] = {"type": "FeatureCollection", **(crs | features if where == "before" else features | crs)}
    (tmp_path / "a.geojson").write_text(json.dumps(parts), "utf-8")
    found = convert(tmp_path / "a.geojson", tmp_path / "carte")
    assert (found.crs, found.crs_how, found.warnings) == ("EPSG:3946", "file", [])
    assert max(distances(tmp_path / "carte")) < 1


@pytest.mark.parametrize(
    "content",
    [
        {"type": "Point", "coordinates": [5.2281, 46.2052]},
        {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": [5.2281, 46.2052]}},
        {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [5.2281, 46.2052]}]},
    ],
)
def test_geojson_that_is_no_collection(tmp_path: Path, content: dict[str, Any]) -> None:
    (tmp_path / "a.geojson").write_text("\ufeff" + json.dumps(content), "utf-8")
    found = convert(tmp_path / "a.geojson", tmp_path / "carte")
    assert found.features == 1
    assert found.bbox == pytest.approx((5.2281, 46.2052, 5.2281, 46.2052))


def test_layers_of_a_geopackage(tmp_path: Path) -> None:
    made = making.points(tmp_path / "tout.gpkg", "GPKG", "EPSG:2154", layer="Écoles")
    making.points(made, "GPKG", "EPSG:3946", layer="mairies", append=True)
    found = convert(made, tmp_path / "carte")
    assert [(layer["name"], layer["features"]) for layer in found.layers] == [("Écoles", 2), ("mairies", 2)]
    assert max(distances(tmp_path / "carte") + distances(tmp_path / "carte", "1.geojson")) < 1


def test_shapefiles_of_an_archive_are_layers(tmp_path: Path) -> None:
    one = making.shapefile(tmp_path / "a", "EPSG:2154", "Écoles")
    two = making.shapefile(tmp_path / "b", "EPSG:3946", "mairies", "CP1252")
    names = {f"x/{p.name}": p for p in one.values()} | {f"y/z/{p.name.upper()}": p for p in two.values()}
    found = convert(making.zipped(tmp_path / "deux.zip", names), tmp_path / "carte", declared="SHP")
    assert [layer["name"] for layer in found.layers] == ["Écoles", "MAIRIES"]
    assert max(distances(tmp_path / "carte") + distances(tmp_path / "carte", "1.geojson")) < 1


@pytest.mark.parametrize(
    ("encoding", "page"),
    [("CP1252", None), ("CP1252", "UTF-8"), ("CP1252", "1252"), ("UTF-8", None), ("UTF-8", "UTF-8")],
)
def test_texts_of_a_dbf_whatever_its_code_page(tmp_path: Path, encoding: str, page: str | None) -> None:
    parts = making.shapefile(tmp_path / "a", "EPSG:2154", encoding=encoding)
    files: dict[str, Any] = {f"e{suffix}": path for suffix, path in parts.items() if suffix != ".cpg"}
    if page:
        files["e.cpg"] = page
    found = convert(making.zipped(tmp_path / "e.zip", files), tmp_path / "carte")
    drawn = json.loads((tmp_path / "carte/0.geojson").read_text("utf-8"))["features"]
    assert [feature["properties"]["nom"] for feature in drawn] == list(making.NAMES)
    assert bool(found.warnings) == (encoding == "CP1252" and page == "UTF-8")


def test_a_kmz_of_several_documents_needs_no_network(tmp_path: Path) -> None:
    place = "<Placemark><name>{}</name><Point><coordinates>5.2281,46.2052</coordinates></Point></Placemark>"
    link = "<NetworkLink><Link><href>couches/a.kml</href></Link></NetworkLink>"
    head = '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
    files = {"doc.kml": head.format(link), "couches/a.kml": head.format(place.format("Un"))}
    found = convert(making.zipped(tmp_path / "a.kmz", files), tmp_path / "carte")  # type: ignore[arg-type]
    assert (found.features, found.warnings) == (1, [])


@pytest.mark.parametrize("encoding", ["point", "WKB"])
def test_encodings_of_geoparquet(tmp_path: Path, encoding: str) -> None:
    made = making.geoparquet(tmp_path / "a.parquet", "EPSG:2154")
    if encoding == "point":
        made = making.native_geoparquet(tmp_path / "b.parquet", "EPSG:2154")
    assert convert(made, tmp_path / "carte").crs == "EPSG:2154"
    assert max(distances(tmp_path / "carte")) < 1


def test_curves_are_drawn_as_lines(tmp_path: Path) -> None:
    made = making.curved(tmp_path / "arc.gpkg")
    found = convert(made, tmp_path / "carte")
    drawn = json.loads((tmp_path / "carte/0.geojson").read_text("utf-8"))["features"]
    assert found.skipped == {}
    assert len(drawn[0]["geometry"]["coordinates"]) > 10
    middle = Transformer.from_crs("EPSG:4326", "EPSG:2154", always_xy=True).transform(
        *drawn[0]["geometry"]["coordinates"][0]
    )
    assert middle == pytest.approx((871_000, 6_570_000), abs=1)
