"""Where the communes are."""

from __future__ import annotations

import json

import pytest
from shapely.geometry import shape

from ckanext.ca3b.territory.core import OutlinesError, Territory, UnknownCommuneError

SQUARE = [[[0, 45], [1, 45], [1, 46], [0, 46], [0, 45]]]


@pytest.fixture
def outlines_file(tmp_path):
    """Write a GeoJSON file of outlines and return its path."""

    def write(features):
        path = tmp_path / "contours.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
        return path

    return write


def feature(properties, coordinates=SQUARE, kind="Polygon"):
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def test_the_default_territory_has_the_outline_of_every_member():
    territory = Territory.open("200071751")
    assert territory.outlines.keys() == territory.communes.keys()


def test_neighbours_make_one_polygon_without_slivers():
    territory = Territory.open("200071751")
    whole = shape(territory.geometry())
    parts = sum(outline.area for outline in territory.outlines.values())
    assert whole.is_valid
    assert whole.geom_type == "Polygon"
    assert whole.area == pytest.approx(parts, rel=1e-3)


def test_communes_apart_make_a_multipolygon():
    # Attignat in the plain, Corveissiat in the Revermont: no common border.
    both = shape(Territory.open("200071751").geometry(["01024", "Corveissiat"]))
    assert both.geom_type == "MultiPolygon"
    assert len(both.geoms) == 2


def test_outlines_turn_counter_clockwise_as_geojson_asks():
    territory = Territory.open("200071751")
    for code in territory.communes:
        assert shape(territory.outline(code)).exterior.is_ccw


def test_the_bounding_box_is_west_south_east_north():
    west, south, east, north = Territory.open("200071751").bbox()
    assert 4.8 < west < 5.2 < east < 5.7
    assert 45.9 < south < 46.2 < north < 46.6


def test_a_geometry_of_a_stranger_is_refused():
    with pytest.raises(UnknownCommuneError, match="69123"):
        Territory.open("200071751").geometry(["69123"])


def test_without_outlines_nothing_is_drawn():
    territory = Territory.open("245804406")
    assert territory.outlines == {}
    assert territory.geometry() is None
    assert territory.bbox() is None
    assert territory.outline("58194") is None


@pytest.mark.parametrize(
    "properties", [{"code": "58194"}, {"INSEE_COM": "58194"}, {"code_insee": 58194}, {"codgeo": "58194"}]
)
def test_the_operators_file_may_name_the_code_as_usual_sources_do(outlines_file, properties):
    path = outlines_file([feature(properties), feature({"code": "75056"})])
    territory = Territory.open("245804406", path)
    assert list(territory.outlines) == ["58194"]


def test_the_parts_of_one_commune_are_merged(outlines_file):
    island = [[[3, 45], [4, 45], [4, 46], [3, 46], [3, 45]]]
    path = outlines_file([feature({"code": "58194"}), feature({"code": "58194"}, island)])
    assert Territory.open("245804406", path).outline("58194")["type"] == "MultiPolygon"


@pytest.mark.parametrize(
    ("features", "message"),
    [
        ([], "aucune commune"),
        ([feature({"code": "75056"})], "aucune commune"),
        ([feature({"code": "58194"}, [0, 45], "Point")], "surface"),
        ([feature({"code": "58194"}, "x")], "ne peut pas être lu"),
        ([{"type": "Feature", "properties": {"code": "58194"}, "geometry": None}], "ne peut pas être lu"),
        ([feature({"code": "58194"}, [[[8e5, 6e6], [9e5, 6e6], [9e5, 7e6], [8e5, 6e6]]])], "WGS 84"),
    ],
)
def test_an_unusable_file_says_why(outlines_file, features, message):
    territory = Territory.open("245804406", outlines_file(features))
    with pytest.raises(OutlinesError, match=message):
        _ = territory.outlines


@pytest.mark.parametrize("text", ["", "[]", "{}", "pas du json"])
def test_a_file_that_is_not_geojson_is_refused(tmp_path, text):
    path = tmp_path / "contours.geojson"
    path.write_text(text, "utf-8")
    with pytest.raises(OutlinesError, match="GeoJSON"):
        _ = Territory.open("245804406", path).outlines


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(OutlinesError, match=r"absent\.geojson"):
        _ = Territory.open("245804406", tmp_path / "absent.geojson").outlines
