"""An empty, cut or shrunken catalogue deletes nothing until somebody said so."""

from __future__ import annotations

import pytest

from tests.harvesting import engine


def test_an_empty_but_valid_catalogue_waits_for_somebody(site, published):
    source, portal = published(4)
    engine.run(source)
    site.files["/catalog.ttl"] = portal.turtle([])
    held = engine.run(source)
    assert held.state == "held"
    assert held.held_for["code"] == "empty"
    assert "vide" in held.held_for["message"]
    assert {one.state for one in engine.known(source).values()} == {"present"}
    assert engine.found(q="")["count"] == 4


def test_a_source_that_was_always_empty_is_no_matter(published):
    source, _ = published(0)
    assert engine.run(source).state in {"done", "failed"}
    assert engine.known(source) == {}


@pytest.mark.parametrize(("gone", "state"), [(2, "done"), (3, "held")])
def test_the_guard_is_at_a_fifth(site, published, gone, state):
    source, portal = published(10)
    engine.run(source)
    site.files["/catalog.ttl"] = portal.turtle(portal.entries[gone:])
    ended = engine.run(source)
    assert ended.state == state
    vanished = [one for one in engine.known(source).values() if one.state == "vanished"]
    assert len(vanished) == (gone if state == "done" else 0)


def test_each_source_may_have_its_own_guard(site, published):
    source, portal = published(10, settings={"shrink_ratio": 0.5})
    engine.run(source)
    site.files["/catalog.ttl"] = portal.turtle(portal.entries[5:])
    assert engine.run(source).state == "done"


def test_what_is_held_is_done_once_somebody_said_yes(site, published):
    source, portal = published(10)
    engine.run(source)
    portal.entries[9].title = "Un autre titre"
    site.files["/catalog.ttl"] = portal.turtle(portal.entries[5:])
    held = engine.run(source)
    assert held.held_for["code"] == "shrunk"
    assert engine.datasets(source)["jeu-9"]["title"] == "Jeu 9", "nothing of it was applied"
    done = engine.confirmed(held)
    assert (done.state, done.counts["vanished"], done.counts["changed"]) == ("done", 5, 1)
    assert engine.datasets(source)["jeu-9"]["title"] == "Un autre titre"
    engine.sound(source)


def test_a_held_run_keeps_no_later_one_from_going(site, published):
    source, portal = published(10)
    engine.run(source)
    site.files["/catalog.ttl"] = portal.turtle(portal.entries[5:])
    held = engine.run(source)
    site.files["/catalog.ttl"] = portal.turtle()
    later = engine.run(source)
    assert (later.state, later.counts["unchanged"]) == ("done", 10)
    assert engine.ended(held.id).state == "cancelled"
    engine.sound(source)
