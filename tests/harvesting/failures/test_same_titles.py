"""Datasets and sources with the same title have distinct names that people can read, and keep them."""

from __future__ import annotations

import re

from tests.harvesting import engine
from tests.harvesting.catalogue import Portal


def test_many_datasets_of_one_title_each_have_a_name(site, published):
    source, portal = published(30)
    for one in portal.entries:
        one.title = "Conseil municipal"
    site.files["/catalog.ttl"] = portal.turtle()
    ended = engine.run(source)
    assert (ended.state, ended.counts["added"], ended.counts["failed"]) == ("done", 30, 0)
    names = {one["name"] for one in engine.datasets(source).values()}
    assert len(names) == 30
    assert all(name.startswith("conseil-municipal") for name in names)
    assert engine.run(source).counts["unchanged"] == 30
    assert {one["name"] for one in engine.datasets(source).values()} == names
    engine.sound(source)


def test_two_sources_of_one_title_and_datasets_of_one_title(site, other_site, towns):
    sources = []
    for one, town in ((site, "viriat"), (other_site, "attignat")):
        portal = Portal.of(one.address, 1)
        portal.entries[0].title = "Budget primitif"
        one.files["/catalog.ttl"] = portal.turtle()
        sources.append(engine.source(one.url("/catalog.ttl"), towns[town], "Open data"))
    assert [engine.run(id_).state for id_ in sources] == ["done", "done"]
    names = [one["name"] for id_ in sources for one in engine.datasets(id_).values()]
    assert len(set(names)) == 2
    assert all(re.fullmatch(r"[a-z0-9\-_]+", name) for name in names)
    engine.sound(*sources)


def test_a_title_that_changes_does_not_change_the_address_of_the_page(site, published):
    source, portal = published(1)
    engine.run(source)
    before = engine.datasets(source)["jeu-0"]["name"]
    portal.entries[0].title = "Un tout autre titre"
    site.files["/catalog.ttl"] = portal.turtle()
    engine.run(source)
    after = engine.datasets(source)["jeu-0"]
    assert (after["name"], after["title"]) == (before, "Un tout autre titre")
