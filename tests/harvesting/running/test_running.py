"""What a run leaves behind, whatever it read: rows that last as long as needed, sentences, and nothing half done."""

from __future__ import annotations

import threading
import time

import pytest
from ckan.tests.helpers import call_action, changed_config

from ckanext.ca3b.harvesting import engine as harvest
from ckanext.ca3b.harvesting.store import records, runs, sources, staged
from tests.harvesting import engine
from tests.harvesting.catalogue import Portal, data_json, numbered


def test_a_source_has_one_run_at_a_time(published):
    id_, _ = published(1)
    run = harvest.start(id_, "hand", enqueue=False)
    with pytest.raises(harvest.BusyError) as busy:
        harvest.start(id_, "night", enqueue=False)
    assert busy.value.run.id == run.id
    assert engine.carried(run.id).state == "done"
    assert harvest.start(id_, "night", enqueue=False).state == "waiting"


def test_a_run_that_is_done_does_nothing_when_it_comes_twice(site, published):
    id_, _ = published(1)
    done = engine.run(id_)
    site.asked.clear()
    assert engine.carried(done.id).ended == done.ended
    assert site.asked == []


def test_a_run_waits_as_long_as_another_process_has_its_source(published, monkeypatch):
    id_, _ = published(1)
    run = harvest.start(id_, "hand", enqueue=False)
    monkeypatch.setattr("ckanext.ca3b.harvesting.engine.running._TRIES", 2)
    with runs.lock(id_) as mine:
        assert mine
        assert engine.carried(run.id).state == "waiting"
    assert engine.carried(run.id).state == "done"


def test_the_records_of_the_last_runs_only_are_kept(site, published):
    id_, portal = published(2)
    with changed_config("ckanext.ca3b.harvest.runs_kept", 1):
        first = engine.run(id_)
        portal.entries[0].title = "Un autre titre"
        site.files["/catalog.ttl"] = portal.turtle()
        second = engine.run(id_)
    assert (staged.light(first.id), len(staged.light(second.id))) == ([], 2)
    assert engine.ended(first.id).counts["added"] == 2


def test_what_changed_is_told_field_by_field(site, published):
    id_, portal = published(1)
    engine.run(id_)
    portal.entries[0].title = "Un autre titre"
    site.files["/catalog.ttl"] = portal.turtle()
    (row,) = engine.rows(engine.run(id_, only_plan=True)).values()
    assert [(one["field"], one["before"], one["after"]) for one in row.changes] == [
        ("title", "Jeu 0", "Un autre titre")
    ]


def test_values_that_no_database_holds_cost_neither_the_record_nor_the_others(site, towns):
    odd = [numbered(site.address, 0), numbered(site.address, 1, title="Moitié \ud800 et nul \u0000")]
    odd.append(numbered(site.address, 2, identifier="x" * 5000))
    site.files["/data.json"] = data_json(odd)
    id_ = engine.source(site.url("/data.json"), towns["viriat"])
    assert engine.run(id_).state == "done"
    assert len(engine.datasets(id_)) == 3
    assert engine.run(id_).counts["unchanged"] == 3


def test_an_organisation_that_is_no_more_is_said(published):
    id_, _ = published(1)
    sources.change(id_, owner_org="nulle-part")
    failed = engine.run(id_)
    assert (failed.state, failed.code) == ("failed", "no-organization")
    assert "réglages" in failed.message


def test_a_source_deleted_while_it_waits_leaves_nothing(published):
    id_, _ = published(1)
    run = harvest.start(id_, "hand", enqueue=False)
    sources.remove(id_)
    harvest.run(run.id)
    assert (runs.get(run.id), records.known(id_)) == (None, [])


def test_a_site_that_changed_product_is_recognised_again(site, published):
    id_, portal = published(1, kind="ckan")
    assert engine.run(id_).state == "done"
    assert sources.find(id_).kind == "rdf"
    assert len(portal.entries) == len(engine.datasets(id_))


def test_a_run_that_is_stopped_while_it_writes_keeps_what_it_wrote_searched_too(site, towns):
    portal = Portal.of(site.address, 100)
    site.files["/catalog.ttl"] = portal.turtle()
    id_ = engine.source(site.url("/catalog.ttl"), towns["viriat"])
    run = harvest.start(id_, "hand", enqueue=False)
    worker = threading.Thread(target=harvest.run, args=(run.id,))
    worker.start()
    while engine.ended(run.id).state != "done" and len(records.known(id_)) < 25:
        time.sleep(0.05)
    call_action("ca3b_harvest_run_cancel", context=engine.operator(), id=run.id)
    worker.join(60)
    assert (engine.ended(run.id).state, engine.ended(run.id).code) == ("interrupted", "cancelled")
    assert 25 <= len(engine.known(id_)) < 100
    engine.sound(id_)
    assert engine.run(id_).counts["added"] == 100 - len(
        [one for one in engine.rows(run).values() if one.outcome == "done"]
    )
    engine.sound(id_)
