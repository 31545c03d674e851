"""The measure of any catalogue from a shell."""

from __future__ import annotations

import json
import subprocess
import sys

from .graphs import DATASET, HVD, PREFIXES, WHOLE


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ckanext.ca3b.dcat.quality", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_each_dataset_of_a_catalogue_is_measured(tmp_path):
    file = tmp_path / "catalogue.ttl"
    file.write_text(PREFIXES + WHOLE + HVD + '<https://exemple.fr/2> a dcat:Dataset ; dct:title "Deux"@fr .')
    found = run(file, "--format", "json")
    assert found.returncode == 0, found.stderr
    whole, other = sorted(json.loads(found.stdout), key=lambda one: one["uri"])
    assert (whole["uri"], whole["title"], whole["points"], whole["unknown"]) == (str(DATASET), "Arbres", 325, 80)
    assert whole["hvd"] == []
    assert (other["title"], other["points"], other["rating"], other["hvd"]) == ("Deux", 0, "bad", None)
    assert "325/405 (+80 unknown) good Arbres" in run(file).stdout


def test_what_is_no_catalogue_is_refused_by_a_sentence(tmp_path):
    file = tmp_path / "liste.ttl"
    file.write_text("pas du Turtle <")
    found = run(file)
    assert found.returncode == 2
    assert "Traceback" not in found.stderr
    file.write_text("")
    assert run(file).returncode == 2
