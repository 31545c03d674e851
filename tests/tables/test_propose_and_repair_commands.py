"""From a shell: which schema a file follows, and a repaired copy of it."""

from __future__ import annotations

import json

import pytest

from ckanext.ca3b.tables import read, schemas
from ckanext.ca3b.tables.__main__ import main

from .strategies import valid_sample, written

SCHEMA = schemas.load("scdl-prenoms")


@pytest.fixture
def file(tmp_path):
    _, rows = valid_sample(SCHEMA)
    path = tmp_path / "prenoms.csv"
    path.write_text(written([field.name.lower() for field in SCHEMA.fields], rows), encoding="utf-8")
    return path


def test_propose_prints_the_schemas(file, capfdbinary):
    assert main(["propose", str(file), "--format", "json"]) == 0
    first = json.loads(capfdbinary.readouterr().out)[0]
    assert first["schema"] == "scdl-prenoms"
    assert first["renamed"]["coll_insee"] == "COLL_INSEE"
    assert main(["propose", str(file)]) == 0
    assert "coll_insee → COLL_INSEE" in capfdbinary.readouterr().out.decode()


def test_propose_says_that_nothing_is_alike(tmp_path, capfdbinary):
    path = tmp_path / "autre.csv"
    path.write_text("a;b\nx;y\n")
    assert main(["propose", str(path)]) == 0
    assert "Aucun schéma" in capfdbinary.readouterr().out.decode()


def test_repair_writes_a_new_file_and_lists_the_changes(file, tmp_path, capfdbinary):
    target = tmp_path / "corrige.csv"
    command = ["repair", str(file), "--schema", "scdl/prenoms", "--output", str(target), "--format", "json"]
    assert main(command) == 0
    done = json.loads(capfdbinary.readouterr().out)
    assert {change["kind"] for change in done["changes"]} == {"header"}
    assert tuple(column.name for column in read(target).columns) == SCHEMA.field_names


def test_the_file_itself_is_never_overwritten(file, capfdbinary):
    before = file.read_bytes()
    assert main(["repair", str(file), "--schema", "scdl-prenoms", "--output", str(file)]) == 2
    assert "nommez-en un autre" in capfdbinary.readouterr().err.decode()
    assert file.read_bytes() == before


def test_a_place_that_cannot_be_written_is_told(file, tmp_path, capfdbinary):
    target = tmp_path / "absent" / "corrige.csv"
    assert main(["repair", str(file), "--schema", "scdl-prenoms", "--output", str(target)]) == 2
    assert "ne peut pas être écrit" in capfdbinary.readouterr().err.decode()
