"""Coordinates as people write them."""

from __future__ import annotations

import polars as pl
import pytest

from ckanext.ca3b.maps.placing import numbers
from ckanext.ca3b.maps.placing.words import axes_of, system_of


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("46.2051", 46.2051),
        ("46,2051", 46.2051),
        ("+46.2", 46.2),
        ("−5,2", -5.2),
        (" 46.2051 ° ", 46.2051),
        ("46°12'18.3\"N", 46.2050833),
        ("46° 12′ 18,3″ N", 46.2050833),
        ("46 12 18.3", 46.2050833),
        ("46°12.305'N", 46.2050833),
        ("N 46 12 18.3", 46.2050833),
        ("46d12m18.3s", 46.2050833),
        ("5° 13′ 45″ O", -5.2291667),
        ("5 13 45 W", -5.2291667),
        ("21° 06' S", -21.1),
    ],
)
def test_degrees_are_read(written, value):
    assert numbers.degrees(pl.Series([written]))[0] == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(
    "written",
    ["à préciser", "46.205.1", "46°75'N", "46°12'72\"", "NaN", "inf", "46.5°12'N", "N 46 S", "", "01 23 45 67 89"],
)
def test_what_is_no_coordinate_is_nothing(written):
    assert numbers.degrees(pl.Series([written]))[0] is None


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("871234.5", 871234.5),
        ("871 234,56", 871234.56),
        ("871\u202f234,56", 871234.56),
        ("871.234,56", 871234.56),
        ("871,234.56", 871234.56),
        ("6 570 000 m", 6570000),
    ],
)
def test_metres_are_read(written, value):
    assert numbers.metres(pl.Series([written]))[0] == pytest.approx(value)


@pytest.mark.parametrize(
    "written",
    [
        "46.2,5.2",
        "46.2, 5.2",
        "46,2 ; 5,2",
        "46,2,5,2",
        "(46.2 5.2)",
        "46.2 / 5.2",
        "{'lon': 5.2, 'lat': 46.2}",
        '{"latitude":"46.2","longitude":"5.2"}',
        "46°12'00\"N, 5°12'00\"E",
        "N46°12 E5°12",
    ],
)
def test_two_coordinates_of_one_cell_are_read_in_order(written):
    first, second = numbers.pairs(pl.Series([written]))
    assert (first[0], second[0]) == (pytest.approx(46.2), pytest.approx(5.2))


@pytest.mark.parametrize(
    ("header", "axis", "geographic"),
    [
        ("Latitude", "y", True),
        ("lng", "x", True),
        ("longitude_wgs84", "x", True),
        ("xlong", "x", True),
        ("coord_x", "x", False),
        ("CoordY", "y", False),
        ("X (Lambert 93)", "x", False),
        ("Northing", "y", False),
        ("abscisse", "x", False),
    ],
)
def test_a_header_says_an_axis(header, axis, geographic):
    said = axes_of(header)
    assert said is not None
    assert (said.axis, said.geographic) == (axis, geographic)


@pytest.mark.parametrize("header", ["climat", "taux", "longueur", "largeur", "texte", "plat", "index", "", None])
def test_a_header_that_says_no_axis_says_none(header):
    assert axes_of(header) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("X_L93", "EPSG:2154"),
        ("x_cc46", "EPSG:3946"),
        ("X CC 49", "EPSG:3949"),
        ("EPSG:2154", "EPSG:2154"),
        ("3946", "EPSG:3946"),
        ("RGF93 / Lambert-93", "EPSG:2154"),
        ("Lambert II étendu", "EPSG:27572"),
        ("x_l2e", "EPSG:27572"),
        ("wgs84", "EPSG:4326"),
        ("x", None),
    ],
)
def test_a_system_is_read_from_a_header_or_a_value(text, code):
    assert system_of(text) == code
