"""A page that fails in the middle of a catalogue: what was read is taken, nothing is concluded from what was not."""

from __future__ import annotations

import pytest

from tests.harvesting import engine
from tests.harvesting.catalogue import Portal


@pytest.fixture
def paged(site, towns):
    """A catalogue of six datasets in three pages."""
    portal = Portal.of(site.address, 6)
    site.files |= portal.pages(2)
    for path in site.files:
        site.types[path] = "text/turtle"
    return engine.source(site.url("/catalog.ttl"), towns["viriat"]), portal


def test_all_pages_are_read(paged):
    source, _ = paged
    ended = engine.run(source)
    assert (ended.state, ended.complete, ended.pages) == ("done", True, 3)
    assert len(engine.datasets(source)) == 6
    engine.sound(source)


@pytest.mark.parametrize("failing", [
    lambda handler: handler.say(500, b"erreur"),
    lambda handler: handler.say(body=b"<<< this is no turtle"),
    lambda handler: handler.connection.close(),
], ids=["error 500", "not turtle", "cut"])  # fmt: skip
def test_what_was_read_before_a_page_that_fails_is_taken(site, paged, failing):
    source, _ = paged
    site.files["/catalog.ttl?page=2"] = failing
    ended = engine.run(source)
    assert (ended.state, ended.complete) == ("done", False)
    assert {"jeu-0", "jeu-1"} <= engine.datasets(source).keys()
    assert ended.problems, "the report says which page"
    engine.sound(source)


def test_nothing_is_said_gone_because_a_page_could_not_be_read(site, paged):
    source, portal = paged
    engine.run(source)
    whole = dict(site.files)
    site.files["/catalog.ttl?page=3"] = lambda handler: handler.say(500)
    portal.entries[0].title = "Un autre titre"
    site.files["/catalog.ttl"] = portal.pages(2)["/catalog.ttl"]
    ended = engine.run(source)
    assert not ended.complete
    assert {one.state for one in engine.known(source).values()} == {"present"}
    if ended.state == "held":
        assert ended.held_for["code"] == "truncated"
        ended = engine.confirmed(ended)
    assert (ended.state, ended.counts["vanished"], ended.counts["changed"]) == ("done", 0, 1)
    site.files |= whole | portal.pages(2)
    last = engine.run(source)
    assert (last.state, last.complete, last.counts["unchanged"]) == ("done", True, 6)
    engine.sound(source)


def test_a_first_page_that_fails_is_a_run_that_failed_and_says_why(site, paged):
    source, _ = paged
    engine.run(source)
    site.files["/catalog.ttl"] = lambda handler: handler.say(503)
    ended = engine.run(source)
    assert ended.state == "failed"
    assert "503" in ended.message
    assert len(engine.datasets(source)) == 6
    engine.sound(source)
