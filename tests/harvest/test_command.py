"""The command of the contract: its keys, its exit statuses, its sentences."""

# ruff: noqa: E501 - a case stays on one line
from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ckanext.ca3b.harvest.__main__ import main
from tests.harvest.reading import PREFIXES, site

CATALOGUES = Path(__file__).parent / "catalogs"
KEYS = {"identifier", "title", "description", "license", "keywords", "themes", "publisher", "contact", "modified", "spatial",
        "temporal", "frequency", "conforms_to", "resources"}  # fmt: skip
TEXT = PREFIXES + '<https://a.fr/d/1> a dcat:Dataset ; dct:title "Eau" ; dct:publisher "Mairie de Viriat" .'


def test_the_contract_from_a_shell():
    command = [
        sys.executable,
        "-m",
        "ckanext.ca3b.harvest",
        "read",
        str(CATALOGUES / "it-comune-molinella.rdf"),
        "--format",
        "json",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(done.stdout)
    assert {"kind", "pages", "datasets", "problems"} <= result.keys()
    assert len(result["datasets"]) == 3
    for dataset in result["datasets"]:
        assert dataset.keys() >= KEYS
        assert all({"url", "format", "title", "license"} <= each.keys() for each in dataset["resources"])
    assert all({"identifier", "message"} <= each.keys() for each in result["problems"])


def test_an_address_is_read_with_permission_only(capsys):
    with site({"/c": TEXT}) as address:
        assert main(["read", f"{address}/c", "--format", "json", "--allow-private"]) == 0
        assert json.loads(capsys.readouterr().out)["datasets"][0]["title"] == "Eau"
        assert main(["read", f"{address}/c"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "réseau privé" in said.err


@pytest.mark.parametrize("argument", [
    "/nowhere/at/all.ttl", "file:///etc/passwd", "ftp://a.fr/x", "https://", "http://", "gopher://a.fr/", "http://[::1/", "",
])  # fmt: skip
def test_what_cannot_be_read_is_one_sentence_and_status_2(capsys, argument):
    assert main(["read", argument, "--format", "json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1


def test_a_file_that_is_no_catalogue_is_one_sentence_and_status_2(tmp_path, capsys):
    path = tmp_path / "x.bin"
    path.write_bytes(bytes(range(256)) * 10)
    assert main(["read", str(path)]) == 2
    assert "catalogue" in capsys.readouterr().err


def test_an_empty_catalogue_is_read(tmp_path, capsys):
    path = tmp_path / "c.ttl"
    path.write_text(PREFIXES + "<https://a.fr/c> a dcat:Catalog .", "utf-8")
    assert main(["read", str(path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["datasets"] == []


def test_people_read_sentences(tmp_path, capsys):
    path = tmp_path / "c.ttl"
    path.write_text(TEXT, "utf-8")
    assert main(["read", str(path)]) == 0
    said = capsys.readouterr().out
    assert "Jeux de données : 1" in said
    assert "- Eau (0 fichier)" in said
    assert "licence" in said


def test_the_commune_is_recognised_in_its_agglomeration(tmp_path, capsys):
    path = tmp_path / "c.ttl"
    path.write_text(TEXT, "utf-8")
    assert main(["read", str(path), "--format", "json", "--epci", "200071751"]) == 0
    assert json.loads(capsys.readouterr().out)["datasets"][0]["communes"] == ["01451"]


def test_half_a_character_does_not_stop_the_command(tmp_path):
    path = tmp_path / "c.jsonld"
    path.write_text(json.dumps({"@context": {"@vocab": "http://www.w3.org/ns/dcat#", "t": "http://purl.org/dc/terms/title"},
                                "@id": "https://a.fr/d", "@type": "Dataset", "t": "Eau"}).replace("Eau", "Eau \\ud83d"), "utf-8")  # fmt: skip
    done = subprocess.run([sys.executable, "-m", "ckanext.ca3b.harvest", "read", str(path), "--format", "json"],
                          capture_output=True, check=False, timeout=60)  # fmt: skip
    assert done.returncode == 0
    assert json.loads(done.stdout)["datasets"][0]["title"].startswith("Eau")
