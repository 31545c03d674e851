"""Downloads are read back by others' readers, whatever the values are."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile

import lxml.etree
import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapefile
import shapely

from ckanext.ca3b.maps import MapError
from ckanext.ca3b.maps.writing import FORMATS, write
from ckanext.ca3b.maps.writing import shapefile as written

NASTY = '<script>alert(1)</script> & « l’école » "x" \x07'
LONG = "nom de l’établissement scolaire"


def store_of(tmp_path, geometries, columns):
    path = tmp_path / "0.gpkg"
    table = pa.table(
        {"fid": pa.array(range(1, len(geometries) + 1), pa.int64()), "geom": shapely.to_wkb(geometries), **columns}
    )
    pyogrio.write_arrow(
        table,
        path,
        layer="features",
        driver="GPKG",
        geometry_name="geom",
        geometry_type="Unknown",
        crs="EPSG:4326",
        layer_options={"FID": "fid", "GEOMETRY_NAME": "geom"},
    )
    return path


@pytest.fixture
def points(tmp_path):
    return store_of(
        tmp_path,
        shapely.points([5.2251234567, 5.3], [46.2051234567, 46.3]),
        {
            LONG: ['=HYPERLINK("http://a.fr")', NASTY],
            "nom de l’établissement sportif": ["é" * 300, None],
            "capacité": pa.array([12, None], pa.int64()),
            "ouvert": [True, None],
            "le": pa.array([dt.date(2024, 1, 2), None]),
            "maj": pa.array([dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC), None], pa.timestamp("ms", "UTC")),
        },
    )


@pytest.fixture
def mixed(tmp_path):
    shapes = [
        shapely.Point(5.2, 46.2),
        shapely.LineString([[5, 46], [6, 47]]),
        shapely.box(5, 46, 6, 47),
        shapely.MultiPolygon([shapely.box(5, 46, 6, 47), shapely.box(7, 46, 8, 47)]),
    ]
    return store_of(tmp_path, np.array(shapes), {"nom": ["a", "b", "c", "d"]})


def test_geojson_keeps_types_names_and_row_numbers(points, tmp_path):
    read = json.loads(write(points, tmp_path / "a.geojson", "geojson", name="écoles").read_text("utf-8"))
    first, second = read["features"]
    assert (first["id"], second["id"]) == (1, 2)
    assert first["geometry"]["coordinates"] == [5.2251235, 46.2051235]
    assert first["properties"]["capacité"] == 12
    assert first["properties"]["ouvert"] is True
    assert second["properties"][LONG] == NASTY
    assert "crs" not in read


def test_csv_has_coordinates_and_runs_nothing(points, tmp_path):
    text = write(points, tmp_path / "a.csv", "csv", name="x").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert (rows[0]["longitude"], rows[0]["latitude"]) == ("5.2251235", "46.2051235")
    assert rows[0][LONG].startswith("'=")
    assert rows[1][LONG] == NASTY
    assert rows[0]["le"] == "2024-01-02"
    assert "fid" not in rows[0]


def test_csv_of_other_shapes_has_wkt_and_never_two_columns_of_one_name(tmp_path):
    store = store_of(tmp_path, np.array([shapely.box(5, 46, 6, 47)]), {"WKT": ["a"]})
    rows = list(csv.DictReader(io.StringIO(write(store, tmp_path / "a.csv", "csv", name="x").read_text("utf-8-sig"))))
    assert shapely.from_wkt(rows[0]["wkt_wgs84"]).equals(shapely.box(5, 46, 6, 47))
    assert rows[0]["WKT"] == "a"


def test_kml_is_well_formed_and_names_its_placemarks(points, tmp_path):
    path = write(points, tmp_path / "a.kml", "kml", name="Écoles & collèges", title=LONG)
    names = lxml.etree.parse(path).getroot().findall(".//{*}Placemark/{*}name")
    assert [name.text for name in names] == ['=HYPERLINK("http://a.fr")', NASTY.replace("\x07", "")]
    assert pyogrio.read_info(path)["features"] == 2


def test_a_shapefile_has_short_different_names_and_says_what_they_were(points, tmp_path):
    path = write(points, tmp_path / "a.shp.zip", "shp.zip", name="Écoles & collèges")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert {name.rpartition(".")[2] for name in names} == {"shp", "shx", "dbf", "prj", "cpg", "txt"}
        assert archive.read("Ecoles_colleges.cpg") == b"UTF-8"
        assert b"WGS_1984" in archive.read("Ecoles_colleges.prj")
        told = archive.read("LISEZMOI.txt").decode("utf-8-sig")
    assert f"nom_de_l_e : {LONG}" in told
    assert "nom_de_l_2 : nom de l’établissement sportif" in told
    with shapefile.Reader(str(path)) as reader:
        record = reader.record(0).as_dict()
        assert set(record) == {"nom_de_l_e", "nom_de_l_2", "capacite", "ouvert", "le", "maj"}
        assert record["nom_de_l_2"] == "é" * 127
        assert (record["capacite"], record["ouvert"], record["le"]) == (12, 1, dt.date(2024, 1, 2))
        assert record["maj"].startswith("2024-01-02")
        assert reader.record(1)["capacite"] is None


def test_texts_of_a_large_shapefile_take_the_room_they_need(tmp_path, monkeypatch):
    monkeypatch.setattr(written, "RESIZED_FROM", 1_000_000)
    store = store_of(tmp_path, shapely.points(np.linspace(5, 6, 500), 46.0), {f"t{i}": ["abc"] * 500 for i in range(9)})
    with zipfile.ZipFile(write(store, tmp_path / "a.shp.zip", "shp.zip", name="x")) as archive:
        assert archive.getinfo("x.dbf").file_size < 500 * 9 * 10
        assert archive.read("x.dbf").count(b"abc") == 500 * 9


def test_each_kind_of_geometry_is_a_shapefile_of_its_own(mixed, tmp_path):
    path = write(mixed, tmp_path / "a.shp.zip", "shp.zip", name="tout")
    with zipfile.ZipFile(path) as archive:
        shapes = sorted(name for name in archive.namelist() if name.endswith(".shp"))
    assert shapes == ["tout_lignes.shp", "tout_points.shp", "tout_surfaces.shp"]
    with shapefile.Reader(f"{path}/tout_surfaces.shp") as reader:
        assert [record["nom"] for record in reader.records()] == ["c", "d"]


def test_a_geopackage_is_the_store(mixed, tmp_path):
    assert pyogrio.read_info(write(mixed, tmp_path / "b.gpkg", "gpkg", name="x"))["features"] == 4


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_layer_without_attribute_is_written_in_every_format(tmp_path, suffix):
    store = store_of(tmp_path, shapely.points([5.0, 6.0], [46.0, 47.0]), {})
    assert write(store, tmp_path / f"out.{suffix}", suffix, name="x").stat().st_size > 0


def test_another_format_is_refused_in_a_sentence(mixed, tmp_path):
    with pytest.raises(MapError, match="n’est pas proposé"):
        write(mixed, tmp_path / "a.exe", "exe", name="x")
