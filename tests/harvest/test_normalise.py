"""Values by themselves: what is the same is one, what is not understood comes back as it was."""

# ruff: noqa: E501 - a case stays on one line
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.ca3b.harvest import normalise
from ckanext.ca3b.harvest.model import Agent, Description, Period, Place
from ckanext.ca3b.territory.core import Territory

ANYTHING = st.one_of(
    st.text(),
    st.none(),
    st.integers(),
    st.floats(),
    st.lists(st.text(), max_size=4),
    st.dictionaries(st.text(), st.text(), max_size=3),
)


@pytest.mark.parametrize(("written", "expected"), [
    ("2024", "2024"), ("2024-05", "2024-05"), ("2024-05-03", "2024-05-03"), ("20240503", "2024-05-03"),
    ("2024/5/3", "2024-05-03"), ("03/05/2024", "2024-05-03"), ("05/23/2024", "2024-05-23"), ("3 mai 2024", "2024-05-03"),
    ("1er janvier 2024", "2024-01-01"), ("May 3, 2024", "2024-05-03"), ("août 2023", "2023-08"), ("3 maggio 2024", "2024-05-03"),
    ("2024-05-03T10:00:00Z", "2024-05-03T10:00:00+00:00"), ("2024-05-03 10:00:00", "2024-05-03T10:00:00"),
    ("2024-05-03T10:00:00.1234567+0200", "2024-05-03T10:00:00.123456+02:00"), ("2024-05-03+02:00", "2024-05-03"),
    (1714694400000, "2024-05-03T00:00:00+00:00"), ("Fri, 03 May 2024 10:00:00 GMT", "2024-05-03T10:00:00+00:00"),
])  # fmt: skip
def test_dates(written, expected):
    assert normalise.date(written) == (expected, True)


@pytest.mark.parametrize(
    "written", ["inconnue", "2024-13-45", "32/01/2024", "12 mars", "3", "bientôt 2024 ou 2025", True]
)
def test_what_is_no_date_comes_back(written):
    assert normalise.date(written) == (str(written), False)


@pytest.mark.parametrize(("written", "expected"), [
    ("2010/2015", Period("2010", "2015")), ("2010-2015", Period("2010", "2015")), ("2010-01-01/..", Period("2010-01-01", "")),
    ("start=2010; end=2012", Period("2010", "2012")), ("du 1er janvier 2010 au 31 mars 2010", Period("2010-01-01", "2010-03-31")),
    ("2024", Period("2024", "2024")), ("toujours", None), ("", None), ("../..", None),
])  # fmt: skip
def test_periods(written, expected):
    assert normalise.period(written) == expected


@pytest.mark.parametrize(("written", "bbox"), [
    ("SRID=2154;POINT(871000 6569000)", (5.2178, 46.1992, 5.2178, 46.1992)), ("5.1 46.1 5.3 46.3", (5.1, 46.1, 5.3, 46.3)),
    ("BOX3D(5 46 0, 6 47 0)", (5, 46, 6, 47)), ({"type": "Feature", "geometry": {"type": "Point", "coordinates": [5, 46]}}, (5, 46, 5, 46)),
    ([5, 46, 6, 47], (5, 46, 6, 47)),
])  # fmt: skip
def test_extents(written, bbox):
    assert normalise.place(written).bbox == pytest.approx(bbox, abs=1e-3)


@pytest.mark.parametrize(
    "written", ["", "POLYGON((5 46))", '{"type":"Polygon","coordinates":[[5]]}', "[1,2,3]", {"type": "x"}, "48.8, 2.3"]
)
def test_what_is_no_place_is_none(written):
    assert normalise.place(written) is None


@pytest.mark.parametrize(("html", "markdown"), [
    ("<p>Un<br>deux</p><p>trois</p>", "Un\ndeux\n\ntrois"), ("a < b & c > d", "a < b & c > d"), ("&lt;p&gt;x&lt;/p&gt;", "x"),
    ('<a href="https://a.fr">ici</a>', "[ici](https://a.fr)"), ('<a href="javascript:alert(1)">ici</a>', "ici"),
    ("<style>p{}</style>x<!-- y -->", "x"), ("Lignes\r\ngardées\r\n\r\n\r\n\r\nici", "Lignes\ngardées\n\nici"), ("L&#039;eau", "L'eau"),
])  # fmt: skip
def test_descriptions(html, markdown):
    assert normalise.markdown(html) == markdown


@given(ANYTHING)
def test_nothing_stops_a_value(value):
    for function in (
        normalise.date, normalise.licence, normalise.theme, normalise.frequency, normalise.language, normalise.one_line,
        normalise.markdown, normalise.email, normalise.agent, normalise.place, normalise.period, normalise.access_right,
        normalise.file_format,
    ):  # fmt: skip
        function(value)


@given(st.text())
def test_what_is_not_understood_is_not_lost(text):
    for function in (normalise.licence, normalise.theme, normalise.frequency):
        term = function(text)
        assert term.known or term.value == normalise.one_line(text)


@pytest.mark.parametrize("value", ["2024-05-03", "https://creativecommons.org/licenses/by/4.0/", "CSV", "fr"])
def test_what_is_normalised_stays_so(value):
    for function in (normalise.date, normalise.licence, normalise.file_format, normalise.language):
        once = function(value)
        assert not once.known or function(once.value) == once


TERRITORY = Territory.open("200071751")


@pytest.mark.parametrize(("description", "expected"), [
    (Description("1", publisher=Agent("Mairie de Viriat")), ("01451",)),
    (Description("1", publisher=Agent("Service communication", identifier="210104519")), ("01451",)),
    (Description("1", publisher=Agent("SIG", identifier="21010451900010")), ("01451",)),
    (Description("1", publisher=Agent("Ville", identifier="COM-01451")), ("01451",)),
    (Description("1", publisher=Agent("Mairie de Viriat"), spatial=(Place("Attignat"),)), ("01024",)),
    (Description("1", spatial=(Place(codes=("01024",)),)), ("01024",)),
    (Description("1", publisher=Agent("Mairie de Marseille")), ()),
    (Description("1", spatial=(Place(bbox=(-5, 41, 9, 51)),)), ()),
    (Description("1"), ()),
])  # fmt: skip
def test_the_commune_by_codes_names_publisher(description, expected):
    siren = TERRITORY.get("Viriat").siren
    assert siren == "210104519"
    assert normalise.communes_of(description, TERRITORY) == expected


def test_the_commune_by_the_extent():
    box = TERRITORY.bbox(["01451"])
    assert normalise.communes_of(Description("1", spatial=(Place(bbox=box),)), TERRITORY) == ("01451",)
