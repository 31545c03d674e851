"""On time, late, or no promise made."""

from __future__ import annotations

import datetime as dt

import pytest

from ckanext.ca3b import freshness, vocabularies

TODAY = dt.date(2026, 11, 22)
EU = "http://publications.europa.eu/resource/authority/frequency/"


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("frequency", "days", "state"),
    [
        ("WEEKLY", 9, "on-time"),
        ("WEEKLY", 10, "late"),
        (f"{EU}MONTHLY", 34, "on-time"),
        (f"{EU}MONTHLY", 35, "late"),
        ("ANNUAL", 400, "on-time"),
        ("ANNUAL", 403, "late"),
        ("DAILY", 3, "on-time"),
        ("DAILY", 4, "late"),
        ("NEVER", 5000, "unscheduled"),
        ("IRREG", 5000, "unscheduled"),
        ("", 3, "unknown"),
        (None, 3, "unknown"),
        ("when we can", 3, "unknown"),
    ],
)
def test_the_promise_is_kept_or_not(frequency, days, state):
    assert freshness.judge(frequency, ago(days), TODAY).state == state


def test_data_changed_today_is_never_late():
    states = {freshness.judge(entry.code, TODAY, TODAY).state for entry in vocabularies.frequencies()}
    assert states <= {"on-time", "unscheduled", "unknown"}
    assert "on-time" in states


def test_without_a_date_nothing_is_said():
    assert freshness.judge("WEEKLY", None, TODAY).state == "unknown"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-11-22", dt.date(2026, 11, 22)),
        ("2026-11-22T23:10:00.123456", dt.date(2026, 11, 22)),
        ("2026-11-22T10:00:00Z", dt.date(2026, 11, 22)),
        ("2024", dt.date(2024, 1, 1)),
        ("2024-05", dt.date(2024, 5, 1)),
        ("hier", None),
        ("2024-13", None),
        ("0000", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_as_catalogues_write_them(written, read):
    assert freshness.day(written) == read


def test_the_latest_date_wins_over_what_is_no_date():
    assert freshness.latest(["2024", None, "n'importe quoi", "2025-02-01"]) == dt.date(2025, 2, 1)
    assert freshness.latest([]) is None
