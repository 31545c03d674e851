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


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026-11-22", "22 novembre 2026"),
        ("2026-11-22T15:03:00", "22 novembre 2026"),
        (dt.date(2026, 8, 1), "1 août 2026"),
        (dt.datetime(2027, 1, 1, 12, 0, tzinfo=dt.UTC), "1 janvier 2027"),
        ("1789-07-14", "14 juillet 1789"),
        (None, ""),
        ("", ""),
        ("hier", ""),
    ],
)
def test_date(value, text):
    assert formatting.date(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2026-11-22T15:03:00", "22 novembre 2026 à 16:03"),
        ("2026-07-14T15:03:00.123456", "14 juillet 2026 à 17:03"),
        ("2026-11-22T23:30:00+00:00", "23 novembre 2026 à 00:30"),
        ("2026-11-22", "22 novembre 2026"),
        (None, ""),
    ],
)
@pytest.mark.ckan_config("ckan.display_timezone", "Europe/Paris")
def test_date_with_time_is_the_wall_clock_of_the_portal(value, text):
    assert formatting.date(value, with_time=True) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (139500, f"139{NARROW}500"),
        (0, "0"),
        (1.5, "1,5"),
        ("74", "74"),
        (-1200, f"-1{NARROW}200"),
        (None, ""),
        ("", ""),
        ("n/c", "n/c"),
        ("nan", "nan"),
    ],
)
def test_number(value, text):
    assert formatting.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 octet"),
        (1, "1 octet"),
        (512, "512 octets"),
        (999, "999 octets"),
        (1000, "1 ko"),
        (1_234_567, "1,2 Mo"),
        (999_949, "999,9 ko"),
        (999_950, "1 Mo"),
        (12_000_000_000, "12 Go"),
        (5_400_000_000_000_000, f"5{NARROW}400 To"),
        ("2048", "2 ko"),
        (None, ""),
        (-1, ""),
        ("grand", ""),
    ],
)
def test_filesize(value, text):
    assert formatting.filesize(value) == text.replace(" ", NBSP)


def test_ckans_own_helpers_write_the_same():
    moment = dt.datetime(2026, 11, 22, 16, 3, tzinfo=dt.UTC)
    assert tk.h.render_datetime(moment) == "22 novembre 2026"
    assert tk.h.render_datetime(moment, with_hours=True) == "22 novembre 2026 à 16:03"
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
