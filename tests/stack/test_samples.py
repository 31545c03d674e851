"""The files that the demonstration gives to try show what they say."""

from __future__ import annotations

import pytest

from ckanext.ca3b import rgpd, tables
from ckanext.ca3b.tables import schemas
from stack import samples


@pytest.fixture(name="verdicts")
def _verdicts(tmp_path):
    schema = schemas.load(samples.SCHEMA)
    return [tables.check(tables.read(path), schema) for path, _ in samples.write(tmp_path)[:2]]


def test_one_file_is_ready_and_the_other_has_three_kinds_of_errors(verdicts):
    ready, wrong = verdicts
    assert ready.valid
    assert set(wrong.counts) == {"missing-label", "type-error", "french-siret-value"}


def test_both_tables_are_recognised(tmp_path):
    for path, _ in samples.write(tmp_path)[:2]:
        assert tables.propose(tables.read(path), name=path.name)[0].schema == samples.SCHEMA


def test_the_list_of_children_is_held(tmp_path):
    path, _ = samples.write(tmp_path)[-1]
    report = rgpd.scan(path)
    assert report.decision == "block"
    assert {"name", "birth_date", "phone", "address", "health"} <= {found.category for found in report.findings}
