"""What people decide: a run that is held, a record to read again, a field that stays, who is authoritative."""

from __future__ import annotations

import ckan.plugins.toolkit as tk
import pytest
from ckan.tests.helpers import call_action

from ckanext.ca3b.harvesting.model import now
from ckanext.ca3b.harvesting.store import conflicts, sources
from tests.harvesting import engine
from tests.harvesting.catalogue import Portal

PAGE = b"""<!doctype html><html lang="fr"><title>Donnees</title><body>
<h2>Budget 2024</h2><a href="/budget.csv">Budget 2024 (CSV)</a>
<h2>Menus</h2><a href="/menus.csv">Menus de la cantine (CSV)</a></body></html>"""


def act(name, **given):
    return call_action(name, context=engine.operator(), **given)


def test_a_held_run_that_is_cancelled_changes_nothing(site, published):
    id_, portal = published(5)
    engine.run(id_)
    site.files["/catalog.ttl"] = portal.turtle(portal.entries[:1])
    held = engine.run(id_)
    assert (held.state, held.held_for["code"]) == ("held", "shrunk")
    assert act("ca3b_harvest_run_cancel", id=held.id)["state"] == "cancelled"
    assert {one.state for one in engine.known(id_).values()} == {"present"}
    with pytest.raises(tk.ValidationError):
        act("ca3b_harvest_run_confirm", id=held.id)


def test_a_newer_run_takes_the_place_of_one_that_is_held(site, published):
    id_, portal = published(5)
    engine.run(id_)
    site.files["/catalog.ttl"] = portal.turtle(portal.entries[:1])
    held = engine.run(id_)
    site.files["/catalog.ttl"] = portal.turtle()
    assert engine.run(id_).state == "done"
    assert engine.ended(held.id).state == "cancelled"


def test_a_plan_is_seen_without_being_applied(published):
    id_, _ = published(2)
    plan = engine.run(id_, only_plan=True)
    assert (plan.state, plan.counts["added"]) == ("done", 2)
    assert engine.known(id_) == {}
    shown = act("ca3b_harvest_run_records", id=plan.id, verdict="added", q="Jeu 1")
    assert (shown["count"], shown["results"][0]["title"]) == (1, "Jeu 1")


def test_what_a_web_page_links_to_waits_for_somebody(site, towns):
    site.files["/donnees"] = PAGE
    site.types["/donnees"] = "text/html"
    id_ = engine.source(site.url("/donnees"), towns["viriat"])
    run = engine.run(id_)
    assert (run.state, run.counts["review"], engine.datasets(id_)) == ("done", 2, {})
    first, second = (row.identifier for row in engine.rows(run).values())
    act("ca3b_harvest_record_review", id=run.id, identifier=first, accept=True)
    act("ca3b_harvest_record_review", id=run.id, identifier=second, accept=False)
    assert list(engine.datasets(id_)) == [first]
    with pytest.raises(tk.ObjectNotFound):
        act("ca3b_harvest_record_review", id=run.id, identifier=first, accept=True)
    again = engine.run(id_)
    assert again.counts["review"] == 0
    assert list(engine.datasets(id_)) == [first]
    engine.sound(id_)


def test_a_field_that_is_kept_stays_until_it_is_freed(site, published):
    id_, portal = published(1)
    engine.run(id_)
    (record,) = engine.known(id_).values()
    act("package_patch", id=record.dataset_id, title="Le titre de l’agglomération")
    act("ca3b_harvest_record_keep", dataset_id=record.dataset_id, fields=["title"])
    portal.entries[0].title = "Un autre titre"
    portal.entries[0].description = "Une autre description."
    site.files["/catalog.ttl"] = portal.turtle()
    engine.run(id_)
    kept = engine.dataset(record)
    assert (kept["title"], kept["notes"]) == ("Le titre de l’agglomération", "Une autre description.")
    act("ca3b_harvest_record_keep", dataset_id=record.dataset_id, fields=[])
    engine.run(id_)
    assert engine.dataset(record)["title"] == "Un autre titre"


def test_a_field_that_does_not_exist_cannot_be_kept(published):
    id_, _ = published(1)
    engine.run(id_)
    (record,) = engine.known(id_).values()
    with pytest.raises(tk.ValidationError):
        act("ca3b_harvest_record_keep", dataset_id=record.dataset_id, fields=["owner_org"])


def test_a_visitor_knows_the_source_of_a_dataset_and_no_more(published):
    id_, _ = published(1, title="Portail de Viriat")
    engine.run(id_)
    (record,) = engine.known(id_).values()
    seen = call_action(
        "ca3b_harvest_record_show", context={"user": "", "ignore_auth": False}, dataset_id=record.dataset_id
    )
    assert seen == {"state": "present", "vanished_at": None, "source": {"title": "Portail de Viriat"}}


def test_both_sources_follow_who_was_said_authoritative(site, other_site, published, towns):
    first, portal = published(1)
    other_site.files["/catalog.ttl"] = Portal(site.address, portal.entries).turtle()
    other_site.types["/catalog.ttl"] = "text/turtle"
    second = engine.source(other_site.url("/catalog.ttl"), towns["attignat"])
    engine.run(first)
    assert engine.run(second).counts["conflicting"] == 1
    (conflict,) = act("ca3b_harvest_conflict_list")
    assert (conflict["source"]["id"], conflict["other_source"]["id"]) == (second, first)
    with pytest.raises(tk.ValidationError):
        act("ca3b_harvest_conflict_settle", id=conflict["id"], authority_source_id="autre")
    act("ca3b_harvest_conflict_settle", id=conflict["id"], authority_source_id=second)
    assert conflicts.listed() == []
    engine.run(first)
    assert engine.datasets(first), "it stays until the other one is there"
    engine.run(second)
    assert first in {one.id for one in sources.due(now())}
    engine.run(first)
    assert [one["owner_org"] for one in [*engine.datasets(first).values(), *engine.datasets(second).values()]] == [
        towns["attignat"]
    ]
    engine.sound(first, second)
