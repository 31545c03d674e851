"""Links from page to page that turn round or never end: the run does, and what was read is there."""

from __future__ import annotations

import itertools
import time

import ckan.plugins.toolkit as tk
import pytest

from tests.harvesting import engine
from tests.harvesting.catalogue import Portal


def page(portal, entry, here, after):
    """One page with one dataset."""
    told = f"<{portal.base}{here}> a hydra:PartialCollectionView ; hydra:next <{portal.base}{after}> .\n"
    return portal.turtle([entry], told)


@pytest.mark.parametrize("links", [["/a", "/a"], ["/a", "/b", "/c", "/b"]], ids=["to itself", "A to B to C to B"])
def test_pages_that_turn_round_end(site, towns, links):
    portal = Portal.of(site.address, len(links))
    for number, (here, after) in enumerate(itertools.pairwise(links)):
        site.files[here] = page(portal, portal.entries[number], here, after)
    source = engine.source(site.url("/a"), towns["viriat"])
    ended = engine.run(source)
    assert ended.state == "done"
    assert len(engine.datasets(source)) == len(set(links))
    assert len(site.asked) < 12
    engine.sound(source)


def test_pages_without_end_stop_at_the_number_allowed(site, towns, monkeypatch):
    monkeypatch.setitem(tk.config, "ckanext.ca3b.harvest.pages", 4)
    portal = Portal.of(site.address, 60)

    def answering(handler):
        number = int(handler.path.rpartition("=")[2]) if "=" in handler.path else 0
        handler.say(body=page(portal, portal.entries[number % 60], handler.path, f"/catalog.ttl?page={number + 1}"))

    for number in range(60):
        site.files["/catalog.ttl" + (f"?page={number}" if number else "")] = answering
    source = engine.source(site.url("/catalog.ttl"), towns["viriat"])
    begun = time.monotonic()
    ended = engine.run(source)
    assert (ended.state, ended.complete) == ("done", False)
    assert 3 <= len(engine.datasets(source)) <= 4
    assert time.monotonic() - begun < 20
    engine.sound(source)
