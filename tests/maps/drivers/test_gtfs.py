"""The offer of a network: routes as they run, stops where they are."""

from __future__ import annotations

import zipfile

import pytest
import shapely

from ckanext.ca3b.maps import MapError
from ckanext.ca3b.maps.drivers import gtfs

from .opening import open_with

TABLES = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nR,Rubis,https://rubis.fr,Europe/Paris\n",
    "stops.txt": (
        "\ufeffstop_id,stop_name,stop_lat,stop_lon,location_type,wheelchair_boarding\n"
        'g,"Gare, parvis",46.2000,5.2100,0,1\nm,Mairie,46.2050,5.2250,,2\nh,Hôpital,46.2200,5.2400,0,0\n'
        "n,Nœud,,,3,\nx,Sans place,,,0,\n"
    ),
    "routes.txt": (
        "route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color\n"
        "1,R,1,Gare - Mairie,3,E30613,FFFFFF\n2,R,2,Gare - Hôpital,0,rouge,\n3,R,3,Jamais,715,00ff00,\n"
    ),
    "trips.txt": "route_id,service_id,trip_id,shape_id,direction_id\n"
    "1,s,t1,a,0\n1,s,t2,a,0\n1,s,t3,b,1\n2,s,t4,,0\n2,s,t5,,0\n",
    "shapes.txt": (
        "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n"
        "a,46.205,5.225,10\na,46.2,5.21,1\na,46.202,5.22,2\nb,46.205,5.225,1\nb,46.2,5.21,2\nc,0,0,1\n"
    ),
    "stop_times.txt": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "t1,,,g,1\nt1,,,m,2\nt4,,,h,20\nt4,,,g,3\nt4,,,m,10\nt5,,,g,1\nt5,,,m,2\nt5,,,h,3\n"
    ),
}


def feed(tmp_path, without=(), folder="", **changed):
    path = tmp_path / "rubis.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in {**TABLES, **changed}.items():
            if name not in without:
                archive.writestr(folder + name, text)
    return path


@pytest.mark.parametrize("folder", ["", "export/"])
def test_routes_follow_their_shapes_in_order(tmp_path, folder):
    opened = open_with(gtfs, feed(tmp_path, folder=folder))
    assert opened.name == "Lignes"
    first = opened.rows[0]
    assert (first["ligne"], first["nom"], first["mode"], first["exploitant"]) == ("1", "Gare - Mairie", "Bus", "Rubis")
    assert (first["route_color"], first["route_text_color"]) == ("#e30613", "#ffffff")
    assert opened.geometry[0].geom_type == "MultiLineString"
    longest = max(opened.geometry[0].geoms, key=lambda line: len(line.coords))
    assert list(longest.coords) == [(5.21, 46.2), (5.22, 46.202), (5.225, 46.205)]


def test_a_route_without_shape_goes_from_stop_to_stop_and_it_is_said(tmp_path):
    opened = open_with(gtfs, feed(tmp_path))
    # The two trips of route 2 stop at the same places, in the order of their numbers.
    assert list(opened.geometry[1].coords) == [(5.21, 46.2), (5.225, 46.205), (5.24, 46.22)]
    assert opened.rows[1]["mode"] == "Tramway"
    assert opened.rows[1]["route_color"] is None
    assert any("1 ligne sans tracé" in note for note in opened.notes)
    assert opened.geometry[2] is None
    assert opened.rows[2]["mode"] == "Bus"


def test_without_any_shape_every_route_goes_from_stop_to_stop(tmp_path):
    opened = open_with(gtfs, feed(tmp_path, without=("shapes.txt",)))
    assert list(opened.geometry[0].coords) == [(5.21, 46.2), (5.225, 46.205)]
    assert any("2 lignes sans tracé" in note for note in opened.notes)


def test_stops_are_points_that_name_their_routes(tmp_path):
    opened = open_with(gtfs, feed(tmp_path), layer=1)
    assert [row["stop_name"] for row in opened.rows] == ["Gare, parvis", "Mairie", "Hôpital", "Sans place"]
    assert (opened.geometry[0].x, opened.geometry[0].y) == (5.21, 46.2)
    assert shapely.is_missing(opened.geometry).tolist() == [False, False, False, True]
    assert [row["lignes"] for row in opened.rows] == ["1, 2", "1, 2", "2", None]
    assert [row["accessible"] for row in opened.rows] == ["oui", "non", None, None]


def test_stops_alone_are_a_map(tmp_path):
    path = feed(tmp_path, without=("routes.txt", "trips.txt", "stop_times.txt", "shapes.txt", "agency.txt"))
    opened = open_with(gtfs, path)
    assert len(opened.source.layers) == 1
    assert opened.rows[0]["stop_name"] == "Gare, parvis"


def test_an_archive_without_stops_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(MapError, match=r"stops\.txt"):
        open_with(gtfs, feed(tmp_path, without=("stops.txt",)))
