"""Where the rows of a table are, whatever its headers: checked against positions published to the metre."""

from __future__ import annotations

import json
from math import atanh, cos, exp, log, radians, sin, sqrt

import pytest
import shapely
from openpyxl import Workbook

from ckanext.ca3b.maps import MapError
from ckanext.ca3b.maps.drivers import opening, table

from .opening import metres_between, open_with

# The monastery of Brou, in Bourg-en-Bresse.
BROU = {"lon": 5.236610, "lat": 46.197840}


def write(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def plan(code, point=BROU):
    """The position of a point in a plan, by the formulas of Lambert's conic written out (NTG 71, IGN)."""
    a, f = 6378137.0, 1 / 298.257222101
    e = sqrt(2 * f - f * f)

    def isometric(phi):
        return atanh(sin(phi)) - e * atanh(e * sin(phi))

    def m(phi):
        return cos(phi) / sqrt(1 - (e * sin(phi)) ** 2)

    if code == 2154:
        phi1, phi2, phi0, x0, y0 = radians(44), radians(49), radians(46.5), 700_000, 6_600_000
    else:
        zone = code - 3900
        phi1, phi2, phi0 = radians(zone - 0.75), radians(zone + 0.75), radians(zone)
        x0, y0 = 1_700_000, (zone - 41) * 1_000_000 + 200_000
    n = log(m(phi1) / m(phi2)) / (isometric(phi2) - isometric(phi1))
    c = a * m(phi1) / n * exp(n * isometric(phi1))
    phi, theta = radians(point["lat"]), n * radians(point["lon"] - 3)
    r, r0 = c * exp(-n * isometric(phi)), c * exp(-n * isometric(phi0))
    return x0 + r * sin(theta), y0 + r0 - r * cos(theta)


def french(value):
    return f"{value:,.2f}".replace(",", " ").replace(".", ",")


@pytest.mark.parametrize("code", [2154, *range(3942, 3951)])
@pytest.mark.parametrize("headers", [("x", "y"), ("X_{}", "Y_{}"), ("Coord. X", "Coord. Y")])
def test_plans_are_placed_to_the_metre(tmp_path, code, headers):
    point = BROU if code in {2154, 3946} else {"lon": 2.35, "lat": (code - 3900) + 0.31}
    x, y = plan(code, point)
    label = "L93" if code == 2154 else f"CC{code - 3900}"
    names = [name.format(label) for name in headers]
    lines = "".join(f"lieu {i};{french(x + i)};{french(y)}\n" for i in range(5))
    opened = open_with(table, write(tmp_path / "lieux.csv", f"nom;{names[0]};{names[1]}\n{lines}"))
    assert opened.crs == f"EPSG:{code}"
    assert opened.how == ("file" if "{}" in headers[0] else "guessed")
    assert metres_between(opened.geometry[0], point["lon"], point["lat"]) < 0.1
    assert opened.rows[0]["nom"] == "lieu 0"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("nom;lat;lon", "Brou;46,197840;5,236610"),
        ("nom;LATITUDE;LONGITUDE", "Brou;46.197840;5.236610"),
        ("nom;Y_WGS84;X_WGS84", "Brou;46.197840;5.236610"),
        ("nom;ylat;xlong", "Brou;46.197840;5.236610"),
        ("nom;coord_y;coord_x", "Brou;46.197840;5.236610"),
        ("nom;Lat. (DMS);Long. (DMS)", """Brou;"46°11'52,224""N";"5°14'11,796""E\""""),
        ("nom;latitude;longitude", "Brou;N 46 11 52.224;E 5 14 11.796"),
        ("nom;geo_point_2d", 'Brou;"46.197840, 5.236610"'),
        ("nom;coordonneesXY", "Brou;[5.236610, 46.197840]"),
        ("nom;position GPS", "Brou;46,197840 / 5,236610"),
        ("nom;localisation", "Brou;{'lon': 5.236610, 'lat': 46.197840}"),
        ("nom;wkt", "Brou;POINT (5.236610 46.197840)"),
        ("nom;the_geom", "Brou;POINT Z(5.236610 46.197840 240)"),
        ("nom;truc", 'Brou;"{""type"":""Point"",""coordinates"":[5.236610,46.197840]}"'),
        ("nom;machin;bidule", "Brou;46.197840;5.236610"),
    ],
)
def test_degrees_are_found_under_any_header(tmp_path, header, row):
    opened = open_with(table, write(tmp_path / "lieux.csv", f"{header}\n" + f"{row}\n" * 3))
    assert opened.crs == "EPSG:4326"
    assert metres_between(opened.geometry[0], BROU["lon"], BROU["lat"]) < 0.2
    assert opened.rows[0]["nom"] == "Brou"


def test_a_table_without_header_is_placed_and_its_reader_is_told(tmp_path):
    lines = "".join(f"arbre {i};46,19{i:04d};5,23{i:04d};platane\n" for i in range(1, 60))
    opened = open_with(table, write(tmp_path / "arbres.csv", lines))
    assert metres_between(opened.geometry[0], 5.230001, 46.190001) < 0.5
    assert any("Aucun en-tête ne nomme les coordonnées" in note for note in opened.notes)


def test_latitudes_and_longitudes_the_wrong_way_round_are_repaired_and_said(tmp_path):
    opened = open_with(table, write(tmp_path / "a.csv", "nom,latitude,longitude\na,5.2,46.1\nb,5.3,46.2\n"))
    assert (opened.geometry[0].x, opened.geometry[0].y) == (5.2, 46.1)
    assert any("inversées" in note for note in opened.notes)


def test_measures_in_plain_columns_are_no_place(tmp_path):
    path = write(tmp_path / "mesures.csv", "x;y;longueur;lat\n12;45,5;5,2;3\n13;46,5;4,1;5\n14;47,5;4,2;6\n")
    with pytest.raises(MapError) as refused:
        open_with(table, path)
    assert refused.value.code == "not_a_map"
    assert "latitude" in refused.value.message


def test_rows_without_coordinates_have_no_geometry_and_keep_their_number(tmp_path):
    path = write(tmp_path / "a.csv", "nom;lat;lon\na;46.1;5.1\nb;;\nc;0;0\nd;à préciser;5.2\ne;46.2;5.2\n")
    opened = open_with(table, path)
    assert [bool(missing) for missing in shapely.is_missing(opened.geometry)] == [False, True, False, True, False]
    assert len(opened.rows) == 5


def test_the_shape_is_drawn_rather_than_its_middle(tmp_path):
    shape = '"{""type"":""LineString"",""coordinates"":[[5.1,46.1],[5.2,46.2]]}"'
    path = write(
        tmp_path / "ods.csv", f'nom;geo_point_2d;geo_shape\na;"46.15, 5.15";{shape}\nb;"46.15, 5.15";{shape}\n'
    )
    opened = open_with(table, path)
    assert opened.geometry[0].geom_type == "LineString"
    assert set(opened.rows[0]) == {"nom", "geo_point_2d"}


def test_a_geometry_nested_to_hurt_the_parser_is_left_out(tmp_path):
    bomb = "GEOMETRYCOLLECTION(" * 50_000 + "POINT(1 1)" + ")" * 50_000
    path = write(tmp_path / "a.csv", f"nom;wkt\na;POINT(5.1 46.1)\nb;POINT(5.2 46.2)\nc;{bomb}\n")
    opened = open_with(table, path)
    assert [geometry is None for geometry in opened.geometry] == [False, False, True]


def test_a_workbook_is_placed_with_its_types(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["Défibrillateurs de l’agglomération"])
    sheet.append(["Nom", "Latitude", "Longitude", "Accès 24h/24", "Étage", "Posé le"])
    sheet.append(["Mairie", 46.205, 5.225, "oui", 1, "2023-05-02"])
    sheet.append(["Gymnase", 46.215, 5.235, "non", 0, "2024-01-12"])
    book.save(tmp_path / "dae.xlsx")
    opened = open_with(table, tmp_path / "dae.xlsx")
    assert (opened.geometry[1].x, opened.geometry[1].y) == (5.235, 46.215)
    assert opened.rows[0]["Étage"] == 1
    assert opened.rows[0]["Accès 24h/24"] is True
    assert opened.rows[0]["Posé le"].isoformat() == "2023-05-02"


def test_a_column_that_names_the_system_is_believed(tmp_path):
    x, y = plan(3946)
    path = write(tmp_path / "a.csv", f"nom;x;y;epsg\na;{x};{y};3946\nb;{x + 3};{y};3946\n")
    opened = open_with(table, path)
    assert (opened.crs, opened.how) == ("EPSG:3946", "file")
    assert metres_between(opened.geometry[0], BROU["lon"], BROU["lat"]) < 0.1


def test_overseas_pairs_are_the_right_way_round(tmp_path):
    path = write(tmp_path / "a.csv", 'nom;coordonnees\na;"-21.115, 55.536"\nb;"-21.200, 55.400"\n')
    opened = open_with(table, path)
    assert (opened.geometry[0].x, opened.geometry[0].y) == (55.536, -21.115)


def test_what_is_no_table_is_refused_in_a_sentence(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 200)
    with pytest.raises(MapError) as refused:
        open_with(table, path)
    assert refused.value.message.endswith(".")


def test_records_of_json_are_a_table_with_positions_or_shapes(tmp_path):
    shape = {"type": "Feature", "geometry": {"type": "LineString", "coordinates": [[5.1, 46.1], [5.2, 46.2]]}}
    rows = [{"nom": name, "geo_point_2d": {"lon": 5.15, "lat": 46.15}, "geo_shape": shape} for name in "abc"]
    path = write(tmp_path / "lignes.json", json.dumps(rows))
    with_shapes = open_with(opening, path)
    assert list(with_shapes.geometry[0].coords) == [(5.1, 46.1), (5.2, 46.2)]
    assert with_shapes.rows[0]["nom"] == "a"
    for row in rows:
        del row["geo_shape"]
    opened = open_with(opening, write(tmp_path / "points.json", json.dumps({"total_count": 3, "results": rows})))
    assert (opened.geometry[2].x, opened.geometry[2].y) == (5.15, 46.15)


def test_a_json_that_is_geojson_stays_geojson(tmp_path):
    feature = {"type": "Feature", "properties": {"n": 1}, "geometry": {"type": "Point", "coordinates": [5.1, 46.1]}}
    for document in (
        {"type": "FeatureCollection", "features": [feature]},
        {"name": "x", "features": [feature]},
        feature,
    ):
        document.setdefault("type", "FeatureCollection")
        opened = open_with(opening, write(tmp_path / "a.json", json.dumps(document)))
        opened.source.close()
        assert opened.source.driver == "GeoJSON"
