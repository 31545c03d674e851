"""``ckan ca3b checks``: reports from a shell."""

from __future__ import annotations

import json

from click.testing import CliRunner

from ckanext.ca3b.checks.cli import checks

from .conftest import SCHEMA, rows

GOOD = rows(SCHEMA, "valid")


def call(*arguments: str):
    return CliRunner().invoke(checks, list(arguments))


def test_all_missing_reports_are_made_without_the_queue(send, report, large_files):
    resource = send(GOOD)
    assert report(resource)["state"] == "waiting"
    done = call("run", "--all-missing")
    assert (done.exit_code, resource["id"] in done.output) == (0, True)
    assert report(resource)["state"] == "done"
    assert call("run", "--all-missing").output == ""


def test_one_file_is_checked_against_a_schema_and_shown(send):
    resource = send(b"couleur;oies\nverte;12\n", "oies.csv")
    assert call("run", "--resource", resource["id"], "--schema", SCHEMA).exit_code == 0
    shown = call("show", resource["id"])
    assert json.loads(shown.output)["schema"] == SCHEMA


def test_what_cannot_be_done_is_one_line(send):
    assert call("run").exit_code == 2
    for arguments in (("run", "--resource", "inconnu"), ("show", "inconnu")):
        done = call(*arguments)
        assert done.exit_code == 1
        assert "Traceback" not in done.output
