"""Whatever the bytes, the scanner answers or refuses, within its time."""

from __future__ import annotations

import contextlib
import json
import time

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.ca3b.rgpd import DETECTORS, Report, scan
from ckanext.ca3b.tables import TableError

_QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
cells = st.text(max_size=40) | st.sampled_from(
    ["06 12 34 56 78", "DUPONT Jean", "2 69 05 49 588 157 80", "a@b.fr", "12/03/1980", ""]
)


@_QUIET
@given(data=st.binary(max_size=400), suffix=st.sampled_from(["csv", "json", "xlsx", "kml", "zip"]))
def test_any_bytes_are_scanned_or_refused(data, suffix, tmp_path):
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)
    with contextlib.suppress(TableError):
        assert isinstance(scan(path), Report)


@_QUIET
@given(rows=st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=8))
def test_any_table_is_scanned_and_counts_stay_within_rows(rows, tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{f"c{place}": cell for place, cell in enumerate(row)} for row in rows]))
    for found in scan(path).findings:
        assert 0 <= found.rows_ratio <= 1
        assert all(1 <= row <= len(rows) for row in found.rows)


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 50_000,
        "a." * 50_000 + "@",
        "M. " * 50_000,
        "Jean " * 30_000,
        "12:" * 50_000,
        "AB-1" * 30_000,
        "né le " * 20_000,
        "FR76" * 30_000,
    ],
    ids=["digits", "mail", "titles", "names", "hours", "plates", "births", "iban"],
)
def test_no_cell_takes_more_than_a_moment(text):
    start = time.process_time()
    for detector in DETECTORS.values():
        detector.find(pl.Series([text]))
    assert time.process_time() - start < 5
