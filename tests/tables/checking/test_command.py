"""``python -m ckanext.ca3b.tables check``: exit status and machine-readable verdict."""

from __future__ import annotations

import csv
import json

import pytest

from ckanext.ca3b.tables import schemas
from ckanext.ca3b.tables.__main__ import main

PRENOMS = schemas.load("scdl-prenoms")


def written(path, rows):
    with path.open("w", newline="", encoding="utf-8") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


@pytest.fixture
def run(capsysbinary):
    def _run(*arguments):
        status = main(["check", *arguments])
        said = capsysbinary.readouterr()
        return status, said.out.decode(), said.err.decode()

    return _run


@pytest.mark.parametrize("name", ["scdl-prenoms", "scdl/prenoms"])
def test_a_valid_file(run, tmp_path, name):
    path = written(tmp_path / "prenoms.csv", PRENOMS.samples["valid"])
    status, out, _ = run(path, "--schema", name, "--format", "json")
    verdict = json.loads(out)
    assert status == 0
    assert verdict == {
        "schema": name,
        "version": PRENOMS.version,
        "valid": True,
        "rows": len(PRENOMS.samples["valid"]),
        "errors": [],
        "error_count": 0,
        "warnings": [],
    }


def test_an_invalid_file(run, tmp_path):
    path = written(tmp_path / "prenoms.csv", PRENOMS.samples["invalid"])
    status, out, _ = run(path, "--schema", "scdl-prenoms", "--format", "json")
    verdict = json.loads(out)
    assert status == 1
    assert not verdict["valid"]
    assert verdict["error_count"] == len(PRENOMS.samples["invalid_errors"])
    assert [[error["row"], error["column"], error["code"]] for error in verdict["errors"]] == PRENOMS.samples[
        "invalid_errors"
    ]
    assert set(verdict["errors"][0]) == {"row", "column", "code", "message", "value"}


def test_the_words_for_people_name_the_line_and_the_column(run, tmp_path):
    path = written(tmp_path / "prenoms.csv", PRENOMS.samples["invalid"])
    status, out, _ = run(path, "--schema", "scdl-prenoms")
    assert status == 1
    row, column, _ = PRENOMS.samples["invalid_errors"][0]
    assert f"ligne {row + 1}, colonne {column}" in out


def test_without_a_name_the_schema_is_found(run, tmp_path):
    path = written(tmp_path / "fichier.csv", PRENOMS.samples["valid"] * 3)
    _, out, _ = run(path, "--format", "json")
    assert json.loads(out)["schema"] == "scdl-prenoms"


def test_without_a_name_nor_a_likely_schema_it_says_so(run, tmp_path):
    path = written(tmp_path / "fichier.csv", [{"zzz": "1", "yyy": "bleu"}, {"zzz": "2", "yyy": "vert"}])
    status, out, err = run(path)
    assert (status, out) == (2, "")
    assert "--schema" in err


@pytest.mark.parametrize(
    ("name", "schema"),
    [("absent.csv", "scdl-prenoms"), ("prenoms.csv", "scdl-inconnu"), ("prenoms.csv", "scdl/inconnu")],
)
def test_what_cannot_be_read_or_is_not_known(run, tmp_path, name, schema):
    written(tmp_path / "prenoms.csv", PRENOMS.samples["valid"])
    status, out, err = run(str(tmp_path / name), "--schema", schema)
    assert (status, out) == (2, "")
    assert "absent.csv" in err or "inconnu" in err
    assert "Traceback" not in err
