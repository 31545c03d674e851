"""What is public is examined anew by a new policy: the newest first, without a gap, and taken up where it stopped."""

from __future__ import annotations

import pytest
from ckan.plugins import toolkit as tk

from ckanext.ca3b.privacy import config
from ckanext.ca3b.privacy.cli import rgpd
from ckanext.ca3b.privacy.dpo import ledger, rescan
from ckanext.ca3b.privacy.gate import announcing
from ckanext.ca3b.rgpd.policy import DEFAULT

from .conftest import HELD, OPEN

pytestmark = pytest.mark.usefixtures("portal", "dpo")

MAYORS = (
    "nom_elu;prenom_elu;fonction;commune\r\nMartin;Jeanne;Maire;Viriat\r\nPetit;Louis;Adjoint au maire;Viriat\r\n"
    "Robert;Anne;Conseillère municipale;Viriat\r\n"
).encode()


@pytest.fixture
def stricter(tmp_path, monkeypatch):
    """Put in force a policy which holds the names of elected officials too."""
    text = DEFAULT.read_text("utf-8")
    line = next(one for one in text.splitlines() if one.strip().startswith("elected:") and "Noms d’élus" in one)
    text = text.replace(line, line.replace("decision: pass", "decision: review"))
    version = next(one for one in text.splitlines() if one.startswith("version:"))
    path = tmp_path / "politique.yaml"

    def put():
        path.write_text(text.replace(version, "version: essai-2"), "utf-8")
        monkeypatch.setitem(tk.config, config.POLICY, str(path))

    return put


def lines(event="rescan"):
    return [one for one in ledger.lines() if one["event"] == event]


def test_what_a_new_policy_holds_is_closed_and_the_dpo_told_by_one_message(send, gate, stricter, post, cli):
    elected, places, held = send(MAYORS, "elus.csv"), send(OPEN, "parkings.csv"), send(HELD)
    assert gate(elected)["open"]
    stricter()
    output = cli.invoke(rgpd, ["rescan", "--now"]).output
    assert "2 fichiers examinés, 1 fermés" in output
    assert (gate(elected)["open"], gate(places)["open"], gate(held)["open"]) == (False, True, False)
    (message,) = post.to("dpo@agglo.example")
    assert elected["id"] in message.get_content()
    assert places["id"] not in message.get_content()
    assert [(one["resource_id"], one["details"].get("closed")) for one in lines()] == [
        (places["id"], False), (elected["id"], True), (None, 1),
    ]  # fmt: skip
    assert ledger.verify().sound


def test_nothing_is_done_twice(send, stricter, post, cli):
    send(OPEN, "parkings.csv")
    stricter()
    cli.invoke(rgpd, ["rescan", "--now"])
    assert "Rien à examiner" in cli.invoke(rgpd, ["rescan", "--now"]).output
    assert len(post.messages) == 1


def test_an_examination_that_stopped_goes_on_where_it_was(send, stricter, post, gate):
    files = [send(MAYORS, f"elus-{number}.csv") for number in range(3)]
    stricter()
    assert rescan.run(1) == {"examined": 1, "closed": 1, "links": 0, "left": 2}
    assert [gate(one)["open"] for one in files] == [True, True, False]
    assert post.messages == []
    assert rescan.run()["left"] == 0
    assert [gate(one)["open"] for one in files] == [False, False, False]
    (message,) = post.to("dpo@agglo.example")
    assert all(one["id"] in message.get_content() for one in files)


def test_a_file_stays_open_while_it_is_examined_anew(send, stricter, gate, post):
    resource = send(OPEN, "parkings.csv")
    seen = []
    with announcing.gate_changed.connected_to(lambda _sender, **told: seen.append(told["open"])):
        stricter()
        rescan.run()
    assert seen
    assert all(seen)
    assert gate(resource)["open"]


def test_a_signed_exception_stays_open(send, decide, stricter, gate, post):
    resource = send(HELD)
    decide(resource, "authorise", ground="law")
    stricter()
    rescan.run()
    assert gate(resource)["open"]
    assert gate(resource)["scan"]["policy"] == "essai-2"


def test_the_background_job_does_the_same_as_the_command(send, stricter, post, gate):
    resource = send(MAYORS, "elus.csv")
    stricter()
    rescan.run_batch()
    assert not gate(resource)["open"]
    assert len(post.messages) == 1


def test_a_policy_is_shown_and_checked_before_it_is_put_in_force(cli, tmp_path):
    assert cli.invoke(rgpd, ["policy"]).exit_code == 0
    wrong = tmp_path / "politique.yaml"
    wrong.write_text(DEFAULT.read_text("utf-8").replace("decision: block", "decision: bloquer", 1), "utf-8")
    refused = cli.invoke(rgpd, ["policy", str(wrong)])
    assert (refused.exit_code, "rules.nir.keyed.decision" in refused.output) == (1, True)
    wrong.write_text(DEFAULT.read_text("utf-8").replace("decision: block", "decision: pass", 1), "utf-8")
    same = cli.invoke(rgpd, ["policy", str(wrong)])
    assert (same.exit_code, "« version »" in same.output) == (1, True)
