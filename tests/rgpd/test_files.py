"""Whole files: what must be held is, and for the reason expected; what anybody may read passes."""

from __future__ import annotations

import pytest

from ckanext.ca3b.rgpd import scan

from .files import held_categories, write_csv
from .samples import HELD, OPEN


@pytest.mark.parametrize("name", HELD)
def test_a_file_about_private_people_is_held_for_what_it_holds(name, tmp_path):
    rows, categories = HELD[name]
    report = scan(write_csv(tmp_path / name, rows))
    assert report.held
    assert categories <= held_categories(report)


@pytest.mark.parametrize("name", OPEN)
def test_a_file_that_anybody_may_read_passes(name, tmp_path):
    report = scan(write_csv(tmp_path / name, OPEN[name]))
    assert [(found.column, found.category) for found in report.findings if found.decision != "pass"] == []
    assert not report.held


@pytest.mark.parametrize("name", HELD)
def test_what_is_held_says_its_article_and_how_sure_it_is(name, tmp_path):
    for found in scan(write_csv(tmp_path / name, HELD[name][0])).findings:
        assert (
            any(word in found.reason for word in ("art.", "décret", "loi", "RGPD", "WP216", "SCDL"))
            or found.decision == "pass"
        )
        assert 0 < found.certainty <= 1
        assert found.count > 0
        assert 0 < found.rows_ratio <= 1


def test_the_same_bytes_give_the_same_report(tmp_path):
    path = write_csv(tmp_path / "inscriptions_cantine.csv", HELD["inscriptions_cantine.csv"][0])
    assert scan(path) == scan(path)
