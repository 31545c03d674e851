"""Dates, numbers and sizes as a French reader expects them."""

from __future__ import annotations

import datetime as dt

import ckan.lib.formatters as formatters
import ckan.plugins.toolkit as tk
import pytest

from ckanext.ca3b import formatting

pytestmark = pytest.mark.usefixtures("with_plugins")

NARROW, NBSP = "\u202f", "\u00a0"


@pytest.fixture(autouse=True)
def french(app):
    with app.flask_app.test_request_context("/"):
        yield


def written(function, cases):
    """What the function writes for each case, to compare with what was expected: one start of CKAN per table."""
    return {value: function(value) for value in cases}


def test_date():
    cases = {
        "2026-11-22": "22 novembre 2026",
        "2026-11-22T15:03:00": "22 novembre 2026",
        dt.date(2026, 8, 1): "1er août 2026",
        dt.datetime(2027, 1, 1, 12, 0, tzinfo=dt.UTC): "1er janvier 2027",
        "2026-09-11": "11 septembre 2026",
        "1789-07-14": "14 juillet 1789",
        None: "",
        "": "",
        "hier": "",
    }
    assert written(formatting.date, cases) == cases


@pytest.mark.ckan_config("ckan.display_timezone", "Europe/Paris")
def test_date_with_time_is_the_wall_clock_of_the_portal():
    cases = {
        "2026-11-22T15:03:00": "22 novembre 2026 à 16:03",
        "2026-07-14T15:03:00.123456": "14 juillet 2026 à 17:03",
        "2026-11-22T23:30:00+00:00": "23 novembre 2026 à 00:30",
        "2026-11-22": "22 novembre 2026",
        None: "",
    }
    assert written(lambda value: formatting.date(value, with_time=True), cases) == cases


def test_number():
    cases = {
        139500: f"139{NARROW}500",
        0: "0",
        1.5: "1,5",
        "74": "74",
        -1200: f"-1{NARROW}200",
        None: "",
        "": "",
        "n/c": "n/c",
        "nan": "nan",
    }
    assert written(formatting.number, cases) == cases


def test_filesize():
    cases = {
        0: f"0{NBSP}octet",
        1: f"1{NBSP}octet",
        512: f"512{NBSP}octets",
        999: f"999{NBSP}octets",
        1000: f"1{NBSP}ko",
        1_234_567: f"1,2{NBSP}Mo",
        999_949: f"999,9{NBSP}ko",
        999_950: f"1{NBSP}Mo",
        12_000_000_000: f"12{NBSP}Go",
        5_400_000_000_000_000: f"5{NARROW}400{NBSP}To",
        "2048": f"2{NBSP}ko",
        None: "",
        -1: "",
        "grand": "",
    }
    assert written(formatting.filesize, cases) == cases


def test_ckans_own_helpers_write_the_same():
    moment = dt.datetime(2026, 11, 22, 16, 3, tzinfo=dt.UTC)
    assert tk.h.render_datetime(moment) == "22 novembre 2026"
    assert tk.h.render_datetime(moment, with_hours=True) == "22 novembre 2026 à 16:03"
    assert tk.h.render_datetime(moment, with_seconds=True) == "22 novembre 2026 à 16:03:00"
    assert tk.h.render_datetime(moment, date_format="%Y-%m-%d") == "2026-11-22"
    assert tk.h.localised_filesize(1_234_567) == f"1,2{NBSP}Mo"
    assert tk.h.localised_number(139500) == f"139{NARROW}500"


def test_time_ago():
    now = dt.datetime.now(dt.UTC)
    assert tk.h.time_ago_from_timestamp(now) == "À l'instant"
    assert tk.h.time_ago_from_timestamp(now - dt.timedelta(days=5)) == f"il y a 5{NBSP}jours".replace(NBSP, " ")
    assert tk.h.time_ago_from_timestamp(None) == "Inconnu"


def test_ckan_still_writes_dates_the_english_way():
    """When this fails, drop render_datetime from helpers.py."""
    moment = dt.datetime(2026, 11, 22, 16, 3, tzinfo=dt.UTC)
    assert formatters.localised_nice_date(moment, show_date=True, with_hours=True).startswith("novembre 22, 2026")
