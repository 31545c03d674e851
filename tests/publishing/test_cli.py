"""``ckan ca3b publish`` does what the call does."""

from __future__ import annotations

import pytest
from ckan import model
from ckan.cli.cli import ckan

from .conftest import deliberations


@pytest.fixture
def run(cli, commune, tmp_path):
    """Publish a file from the command line; gives what the command says."""

    def call(content: bytes, *options: str):
        path = tmp_path / "délibérations.csv"
        path.write_bytes(content)
        return cli.invoke(ckan, ["ca3b", "publish", str(path), *options])

    return call


def test_a_file_is_published_then_left_alone_then_replaced(run):
    first = run(deliberations(), "--producer", "viriat")
    assert first.exit_code == 0, first.output
    assert first.output.startswith("Publié : Délibérations – Viriat\n")
    assert "Conforme au schéma" in first.output
    assert run(deliberations(), "--producer", "01451").output.startswith("Inchangé")
    assert run(deliberations(rows=9), "--producer", "viriat").output.startswith("Remplacé")
    assert model.Session.query(model.Package).filter_by(state="active").count() == 1


def test_a_refusal_is_a_sentence_with_the_lines_and_an_exit_code(run):
    refused = run(deliberations(COLL_NOM={2: ""}), "--producer", "viriat", "--strict")
    assert refused.exit_code == 1
    assert "ne suit pas le schéma" in refused.output
    assert "COLL_NOM" in refused.output
    assert "Traceback" not in refused.output


def test_an_unknown_producer_is_named(run):
    refused = run(deliberations(), "--producer", "nulle-part")
    assert refused.exit_code == 1
    assert "nulle-part" in refused.output


def test_an_account_publishes_with_its_own_rights(run, elsewhere, clerk):
    refused = run(deliberations(), "--producer", elsewhere["name"], "--user", clerk["name"])
    assert refused.exit_code == 1
    assert "n'a pas le droit" in refused.output
