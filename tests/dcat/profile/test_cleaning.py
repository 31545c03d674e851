"""Whatever was typed or harvested, what goes out can be written in any format and read by anyone. No portal needed."""

from __future__ import annotations

import json
import math
import time

import pyoxigraph as ox
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from ckanext.ca3b.dcat.profile import cleaning, geometry

WORDS = st.text(max_size=60)


@given(WORDS)
def test_an_address_that_is_kept_is_one_that_any_reader_takes(words):
    for text in (words, f"https://{words}", f"https://exemple.fr/{words}", f"urn:{words}"):
        address = cleaning.uri(text)
        if address is not None:
            assert list(ox.parse(f"<{address}> <{address}> <{address}> .".encode(), format=ox.RdfFormat.N_TRIPLES))
            assert cleaning.uri(address) == address


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://www.viriat.fr/a b?x=<y>#z#w", "https://www.viriat.fr/a%20b?x=%3Cy%3E#z%23w"),
        ("http://été.fr/ça%zz[1]", "http://xn--t-9fab.fr/%C3%A7a%25zz%5B1%5D"),
        ("  HTTPS://Exemple.fr/%C3%A9 ", "https://exemple.fr/%C3%A9"),
        ("ftp://exemple.fr/f.zip", "ftp://exemple.fr/f.zip"),
        ("javascript:alert(1)", None),
        ("http://", None),
        ("http://exemple.fr:99999/", None),
        ("/etc/passwd", None),
        (None, None),
    ],
)
def test_addresses(written, kept):
    assert cleaning.uri(written) == kept


@given(WORDS)
def test_a_text_that_is_kept_can_be_written_in_xml(words):
    kept = cleaning.text(f"{words}\x00\x0b\ud800\ufffe{words}")
    kept.encode()
    assert not any(character in kept for character in "\x00\x0b\x1f\ufffe\uffff")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2025", ("2025", "gYear")),
        ("2025-02", ("2025-02", "gYearMonth")),
        ("31/12/2025", ("2025-12-31", "date")),
        ("2025-01-01T10:00:00.123456", ("2025-01-01T10:00:00+00:00", "dateTime")),
        ("2025-01-01T10:00:00+02:00", ("2025-01-01T08:00:00+00:00", "dateTime")),
        ("2025-02-30", None),
        ("0000", None),
        ("0001-01-01T00:00:00+05:00", None),
        ("hier", None),
        ("", None),
    ],
)
def test_dates(written, kept):
    assert cleaning.moment(written) == kept


def test_a_year_or_a_month_is_a_period_of_days():
    assert [cleaning.day("2024-02"), cleaning.day("2024-02", last=True)] == ["2024-02-01", "2024-02-29"]
    assert [cleaning.day("2025"), cleaning.day("2025", last=True)] == ["2025-01-01", "2025-12-31"]
    assert cleaning.day("9999-12", last=True) is None


def test_numbers_durations_and_mailboxes():
    assert [cleaning.whole_number(one) for one in (12, "12", "-1", "1.5", "", None, True)] == ["12", "12", *[None] * 5]
    assert [cleaning.decimal(one) for one in ("0.50", 5, "1e3", "NaN", "-2", "1e400")] == [
        "0.5",
        "5",
        "1000",
        *[None] * 3,
    ]
    assert [cleaning.duration(one) for one in ("P1D", "PT15M", "P", "PT", "un jour")] == ["P1D", "PT15M", *[None] * 3]
    assert cleaning.email("mailto:donnees@viriat.fr") == "mailto:donnees@viriat.fr"
    assert cleaning.email("à <personne>") is None


def ring(points: int) -> str:
    angles = [2 * math.pi * number / points for number in range(points)]
    around = [[5 + math.cos(one) / 10 + math.sin(one * 999) / 9000, 46 + math.sin(one) / 10] for one in angles]
    return json.dumps({"type": "Polygon", "coordinates": [[*around, around[0]]]})


def test_a_huge_outline_is_simplified_and_stays_where_it_is():
    given_text = ring(9000)
    assert len(given_text) > 300_000
    started = time.process_time()
    kept = geometry.polygon(given_text)
    assert time.process_time() - started < 2
    assert kept is not None
    assert len(kept) <= geometry.LONGEST
    before, after = shapely.from_geojson(given_text), shapely.from_wkt(kept)
    assert after.is_valid
    assert after.symmetric_difference(before.buffer(0)).area < before.area / 50


SQUARE = "POLYGON ((5 46, 5 47, 6 47, 6 46, 5 46))"


@pytest.mark.parametrize(
    "written",
    [
        SQUARE,
        "SRID=4326;polygon((5 46,6 46,6 47,5 47,5 46))".partition(";")[2],
        '{"type": "Polygon", "coordinates": [[[5, 46, 200], [6, 46, 200], [6, 47, 200], [5, 47, 200], [5, 46, 200]]]}',
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [[[5, 46], [6, 46], [6, 47], [5, 47], [5, 46]]]},
        },
    ],
)
def test_the_same_outline_however_it_was_written(written):
    assert geometry.polygon(written) == geometry.polygon(SQUARE)


@pytest.mark.parametrize("written", ['{"type": "Point", "coordinates": [5.2, 46.2]}', "LINESTRING (5 46, 5.2 46.2)"])
def test_a_point_or_a_line_becomes_the_rectangle_around_it(written):
    kept = geometry.polygon(written)
    assert kept is not None
    assert kept.startswith("POLYGON")
    assert shapely.from_wkt(kept).covers(shapely.Point(5.2, 46.2))


@pytest.mark.parametrize(
    "written",
    ["", "ici", "[1]", '{"type": "Point"}', "POINT (500 46)", '{"type": "Polygon", "coordinates": []}', None, 5],
)
def test_what_is_no_place_of_the_earth_is_not_said(written):
    assert geometry.polygon(written) is None


@given(st.recursive(st.none() | st.floats() | WORDS, lambda inner: st.lists(inner, max_size=3), max_leaves=8))
def test_no_geometry_breaks_anything(coordinates):
    for kind in ("Point", "Polygon", "MultiPolygon", "GeometryCollection"):
        kept = geometry.polygon({"type": kind, "coordinates": coordinates, "geometries": coordinates})
        assert kept is None or geometry.polygon(kept) == kept
