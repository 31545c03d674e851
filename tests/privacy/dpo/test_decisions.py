"""What the DPO signs: for which bytes, on which ground, by whom; and how a file is closed at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from ckan.tests.helpers import call_action

from ckanext.ca3b.privacy.dpo import ledger, queue
from ckanext.ca3b.rgpd.grounds import grounds

from .conftest import HELD, OPEN, REASON

pytestmark = pytest.mark.usefixtures("portal", "dpo")


def events(resource):
    return [line["event"] for line in ledger.lines(ledger.Filter(resource_id=resource["id"]))]


def test_an_authorised_file_is_open_until_its_bytes_change(send, replace, decide, gate):
    resource = send(HELD)
    assert gate(resource)["state"] == "held"
    decide(resource, "authorise", ground="law")
    assert gate(resource)["open"]
    other = replace(resource, HELD + b"Ines Robert;01/01/2017;06 39 98 33 33;CP\r\n")
    assert gate(other)["state"] == "held"
    back = replace(resource, HELD)
    assert gate(back)["open"]


@pytest.mark.parametrize(("kind", "state"), [("refuse", "refused"), ("ask_treatment", "treatment_asked")])
def test_a_refusal_and_a_request_keep_the_file_closed(send, decide, gate, kind, state):
    resource = send(HELD)
    decide(resource, kind)
    assert (gate(resource)["state"], gate(resource)["open"]) == (state, False)


def test_the_last_decision_counts(send, decide, gate):
    resource = send(HELD)
    decide(resource, "authorise", ground="law")
    decide(resource, "refuse")
    assert gate(resource)["state"] == "refused"


def test_a_decision_says_who_when_which_bytes_and_which_policy(send, decide, dpo):
    resource = send(HELD)
    made = decide(resource, "authorise", ground="consent")
    scan = call_action("ca3b_gate_show", context={"ignore_auth": True}, resource_id=resource["id"])["scan"]
    (line,) = [one for one in ledger.lines() if one["event"] == "decision"]
    assert (line["actor"], line["sha256"]) == (dpo["name"], resource["hash"])
    expected = {"signed": made["id"], "kind": "authorise", "ground": "consent", "reason": REASON,
                "policy": scan["policy"], "scan": scan["id"]}  # fmt: skip
    assert line["details"] == expected
    assert (made["user_name"], made["sha256"], made["policy"]) == (dpo["name"], resource["hash"], scan["policy"])
    assert ledger.verify().sound


def test_the_same_decision_sent_twice_is_signed_once(send, decide):
    resource = send(HELD)
    assert decide(resource, "refuse")["id"] == decide(resource, "refuse")["id"]
    assert events(resource).count("decision") == 1


def test_a_decision_about_bytes_that_were_replaced_is_refused(send, replace, decide, gate):
    resource = send(HELD)
    replace(resource, HELD + b"Ines Robert;01/01/2017;06 39 98 33 33;CP\r\n")
    with pytest.raises(tk.ValidationError) as refused:
        decide(resource, "authorise", ground="law")
    assert list(refused.value.error_dict) == ["sha256"]
    assert not gate(resource)["open"]
    assert "decision" not in events(resource)


def test_two_uploads_and_a_decision_between_never_open_bytes_that_nobody_judged(send, replace, decide, gate):
    resource = send(HELD)
    other = HELD + b"Ines Robert;01/01/2017;06 39 98 33 33;CP\r\n"
    with ThreadPoolExecutor(2) as pool:
        decided = pool.submit(_with_session, decide, resource, "authorise", ground="law")
        replaced = pool.submit(_with_session, replace, resource, other)
        replaced.result()
        refused = isinstance(decided.exception(), tk.ValidationError)
    model.Session.rollback()
    assert gate(resource)["state"] == "held"
    assert refused or gate(replace(resource, HELD))["open"]


def _with_session(call, *arguments, **fields):
    try:
        return call(*arguments, **fields)
    finally:
        model.Session.remove()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "authorise", "ground": ""}, "ground"),
        ({"kind": "authorise", "ground": "inconnu"}, "ground"),
        ({"kind": "refuse", "reason": ""}, "reason"),
        ({"kind": "refuse", "reason": "non"}, "reason"),
        ({"kind": "refuse", "reason": "x" * 2001}, "reason"),
        ({"kind": "autre"}, "kind"),
    ],
)
def test_a_decision_that_is_not_complete_is_refused_by_field(send, decide, fields, field):
    resource = send(HELD)
    with pytest.raises(tk.ValidationError) as refused:
        decide(resource, **fields)
    assert list(refused.value.error_dict) == [field]
    assert "decision" not in events(resource)


@pytest.mark.parametrize("value", ["06 39 98 41 07", "zephyrine.canarivalle@orange.fr", "FR7630006000011234567890189"])
def test_a_reason_that_quotes_a_value_is_refused(send, decide, value):
    resource = send(HELD)
    with pytest.raises(tk.ValidationError) as refused:
        decide(resource, "refuse", reason=f"On y lit {value} en clair.")
    assert value not in str(refused.value.error_dict)
    assert "decision" not in events(resource)


def test_a_ground_that_cannot_cover_what_was_found_is_refused(send, decide, gate):
    health = "agent;pathologie\r\nLilou Martinet;diabète\r\nGabriel Perrin;asthme\r\nLéa Moreau;diabète\r\n".encode()
    resource = send(health, "agents.csv")
    found = {one["category"] for one in gate(resource)["scan"]["findings"] if one["decision"] != "pass"}
    assert "health" in found
    with pytest.raises(tk.ValidationError) as refused:
        decide(resource, "authorise", ground="administration")
    assert list(refused.value.error_dict) == ["ground"]
    decide(resource, "authorise", ground="law")
    assert gate(resource)["open"]


def test_every_ground_of_the_list_may_be_signed(send, decide):
    resource = send("lieu;nom\r\nÉcole;Lilou Martinet\r\nStade;Gabriel Perrin\r\n".encode(), "liste.csv")
    for code in grounds():
        assert decide(resource, "authorise", ground=code)["ground"] == code


ACTIONS = [
    ("ca3b_dpo_queue", {}),
    ("ca3b_dpo_file_show", {}),
    ("ca3b_dpo_decide", {"kind": "authorise", "ground": "law", "reason": REASON}),
    ("ca3b_dpo_close", {"reason": REASON}),
    ("ca3b_dpo_reopen", {"reason": REASON}),
    ("ca3b_dpo_alerts", {}),
    ("ca3b_dpo_alert_handle", {"id": "inconnue"}),
    ("ca3b_register_list", {}),
    ("ca3b_register_export", {}),
    ("ca3b_register_verify", {}),
]


@pytest.mark.parametrize(("action", "fields"), ACTIONS)
def test_nobody_else_does_what_the_dpo_does(app, send, gate, clerk, neighbour, action, fields):
    resource = send(HELD)
    given = {"resource_id": resource["id"], "sha256": resource["hash"], **fields}
    for headers in ({}, {"Authorization": clerk["token"]}, {"Authorization": neighbour["token"]}):
        app.post(f"/api/action/{action}", json=given, headers=headers, status=403)
    assert not gate(resource)["open"]


@pytest.mark.parametrize(("action", "fields"), ACTIONS[:7])
def test_a_sysadmin_who_is_not_the_dpo_signs_nothing(app, send, gate, action, fields):
    resource = send(HELD)
    given = {"resource_id": resource["id"], "sha256": resource["hash"], **fields}
    boss = factories.SysadminWithToken()
    app.post(f"/api/action/{action}", json=given, headers={"Authorization": boss["token"]}, status=403)
    assert not gate(resource)["open"]


def test_a_closed_file_stays_closed_whatever_its_report_until_it_is_reopened(send, replace, as_dpo, gate):
    resource = send(OPEN, "parkings.csv")
    assert gate(resource)["open"]
    call_action("ca3b_dpo_close", context=dict(as_dpo), resource_id=resource["id"], reason=REASON)
    assert gate(resource)["state"] == "closed"
    replace(resource, OPEN + b"Parking du Lac;10\r\n")
    assert not gate(resource)["open"]
    call_action("ca3b_dpo_reopen", context=dict(as_dpo), resource_id=resource["id"], reason=REASON)
    assert gate(resource)["open"]
    assert [one for one in events(resource) if one in {"close", "reopen"}] == ["close", "reopen"]
    assert ledger.verify().sound


def test_a_link_is_closed_at_once_too(dataset, as_clerk, as_dpo, gate):
    given = {"package_id": dataset["id"], "name": "Lien", "url": "https://commune.invalid/eleves.csv"}
    resource = call_action("resource_create", context=dict(as_clerk), **given)
    assert gate(resource)["open"]
    call_action("ca3b_dpo_close", context=dict(as_dpo), resource_id=resource["id"], reason=REASON)
    assert gate(resource)["state"] == "closed"
    assert ledger.verify().sound


def test_the_queue_gives_each_file_the_state_that_the_gate_gives_it(send, decide, as_dpo, gate):
    files = {kind: send(HELD, f"{kind}.csv") for kind in ("held", "authorise", "refuse", "ask_treatment", "close")}
    files |= {"open": send(OPEN, "parkings.csv"), "unreadable": send(b"%PDF-1.7\n", "notice.pdf")}
    for kind in ("authorise", "refuse", "ask_treatment"):
        decide(files[kind], kind)
    call_action("ca3b_dpo_close", context=dict(as_dpo), resource_id=files["close"]["id"], reason=REASON)
    same = {"open": None, "held": "waiting", "unreadable": "waiting", "treatment_asked": "treatment_asked",
            "refused": "refused", "closed": "closed"}  # fmt: skip
    said = {
        one["resource_id"]: state for state in queue.STATES for one in queue.find(queue.Wanted(state), 50)["results"]
    }
    for kind, resource in files.items():
        expected = "authorised" if kind == "authorise" else same[gate(resource)["state"]]
        assert said.get(resource["id"]) == expected, kind
