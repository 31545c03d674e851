"""What the gate tells the outgoing catalogue."""

from __future__ import annotations

from ckan.tests.helpers import call_action

from ckanext.ca3b import catalogue
from ckanext.ca3b.privacy.gate import state
from ckanext.ca3b.privacy.model import AUTHORISE

from .conftest import CLEAR, HELD, acting, judge


def row(resource):
    return {name: resource.get(name) for name in ("id", "url_type", "hash")}


def test_a_held_file_is_closed_and_the_others_are_not(send, dataset, clerk):
    held, clear = send(HELD), send(CLEAR, "parkings.csv")
    link = call_action(
        "resource_create",
        context=acting(clerk),
        package_id=dataset["id"],
        name="Ailleurs",
        url="https://exemple.fr/a.csv",
    )
    rows = [row(one) for one in (held, clear, link)]
    assert catalogue.closed_files(rows) == {held["id"]}


def test_the_stamp_changes_when_a_file_opens(send):
    held = row(send(HELD))
    before = catalogue.stamps([held])
    judge(held, AUTHORISE)
    assert catalogue.closed_files([held]) == set()
    assert catalogue.stamps([held]) != before


def test_a_file_whose_address_was_taken_for_a_visitor_is_not_a_link(send, dataset):
    send(HELD)
    shown = call_action("package_show", context=acting(None), id=dataset["id"])["resources"]
    assert catalogue.closed_files(shown) == {shown[0]["id"]}
    assert catalogue.facts(shown[0]) == []


def test_a_file_that_nobody_knows_is_closed(portal):
    unknown = {"id": "00000000-0000-4000-8000-000000000000", "url_type": "upload", "hash": "0" * 64}
    assert catalogue.closed_files([unknown]) == {unknown["id"]}


def test_every_file_is_closed_when_the_gate_cannot_tell(send, monkeypatch):
    clear = row(send(CLEAR, "parkings.csv"))

    def broken(resources):
        raise RuntimeError("no database")

    before = catalogue.stamps([clear])
    monkeypatch.setattr(state, "among", broken)
    assert catalogue.closed_files([clear]) == {clear["id"]}
    assert catalogue.facts(clear) == []
    assert catalogue.stamps([clear]) != before
