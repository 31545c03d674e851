"""Whatever the bytes, the scanner answers or refuses, within its time."""

from __future__ import annotations

import contextlib
import csv
import json
import time

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckanext.ca3b.rgpd import DETECTORS, Report, scan
from ckanext.ca3b.tables import TableError

from .files import workbook
from .test_documents import grid, paragraph, pdf, word

_QUIET = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
cells = st.text(max_size=40) | st.sampled_from(
    ["06 12 34 56 78", "DUPONT Jean", "2 69 05 49 588 157 80", "a@b.fr", "12/03/1980", ""]
)


@_QUIET
@given(data=st.binary(max_size=400), suffix=st.sampled_from(["csv", "json", "xlsx", "kml", "zip", "pdf"]))
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


headers = st.sampled_from(
    ["nom", "prenom", "âge", "sexe", "commune", "observations", "tel", "nb_allocataires_rsa", "SIRET", "pathologie",
     "date de naissance", "initiales", "part_premiere_entreprise", "geometry", "", "x"]
)  # fmt: skip
values = cells | st.sampled_from(
    [
        "3",
        "91,5",
        "F",
        "42",
        "20007175100019",
        "asthme",
        "J. D.",
        "POINT (5 46)",
        "vu avec lucie",
        "2a01:e0a::1",
        "\x00",
        "é" * 30,
    ]
)


@_QUIET
@given(
    data=st.data(),
    names=st.lists(headers, min_size=1, max_size=6),
    rows=st.integers(1, 8),
    mark=st.sampled_from(";,\t"),
)
def test_any_headers_over_any_cells_are_decided_and_no_cell_is_told(data, names, rows, mark, tmp_path):
    drawn = [[data.draw(values) for _ in names] for _ in range(rows)]
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=mark).writerows([names, *drawn])
    with contextlib.suppress(TableError):
        report = scan(path)
        assert report.held == (report.decision != "pass")
        told = " ".join(each.reason for each in report.findings)
        assert not [cell for row in drawn for cell in row if len(cell) > 9 and cell in told]


BEGINNINGS = [
    b"%PDF-1.4\n",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"PAR1",
    b"SQLite format 3\0",
    b"<html><table>",
    b"<?xml ",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"{",
    b"[",
]


@_QUIET
@given(beginning=st.sampled_from(BEGINNINGS), data=st.binary(max_size=300))
def test_bytes_that_begin_as_a_known_format_are_scanned_or_refused(beginning, data, tmp_path):
    path = tmp_path / "a"
    path.write_bytes(beginning + data)
    with contextlib.suppress(TableError):
        assert isinstance(scan(path), Report)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=12),
    kind=st.integers(0, 3),
)
def test_a_damaged_document_is_scanned_or_refused(places, kind, whole_files, tmp_path):
    data = bytearray(whole_files[kind])
    for place, byte in places:
        data[place % len(data)] = byte
    path = tmp_path / "a"
    path.write_bytes(bytes(data))
    with contextlib.suppress(TableError):
        assert isinstance(scan(path), Report)


@pytest.fixture(scope="module")
def whole_files(tmp_path_factory):
    """A PDF, a Word document, a workbook and a Parquet file, whole."""
    home = tmp_path_factory.mktemp("whole")
    rows = (["nom", "portable"], [["DUPONT Jean", "06 12 34 56 78"]] * 4)
    workbook({"a": rows}).save(home / "a.xlsx")
    pl.DataFrame(dict(zip(rows[0], zip(*rows[1], strict=True), strict=True))).write_parquet(home / "a.parquet")
    files = [
        pdf(home / "a.pdf", ["Madame Jeanne DUPONT", "06 12 34 56 78"]),
        word(home / "a.docx", paragraph("Bilan") + grid([rows[0], *rows[1]])),
        home / "a.xlsx",
        home / "a.parquet",
    ]
    return [path.read_bytes() for path in files]


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
