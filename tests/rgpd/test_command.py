"""The command of the contract: rows, exit status, and never a value."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from ckanext.ca3b.rgpd.__main__ import FIELDS, main

from .files import write_csv
from .samples import HELD, OPEN


def test_nothing_to_hold_is_zero(tmp_path, capsys):
    assert main(["scan", str(write_csv(tmp_path / "ecoles.csv", OPEN["ecoles.csv"]))]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["decision"] for row in rows} == {"pass"}


def test_something_held_is_one_and_json_says_the_same_as_csv(tmp_path, capsys):
    path = str(write_csv(tmp_path / "export.csv", HELD["export.csv"][0]))
    assert main(["scan", path]) == 1
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert main(["scan", path, "--format", "json"]) == 1
    assert [{key: str(value) for key, value in row.items()} for row in json.loads(capsys.readouterr().out)] == rows
    assert all(tuple(row) == FIELDS and row["file"] == path for row in rows)


def test_unreadable_is_two_even_among_others(tmp_path, capsys):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    good = str(write_csv(tmp_path / "export.csv", HELD["export.csv"][0]))
    assert main(["scan", str(tmp_path / "a.pdf"), good, str(tmp_path / "absent.csv")]) == 2
    told = capsys.readouterr()
    assert "a.pdf" in told.err
    assert "absent.csv" in told.err
    assert "export.csv" in told.out


def test_another_policy_decides_otherwise(tmp_path, capsys):
    policy = tmp_path / "policy.yaml"
    policy.write_text(
        "version: essai\nrules:\n"
        "  name:\n    person: {decision: pass, reason: Accord des personnes}\n"
        "  phone:\n    person: {decision: pass, reason: Accord}\n"
    )
    path = str(write_csv(tmp_path / "export.csv", HELD["export.csv"][0]))
    assert main(["scan", path, "--policy", str(policy)]) == 0
    capsys.readouterr()
    policy.write_text("rules: [")
    assert main(["scan", path, "--policy", str(policy)]) == 2


@pytest.mark.parametrize("name", HELD)
def test_no_value_of_a_held_file_is_ever_printed(name, tmp_path, capsys):
    rows, _ = HELD[name]
    main(["scan", str(write_csv(tmp_path / name, rows)), "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    said = " ".join(str(row["reason"]) for row in told)
    headers = {word for header in rows[0] for word in re.findall(r"\w+", header.lower())}
    values = {str(cell) for row in rows[1] for cell in row if len(str(cell)) >= 6 and str(cell).lower() not in headers}
    assert not [value for value in values if value in said]
