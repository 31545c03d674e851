"""A held file is treated by its clerk: previewed, replaced under the same id, scanned again, original put away."""

from __future__ import annotations

import datetime as dt
import json
import stat

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests.helpers import call_action

from ckanext.ca3b import files
from ckanext.ca3b.checks.model import Report
from ckanext.ca3b.privacy.model import Line, Original, now
from ckanext.ca3b.privacy.remedies import applying
from ckanext.ca3b.privacy.remedies import originals as kept

from .conftest import canteen, upload

NAMES = {"columns": ["Nom de l'enfant", "Prénom"], "kind": "drop_column"}
BIRTH = {"columns": ["Date de naissance"], "kind": "drop_column"}


def stored(resource):
    """The bytes that the portal keeps for a resource."""
    found = model.Resource.get(resource["id"])
    with files.local_copy({"id": found.id, "url": found.url, "url_type": found.url_type}) as path:
        return path.read_bytes()


def lines(event):
    return model.Session.query(Line).filter_by(event=event).order_by(Line.seq).all()


@pytest.fixture
def advised(act):
    """The advised remedies of a file."""

    def propose(resource):
        return [
            {"columns": option["columns"], "kind": option["kind"], "params": option["params"]}
            for group in act("ca3b_remedy_propose", resource)
            for option in group["options"]
            if option["advised"]
        ]

    return propose


def test_every_column_that_holds_the_file_has_remedies_and_one_is_advised(send, act):
    resource = send()
    held = {one["column"] for one in act("ca3b_gate_show", resource)["scan"]["findings"] if one["decision"] != "pass"}
    groups = act("ca3b_remedy_propose", resource)
    assert held == {name for group in groups for name in group["found"]}
    assert all([one["advised"] for one in group["options"]].count(True) == 1 for group in groups)


def test_a_preview_shows_the_rows_of_the_clerk_and_writes_nothing(send, act, originals):
    resource = send()
    before = len(model.Session.query(Line.seq).all())
    found = act("ca3b_remedy_preview", resource, remedies=[NAMES, BIRTH])
    assert found["columns"][0] == "Nom de l'enfant"
    assert list(found["columns_after"]) == ["École", "Repas"]
    assert found["before"][0][0] in canteen().decode("cp1252")
    assert found["measures_after"]["singling_out"] < found["measures_before"]["singling_out"]
    assert stored(resource) == canteen()
    assert not originals.exists() or not list(originals.iterdir())
    assert len(model.Session.query(Line.seq).all()) == before


def test_the_advised_remedies_open_the_file(send, act, advised):
    resource = send()
    assert not act("ca3b_gate_show", resource)["open"]
    done = act("ca3b_remedy_apply", resource, remedies=advised(resource))
    assert done["gate"]["open"]
    fresh = call_action("resource_show", id=resource["id"])
    assert fresh["hash"] == done["sha256"] == done["gate"]["sha256"]
    assert fresh["format"] == "CSV"
    assert not any(name.encode() in stored(resource) for name in ("Martin", "Raphaël", "2016"))


def test_pseudonyms_differ_from_one_dataset_to_another(send, act, as_clerk, commune):
    codes = {"columns": ["Nom de l'enfant", "Prénom"], "kind": "pseudonym"}
    first = send()
    other = call_action(
        "package_create", context=dict(as_clerk), title="Autre", notes="Autre.", owner_org=commune["id"]
    )
    second = send(package_id=other["id"])
    for one in (first, second):
        act("ca3b_remedy_apply", one, remedies=[codes])
    assert b"Martin" not in stored(first)
    assert stored(first) != stored(second)


def test_pseudonyms_are_neither_proposed_nor_made_without_a_secret(send, act, monkeypatch):
    resource = send()
    assert any(one["kind"] == "pseudonym" for group in act("ca3b_remedy_propose", resource) for one in group["options"])
    monkeypatch.setitem(tk.config, "ckanext.ca3b.rgpd.pseudonym_key", "court")
    kinds = {one["kind"] for group in act("ca3b_remedy_propose", resource) for one in group["options"]}
    assert "pseudonym" not in kinds
    with pytest.raises(tk.ValidationError, match="pseudonym_key"):
        act("ca3b_remedy_preview", resource, remedies=[{"columns": ["Prénom"], "kind": "pseudonym"}])


def test_the_original_is_kept_in_private_until_its_day(send, act, originals):
    resource = send()
    act("ca3b_remedy_apply", resource, remedies=[NAMES])
    (copy,) = originals.iterdir()
    assert copy.read_bytes() == canteen()
    assert stat.S_IMODE(originals.stat().st_mode) == 0o700
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    (row,) = model.Session.query(Original).filter_by(resource_id=resource["id"])
    assert row.delete_after - row.created == dt.timedelta(days=30)
    assert kept.purge("") == 0

    assert kept.purge("", now() + dt.timedelta(days=31)) == 1
    assert list(originals.iterdir()) == []
    assert kept.present(resource["id"]) == []
    assert [line.details["original"] for line in lines("original_deleted")] == [row.id]
    assert kept.purge("", now() + dt.timedelta(days=31)) == 0


def test_the_reports_that_quote_an_original_go_with_it(send, act, originals):
    resource = send()
    before = act("ca3b_report_show", resource)
    assert "Martin" in str(before["reading"]["preview"])
    act("ca3b_remedy_apply", resource, remedies=[NAMES])
    kept.purge("", now() + dt.timedelta(days=31))
    reports = model.Session.query(Report).filter_by(resource_id=resource["id"]).all()
    assert [one.sha256 for one in reports] == [act("ca3b_report_show", resource)["sha256"]]
    assert before["sha256"] != reports[0].sha256


def test_the_original_of_a_deleted_file_is_deleted_at_once(send, act, as_clerk, originals):
    resource = send()
    act("ca3b_remedy_apply", resource, remedies=[NAMES])
    call_action("resource_delete", context=dict(as_clerk), id=resource["id"])
    assert call_action("ca3b_original_purge", context={"user": "", "ignore_auth": True}) == {"deleted": 1}
    assert list(originals.iterdir()) == []


def test_a_copy_without_a_row_is_taken_away_after_a_day(originals):
    originals.mkdir()
    (originals / "perdu").write_bytes(canteen())
    kept.purge("")
    assert (originals / "perdu").exists()
    kept.purge("", now() + dt.timedelta(days=2))
    assert not (originals / "perdu").exists()


def test_the_register_says_which_treatment_by_whom_and_no_value(send, act, clerk):
    resource = send()
    sha256 = act("ca3b_gate_show", resource)["sha256"]
    act("ca3b_remedy_apply", resource, remedies=[NAMES, BIRTH])
    line = lines("treatment")[-1]
    assert (line.actor, line.resource_id, line.sha256) == (clerk["name"], resource["id"], sha256)
    assert [one["kind"] for one in line.details["treatments"]] == ["drop_column", "drop_column"]
    said = json.dumps(line.details, ensure_ascii=False)
    assert not any(value in said for value in ("Martin", "Emma", "2016", "Bourg"))


def test_bytes_that_were_replaced_meanwhile_are_not_treated(send, act, as_clerk):
    resource = send()
    seen = act("ca3b_gate_show", resource)["sha256"]
    other = canteen(41)
    call_action("resource_patch", context=dict(as_clerk), id=resource["id"], upload=upload(other, "cantine.csv"))
    for action in ("ca3b_remedy_preview", "ca3b_remedy_apply"):
        with pytest.raises(tk.ValidationError):
            act(action, resource, sha256=seen, remedies=[NAMES])
    assert stored(resource) == other


def test_a_file_replaced_during_the_treatment_stays_and_the_register_says_so(
    send, act, as_clerk, originals, monkeypatch
):
    resource = send()
    other = canteen(41)
    treat = applying.remedies.apply

    def slow(*given, **named):
        call_action("resource_patch", context=dict(as_clerk), id=resource["id"], upload=upload(other, "cantine.csv"))
        return treat(*given, **named)

    monkeypatch.setattr(applying.remedies, "apply", slow)
    with pytest.raises(tk.ValidationError):
        act("ca3b_remedy_apply", resource, remedies=[NAMES])
    assert stored(resource) == other
    assert [line.event for line in lines("treatment_failed")] == ["treatment_failed"]
    assert list(originals.iterdir()) == []


def test_what_cannot_be_done_is_said_and_changes_nothing(send, act, originals):
    resource = send()
    for wrong in (None, [], "tout", [{"kind": "vider"}], [{"columns": ["Allergies"], "kind": "drop_column"}]):
        with pytest.raises(tk.ValidationError):
            act("ca3b_remedy_apply", resource, remedies=wrong)
    assert stored(resource) == canteen()
    assert not originals.exists() or not list(originals.iterdir())


def test_the_original_that_cannot_be_put_away_stays_in_place(send, act, originals):
    resource = send()
    originals.write_text("a file where the folder should be")
    with pytest.raises(tk.ValidationError):
        act("ca3b_remedy_apply", resource, remedies=[NAMES])
    assert stored(resource) == canteen()


def test_only_the_people_of_the_file_treat_it(send, neighbour):
    resource = send()
    for user in (neighbour["name"], ""):
        for action in ("ca3b_remedy_propose", "ca3b_remedy_preview", "ca3b_remedy_apply"):
            with pytest.raises(tk.NotAuthorized):
                call_action(
                    action, context={"user": user, "ignore_auth": False}, resource_id=resource["id"], remedies=[NAMES]
                )
    with pytest.raises(tk.NotAuthorized):
        call_action("ca3b_original_purge", context={"user": neighbour["name"], "ignore_auth": False})
